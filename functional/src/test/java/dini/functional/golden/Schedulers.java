package dini.functional.golden;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.functional.optim.Exponential;
import dini.functional.optim.Hyperparameter;
import dini.functional.optim.Schedule;
import dini.functional.optim.Schedules;
import dini.functional.optim.Schedules.Interpolation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Schedules by the names that golden files use; the same in both libraries. */
final class Schedulers {
  static final Set<String> NAMES =
      Set.of(
          "constant_schedule",
          "cosine_decay_schedule",
          "exponential_decay",
          "join_schedules",
          "linear_schedule",
          "piecewise_constant_schedule",
          "piecewise_interpolate_schedule",
          "polynomial_schedule",
          "warmup_constant_schedule",
          "warmup_cosine_decay_schedule",
          "warmup_exponential_decay_schedule");

  private static final Hyperparameter ZERO = Hyperparameter.of(0);
  private static final Hyperparameter ONE = Hyperparameter.of(1);

  /** A schedule whose name stands beside its arguments. */
  Schedule schedule(JsonObject entry) {
    JsonObject arguments = entry.deepCopy();
    String name = arguments.remove("schedule").getAsString();
    return schedule(name, arguments);
  }

  Schedule schedule(String name, JsonObject arguments) {
    Config config = new Config(arguments, this);
    Schedule schedule = make(name, config);
    config.requireAllUsed();
    return schedule;
  }

  private Schedule make(String name, Config config) {
    return switch (name) {
      case "constant_schedule" -> Schedules.constant(config.hyperparameter("value"));
      case "linear_schedule" ->
          Schedules.linear(
              config.hyperparameter("init_value"),
              config.hyperparameter("end_value"),
              steps(config, "transition_steps"),
              steps(config, "transition_begin"));
      case "polynomial_schedule" ->
          Schedules.polynomial(
              config.hyperparameter("init_value"),
              config.hyperparameter("end_value"),
              config.hyperparameter("power"),
              steps(config, "transition_steps"),
              steps(config, "transition_begin"));
      case "exponential_decay" -> Schedules.exponential(exponential(config, "init_value"));
      case "cosine_decay_schedule" ->
          Schedules.cosine(
              config.hyperparameter("init_value"),
              steps(config, "decay_steps"),
              or(config, "alpha", ZERO),
              or(config, "exponent", ONE));
      case "warmup_constant_schedule" ->
          Schedules.warmupConstant(
              config.number("init_value", 0),
              config.number("peak_value", 0),
              steps(config, "warmup_steps"));
      case "warmup_cosine_decay_schedule" ->
          Schedules.warmupCosine(
              config.hyperparameter("init_value"),
              config.hyperparameter("peak_value"),
              steps(config, "warmup_steps"),
              steps(config, "decay_steps"),
              or(config, "end_value", ZERO),
              or(config, "exponent", ONE));
      case "warmup_exponential_decay_schedule" ->
          Schedules.warmupExponential(
              config.hyperparameter("init_value"),
              steps(config, "warmup_steps"),
              exponential(config, "peak_value"));
      case "piecewise_constant_schedule" ->
          Schedules.piecewiseConstant(config.number("init_value", 0), factors(config));
      case "piecewise_interpolate_schedule" ->
          Schedules.piecewiseInterpolate(
              Interpolation.valueOf(
                  config.take("interpolate_type").getAsString().toUpperCase(Locale.ROOT)),
              config.number("init_value", 0),
              factors(config));
      case "join_schedules" -> join(config);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Exponential exponential(Config config, String first) {
    return new Exponential(
        config.hyperparameter(first),
        config.hyperparameter("decay_rate"),
        config.has("transition_steps") ? steps(config, "transition_steps") : 1,
        steps(config, "transition_begin"),
        config.flag("staircase", false),
        config.has("end_value")
            ? Optional.of(config.hyperparameter("end_value"))
            : Optional.empty());
  }

  private Schedule join(Config config) {
    List<Schedule> schedules = new ArrayList<>();
    for (JsonElement element : config.take("schedules").getAsJsonArray()) {
      schedules.add(schedule(element.getAsJsonObject()));
    }
    JsonArray boundaries = config.take("boundaries").getAsJsonArray();
    return Schedules.join(
        schedules, boundaries.asList().stream().mapToInt(JsonElement::getAsInt).toArray());
  }

  private static Map<Integer, Double> factors(Config config) {
    Map<Integer, Double> factors = new HashMap<>();
    if (config.has("boundaries_and_scales")) {
      JsonObject given = config.take("boundaries_and_scales").getAsJsonObject();
      given
          .asMap()
          .forEach((count, scale) -> factors.put(Integer.valueOf(count), scale.getAsDouble()));
    }
    return factors;
  }

  private static int steps(Config config, String key) {
    return (int) config.number(key, 0);
  }

  private static Hyperparameter or(Config config, String key, Hyperparameter otherwise) {
    return config.has(key) ? config.hyperparameter(key) : otherwise;
  }
}
