package dini.functional.golden;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.functional.optim.Hyperparameter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** The arguments of a golden case. Each must be used: one that is not would be a wrong case. */
final class Config {
  private final JsonObject arguments;
  private final Schedulers schedulers;
  private final Set<String> unused;

  Config(JsonObject arguments, Schedulers schedulers) {
    this.arguments = arguments;
    this.schedulers = schedulers;
    this.unused = new TreeSet<>(arguments.keySet());
  }

  /** The same library's other arguments. */
  Config of(JsonObject others) {
    return new Config(others, schedulers);
  }

  boolean has(String key) {
    return arguments.has(key);
  }

  JsonElement take(String key) {
    unused.remove(key);
    return arguments.get(key);
  }

  double number(String key, double otherwise) {
    return has(key) ? number(take(key)) : otherwise;
  }

  static double number(JsonElement element) {
    return element.getAsString().equals("inf") ? Double.POSITIVE_INFINITY : element.getAsDouble();
  }

  boolean flag(String key, boolean otherwise) {
    return has(key) ? take(key).getAsBoolean() : otherwise;
  }

  Hyperparameter hyperparameter(String key) {
    JsonElement value = take(key);
    return value.isJsonObject()
        ? schedulers.schedule(value.getAsJsonObject())
        : Hyperparameter.of(value.getAsDouble());
  }

  /** A rule with a hyperparameter, if it is given. */
  <R> R with(String key, R rule, BiFunction<R, Hyperparameter, R> change) {
    return has(key) ? change.apply(rule, hyperparameter(key)) : rule;
  }

  /** A rule with a choice, if it is given. */
  <R> R withFlag(String key, R rule, BiFunction<R, Boolean, R> change) {
    return has(key) ? change.apply(rule, flag(key, false)) : rule;
  }

  /** The first or second of two rates, if they are given. */
  <R> R withBeta(int index, R rule, BiFunction<R, Hyperparameter, R> change) {
    return withPair("betas", index, rule, change);
  }

  /** The first or second of two hyperparameters, if they are given. */
  <R> R withPair(String key, int index, R rule, BiFunction<R, Hyperparameter, R> change) {
    if (!has(key)) {
      return rule;
    }
    JsonArray pair = take(key).getAsJsonArray();
    return change.apply(rule, Hyperparameter.of(pair.get(index).getAsDouble()));
  }

  /** Masks come as those of w and b. */
  <R> R withMask(String key, R rule, BiFunction<R, Predicate<String>, R> change) {
    return has(key) ? change.apply(rule, mask(key)) : rule;
  }

  Predicate<String> mask(String key) {
    JsonArray mask = take(key).getAsJsonArray();
    Map<String, Boolean> byName =
        Map.of("w", mask.get(0).getAsBoolean(), "b", mask.get(1).getAsBoolean());
    return byName::get;
  }

  /** What is left is an argument that this test does not know. */
  void requireAllUsed() {
    if (!unused.isEmpty()) {
      throw new AssertionError("arguments " + unused + " of " + arguments + " are not understood");
    }
  }
}
