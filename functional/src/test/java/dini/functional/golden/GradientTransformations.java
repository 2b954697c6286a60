package dini.functional.golden;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.functional.optim.AdaDeltaRule;
import dini.functional.optim.AdaGradRule;
import dini.functional.optim.AdaMaxRule;
import dini.functional.optim.ClipGradNorm;
import dini.functional.optim.Hyperparameter;
import dini.functional.optim.Optimizer;
import dini.functional.optim.Preset;
import dini.functional.optim.RAdamRule;
import dini.functional.optim.RmsPropRule;
import dini.functional.optim.Transformations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Gradient transformations by the names and with the arguments that golden files use. */
final class GradientTransformations {
  static final Set<String> NAMES =
      Set.of(
          "add_decayed_weights",
          "chain",
          "clip",
          "clip_by_global_norm",
          "clip_grad_norm",
          "ema",
          "identity",
          "masked",
          "nan_to_num",
          "scale",
          "scale_by_accelerated_adam",
          "scale_by_adadelta",
          "scale_by_adam",
          "scale_by_adamax",
          "scale_by_learning_rate",
          "scale_by_radam",
          "scale_by_rms",
          "scale_by_rss",
          "scale_by_schedule",
          "scale_by_stddev",
          "trace");

  private final Preset preset;

  GradientTransformations(Preset preset) {
    this.preset = preset;
  }

  Optimizer<?> make(String name, JsonObject arguments) {
    Config config = new Config(arguments, new Schedulers());
    Optimizer<?> transformation = make(name, config);
    config.requireAllUsed();
    return transformation;
  }

  private Optimizer<?> make(String name, Config config) {
    return switch (name) {
      case "identity" -> Transformations.identity();
      case "scale" -> Transformations.scale(config.number("step_size", 1));
      case "scale_by_schedule" -> Transformations.scale(config.hyperparameter("step_size_fn"));
      case "scale_by_learning_rate" ->
          Transformations.scaleByLearningRate(config.hyperparameter("learning_rate"));
      case "add_decayed_weights" -> addDecayedWeights(config);
      case "nan_to_num" -> nanToNum(config);
      case "clip" -> Transformations.clip(config.number("max_delta", 0));
      case "clip_by_global_norm" -> Transformations.clipByGlobalNorm(config.number("max_norm", 0));
      case "clip_grad_norm" -> clipGradNorm(config);
      case "trace" -> trace(config);
      case "ema" ->
          Transformations.ema(config.hyperparameter("decay"), config.flag("debias", true));
      case "masked" -> masked(config);
      case "chain" -> chain(config);
      default -> scaler(name, config);
    };
  }

  private Optimizer<?> scaler(String name, Config config) {
    return switch (name) {
      case "scale_by_adam", "scale_by_accelerated_adam" ->
          Transformations.scaleByAdam(Rules.adam(preset.adam(), config));
      case "scale_by_adamax" -> {
        AdaMaxRule rule = Rules.adamax(preset.adamax(), config);
        yield Transformations.scaleByAdamax(rule);
      }
      case "scale_by_radam" -> {
        RAdamRule rule = Rules.radam(preset.radam(), config);
        yield Transformations.scaleByRadam(rule);
      }
      case "scale_by_rms" -> Transformations.scaleByRms(rms(config));
      case "scale_by_stddev" -> Transformations.scaleByStddev(rms(config));
      case "scale_by_rss" -> {
        AdaGradRule rule = Rules.adagrad(preset.adagrad(), config);
        yield Transformations.scaleByRss(rule);
      }
      case "scale_by_adadelta" -> {
        AdaDeltaRule rule = Rules.adadelta(preset.adadelta(), config);
        yield Transformations.scaleByAdadelta(rule);
      }
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Both libraries default to 0.9 in the part, whatever they do in the whole optimizer. */
  private RmsPropRule rms(Config config) {
    return Rules.rmsprop(preset.rmsprop().withDecay(0.9), config);
  }

  private static Optimizer<?> addDecayedWeights(Config config) {
    double rate = config.number("weight_decay", 0);
    return config.has("mask")
        ? Transformations.addDecayedWeights(rate, config.mask("mask"))
        : Transformations.addDecayedWeights(rate);
  }

  private static Optimizer<?> nanToNum(Config config) {
    if (!config.has("nan") && !config.has("posinf") && !config.has("neginf")) {
      return Transformations.nanToNum();
    }
    return Transformations.nanToNum(
        config.number("nan", 0),
        config.number("posinf", Double.MAX_VALUE),
        config.number("neginf", -Double.MAX_VALUE));
  }

  private static Optimizer<?> clipGradNorm(Config config) {
    ClipGradNorm clip = Transformations.clipGradNorm(config.number("max_norm", 0));
    return clip.withNormType(config.number("norm_type", 2));
  }

  private static Optimizer<?> trace(Config config) {
    String rate = config.has("decay") ? "decay" : "momentum";
    return Transformations.trace(
        config.hyperparameter(rate),
        Hyperparameter.of(config.number("dampening", 0)),
        config.flag("nesterov", false));
  }

  private Optimizer<?> masked(Config config) {
    Call inner = Call.parse(config.take("inner").getAsString());
    return Transformations.masked(make(inner), config.mask("mask"));
  }

  private Optimizer<?> chain(Config config) {
    List<Optimizer<?>> links = new ArrayList<>();
    for (JsonElement link : config.take("order").getAsJsonArray()) {
      links.add(make(Call.parse(link.getAsString())));
    }
    return Transformations.chain(links.toArray(Optimizer<?>[]::new));
  }

  private Optimizer<?> make(Call call) {
    return Rules.NAMES.contains(call.name())
        ? Rules.rule(preset, call.name(), call.arguments())
        : make(call.name(), call.arguments());
  }
}
