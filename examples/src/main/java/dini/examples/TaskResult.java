package dini.examples;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * One line of {@link Tasks}.
 *
 * @param task the task
 * @param size what it was run on
 * @param value what came out
 * @param times the times of a call
 * @param cold seconds from the start of the process to the first result
 * @param error the relative error of the value, where the truth is known
 * @param gradientNorm the norm of the gradient, where the task is one
 */
record TaskResult(
    String task,
    String size,
    double value,
    Stopwatch.Times times,
    double cold,
    OptionalDouble error,
    OptionalDouble gradientNorm) {

  /** Runs a task once for its value, then, unless the mode is once, until its times are known. */
  static <T> TaskResult measure(
      Mode mode, String task, String size, Supplier<T> call, ToDoubleFunction<T> value) {
    double result = value.applyAsDouble(call.get());
    double cold = Stopwatch.sinceStart();
    return new TaskResult(
        task, size, result, mode.time(call), cold, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** This result with the error of its value. */
  TaskResult comparedWith(double truth) {
    double relative = Math.abs(value - truth) / Math.abs(truth);
    return new TaskResult(
        task, size, value, times, cold, OptionalDouble.of(relative), gradientNorm);
  }

  /** This result with the norm of the gradient. */
  TaskResult withGradientNorm(double norm) {
    return new TaskResult(task, size, value, times, cold, error, OptionalDouble.of(norm));
  }

  /** One JSON object on one line. */
  String json() {
    return String.format(
        Locale.ROOT,
        "{\"task\": \"%s\", \"system\": \"dini\", \"size\": \"%s\", \"value\": %s, \"warm_ms\":"
            + " %s, \"best_ms\": %s, \"cold_s\": %.3f, \"error\": %s%s}",
        task,
        size,
        number(value),
        milliseconds(times.median()),
        milliseconds(times.best()),
        cold,
        error.isPresent() ? number(error.getAsDouble()) : "null",
        gradientNorm.isPresent() ? ", \"grad_norm\": " + number(gradientNorm.getAsDouble()) : "");
  }

  private static String milliseconds(double seconds) {
    return Double.isNaN(seconds) ? "null" : String.format(Locale.ROOT, "%.5f", 1e3 * seconds);
  }

  /** JSON knows no NaN and no infinity. */
  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "null";
  }
}
