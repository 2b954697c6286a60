package dini.functional.optim;

import static dini.core.Comparisons.where;
import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.floor;
import static dini.core.Elementwise.pow;
import static dini.core.Elementwise.sub;
import static dini.functional.optim.Printed.of;

import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The usual schedules, as functions of the count of steps {@code t} from 0. All compute in FLOAT64
 * and are differentiable in their values and rates, which are hyperparameters themselves; lengths
 * and boundaries are integers.
 *
 * <pre>{@code
 * Schedule a = Schedules.linear(0.1, 0.01, 100);
 * Schedule b = Schedules.warmupCosine(0, 0.1, 10, 1000, 0.001);
 * Tensor slope = grad(peak -> Schedules.constant(Hyperparameter.of(peak)).at(t), peak);
 * }</pre>
 *
 * <p>A length of 0 or less makes a constant of a transition, and a negative begin counts as 0.
 */
public final class Schedules {
  private Schedules() {}

  /** What interpolates between the values of {@link #piecewiseInterpolate}. */
  public enum Interpolation {
    /** Along a straight line. */
    LINEAR,
    /** Along half a period of a cosine. */
    COSINE
  }

  /**
   * Always the same.
   *
   * @param value the value
   * @return the schedule
   */
  public static Schedule constant(double value) {
    return constant(Hyperparameter.of(value));
  }

  /**
   * Always the same.
   *
   * @param value the value
   * @return the schedule
   */
  public static Schedule constant(Hyperparameter value) {
    return new NamedSchedule("constant(" + of(value) + ")", count -> value(value, count));
  }

  /**
   * From one value to another along a straight line, and constant after it.
   *
   * @param from the first value
   * @param to the last value
   * @param steps the number of steps between them
   * @return the schedule
   */
  public static Schedule linear(double from, double to, int steps) {
    return linear(Hyperparameter.of(from), Hyperparameter.of(to), steps, 0);
  }

  /**
   * From one value to another along a straight line, and constant before and after it.
   *
   * @param from the first value
   * @param to the last value
   * @param steps the number of steps between them
   * @param begin the count at which it leaves the first value
   * @return the schedule
   */
  public static Schedule linear(Hyperparameter from, Hyperparameter to, int steps, int begin) {
    return polynomial(from, to, Hyperparameter.of(1), steps, begin);
  }

  /**
   * {@code (from - to) (1 - s)^power + to} with {@code s = (t - begin) / steps} cut to [0, 1].
   *
   * @param from the first value
   * @param to the last value
   * @param power the power
   * @param steps the number of steps between them
   * @return the schedule
   */
  public static Schedule polynomial(double from, double to, double power, int steps) {
    return polynomial(
        Hyperparameter.of(from), Hyperparameter.of(to), Hyperparameter.of(power), steps, 0);
  }

  /**
   * {@code (from - to) (1 - s)^power + to} with {@code s = (t - begin) / steps} cut to [0, 1].
   *
   * @param from the first value
   * @param to the last value
   * @param power the power
   * @param steps the number of steps between them
   * @param begin the count at which it leaves the first value
   * @return the schedule
   */
  public static Schedule polynomial(
      Hyperparameter from, Hyperparameter to, Hyperparameter power, int steps, int begin) {
    if (steps <= 0) {
      return constant(from);
    }
    return new NamedSchedule(
        polynomialText(from, to, power, steps, begin),
        count -> {
          Tensor left = passed(count, begin).minimum(steps).div(steps);
          Tensor start = value(from, count);
          Tensor end = value(to, count);
          Tensor rest = pow(sub(1, left), value(power, count));
          return start.sub(end).mul(rest).add(end);
        });
  }

  private static String polynomialText(
      Hyperparameter from, Hyperparameter to, Hyperparameter power, int steps, int begin) {
    boolean straight = Numerics.isConstant(power, 1);
    return (straight ? "linear(" : "polynomial(")
        + (of(from) + " -> " + of(to) + ", " + steps + " steps")
        + (straight ? "" : ", power " + of(power))
        + (begin > 0 ? ", from count " + begin + ")" : ")");
  }

  /**
   * {@code from * rate^(t / steps)}.
   *
   * @param from the first value
   * @param rate the factor of {@code steps} steps
   * @param steps the number of steps of one factor
   * @return the schedule
   */
  public static Schedule exponential(double from, double rate, int steps) {
    return exponential(new Exponential(from, rate, steps));
  }

  /**
   * {@code from * rate^((t - begin) / steps)} from the count {@code begin} on, and {@code from}
   * before. With an end it goes no further than that: no lower if the rate is below 1, else no
   * higher.
   *
   * @param form the parameters
   * @return the schedule
   */
  public static Schedule exponential(Exponential form) {
    Hyperparameter from = form.from();
    if (form.steps() <= 0 || Numerics.isConstant(form.rate(), 0)) {
      return constant(from);
    }
    return new NamedSchedule(
        form.toString(),
        count -> {
          Tensor exponent = passed(count, form.begin()).div(form.steps());
          Tensor rate = value(form.rate(), count);
          Tensor power = pow(rate, form.staircase() ? floor(exponent) : exponent);
          Tensor decayed = value(from, count).mul(power);
          return form.end().map(end -> bounded(decayed, rate, value(end, count))).orElse(decayed);
        });
  }

  private static Tensor bounded(Tensor decayed, Tensor rate, Tensor end) {
    return where(rate.lt(1), decayed.maximum(end), decayed.minimum(end));
  }

  /**
   * From a value to 0 along half a period of a cosine.
   *
   * @param from the first value
   * @param steps the number of steps, positive
   * @return the schedule
   */
  public static Schedule cosine(double from, int steps) {
    return cosine(Hyperparameter.of(from), steps, Hyperparameter.of(0), Hyperparameter.of(1));
  }

  /**
   * {@code from ((1 - floor) c^exponent + floor)} with {@code c = (1 + cos(pi t / steps)) / 2}, and
   * {@code from * floor} after {@code steps} (Loshchilov and Hutter 2017).
   *
   * @param from the first value
   * @param steps the number of steps, positive
   * @param floor the last value as a part of the first
   * @param exponent the power of the cosine
   * @return the schedule
   */
  public static Schedule cosine(
      Hyperparameter from, int steps, Hyperparameter floor, Hyperparameter exponent) {
    if (steps <= 0) {
      throw new IllegalArgumentException("cosine: steps must be positive, got " + steps);
    }
    return new NamedSchedule(
        "cosine("
            + of(from)
            + ", "
            + steps
            + " steps, floor "
            + of(floor)
            + ", exponent "
            + of(exponent)
            + ")",
        count -> {
          Tensor wave = cos(passed(count, 0).minimum(steps).mul(Math.PI).div(steps));
          Tensor decay = pow(wave.add(1).mul(0.5), value(exponent, count));
          Tensor low = value(floor, count);
          return value(from, count).mul(sub(1, low).mul(decay).add(low));
        });
  }

  /**
   * A straight warm-up, and then constant.
   *
   * @param from the first value
   * @param peak the value after the warm-up
   * @param warmup the number of steps of the warm-up
   * @return the schedule
   */
  public static Schedule warmupConstant(double from, double peak, int warmup) {
    return linear(from, peak, warmup);
  }

  /**
   * A straight warm-up, and then a cosine.
   *
   * @param from the first value
   * @param peak the value after the warm-up
   * @param warmup the number of steps of the warm-up
   * @param steps the number of steps of both together, more than of the warm-up
   * @param to the last value
   * @return the schedule
   */
  public static Schedule warmupCosine(double from, double peak, int warmup, int steps, double to) {
    return warmupCosine(
        Hyperparameter.of(from),
        Hyperparameter.of(peak),
        warmup,
        steps,
        Hyperparameter.of(to),
        Hyperparameter.of(1));
  }

  /**
   * A straight warm-up, and then a cosine to a power.
   *
   * @param from the first value
   * @param peak the value after the warm-up
   * @param warmup the number of steps of the warm-up
   * @param steps the number of steps of both together, more than of the warm-up
   * @param to the last value
   * @param exponent the power of the cosine
   * @return the schedule
   */
  public static Schedule warmupCosine(
      Hyperparameter from,
      Hyperparameter peak,
      int warmup,
      int steps,
      Hyperparameter to,
      Hyperparameter exponent) {
    Schedule floor =
        new NamedSchedule(
            of(to) + " / " + of(peak),
            count -> Numerics.quotient(value(to, count), value(peak, count)));
    Schedule decay = cosine(peak, steps - warmup, floor, exponent);
    return join(List.of(linear(from, peak, warmup, 0), decay), warmup);
  }

  /**
   * A straight warm-up, and then an exponential.
   *
   * @param from the first value
   * @param warmup the number of steps of the warm-up
   * @param decay what comes after it, with counts from 0; begins with the peak
   * @return the schedule
   */
  public static Schedule warmupExponential(Hyperparameter from, int warmup, Exponential decay) {
    return join(List.of(linear(from, decay.from(), warmup, 0), exponential(decay)), warmup);
  }

  /**
   * A value that is multiplied by a factor at each boundary.
   *
   * @param from the first value
   * @param factors from the count at which it changes to the factor, not negative
   * @return the schedule
   */
  public static Schedule piecewiseConstant(double from, Map<Integer, Double> factors) {
    return piecewiseConstant(Hyperparameter.of(from), hyperparameters(factors));
  }

  /**
   * A value that is multiplied by a factor at each boundary.
   *
   * @param from the first value
   * @param factors from the count at which it changes to the factor, not negative
   * @return the schedule
   */
  public static Schedule piecewiseConstant(
      Hyperparameter from, Map<Integer, ? extends Hyperparameter> factors) {
    NavigableMap<Integer, Hyperparameter> sorted = sorted("piecewiseConstant", factors);
    return new NamedSchedule(
        "piecewiseConstant(" + of(from) + ", " + of(sorted) + ")",
        count -> {
          Tensor value = value(from, count);
          for (Map.Entry<Integer, Hyperparameter> factor : sorted.entrySet()) {
            Tensor scaled = value.mul(value(factor.getValue(), count));
            value = where(count.lt(factor.getKey()), value, scaled);
          }
          return value;
        });
  }

  /**
   * Interpolates between the values that {@link #piecewiseConstant} has from each boundary on.
   *
   * @param interpolation the form between two boundaries
   * @param from the first value, at count 0
   * @param factors from the count of a boundary, positive, to the factor there
   * @return the schedule
   */
  public static Schedule piecewiseInterpolate(
      Interpolation interpolation, double from, Map<Integer, Double> factors) {
    return piecewiseInterpolate(interpolation, Hyperparameter.of(from), hyperparameters(factors));
  }

  /**
   * Interpolates between the values that {@link #piecewiseConstant} has from each boundary on.
   *
   * @param interpolation the form between two boundaries
   * @param from the first value, at count 0
   * @param factors from the count of a boundary, positive, to the factor there
   * @return the schedule
   */
  public static Schedule piecewiseInterpolate(
      Interpolation interpolation,
      Hyperparameter from,
      Map<Integer, ? extends Hyperparameter> factors) {
    NavigableMap<Integer, Hyperparameter> sorted = sorted("piecewiseInterpolate", factors);
    return new NamedSchedule(
        "piecewiseInterpolate(" + interpolation + ", " + of(from) + ", " + of(sorted) + ")",
        count -> {
          Tensor steps = Shapes.astype(count, DType.FLOAT64);
          Tensor start = value(from, count);
          Tensor value = start;
          int begin = 0;
          for (Map.Entry<Integer, Hyperparameter> factor : sorted.entrySet()) {
            int end = factor.getKey();
            Tensor next = start.mul(value(factor.getValue(), count));
            Tensor part = steps.sub(begin).div(Math.max(end - begin, 1));
            Tensor between = interpolate(interpolation, start, next, part);
            value = where(count.lt(begin), value, where(count.lt(end), between, next));
            start = next;
            begin = end;
          }
          return value;
        });
  }

  private static Tensor interpolate(
      Interpolation interpolation, Tensor from, Tensor to, Tensor part) {
    return switch (interpolation) {
      case LINEAR -> to.sub(from).mul(part).add(from);
      case COSINE -> from.sub(to).mul(0.5).mul(cos(part.mul(Math.PI)).add(1)).add(to);
    };
  }

  /**
   * Schedules one after the other, each with counts from its own beginning.
   *
   * @param schedules the schedules
   * @param boundaries the counts at which all but the first begin, increasing
   * @return the schedule
   */
  public static Schedule join(List<? extends Schedule> schedules, int... boundaries) {
    List<Schedule> parts = List.copyOf(schedules);
    int[] begins = boundaries.clone();
    if (begins.length + 1 != parts.size()) {
      throw new IllegalArgumentException(
          "join: "
              + parts.size()
              + " schedules have "
              + (parts.size() - 1)
              + " boundaries between them, got "
              + begins.length);
    }
    return new NamedSchedule(
        "join(" + of(parts) + " at " + Arrays.toString(begins) + ")",
        count -> {
          Tensor value = parts.get(0).at(count);
          for (int i = 0; i < begins.length; i++) {
            Tensor next = parts.get(i + 1).at(count.sub(begins[i]));
            value = where(count.lt(begins[i]), value, next);
          }
          return value;
        });
  }

  /** The steps since a count, not negative. */
  private static Tensor passed(Tensor count, int begin) {
    return Shapes.astype(count, DType.FLOAT64).sub(Math.max(begin, 0)).maximum(0);
  }

  /** A parameter of a schedule, which belongs to no leaf. */
  private static Tensor value(Hyperparameter hyperparameter, Tensor count) {
    return Shapes.astype(hyperparameter.at("schedule", count), DType.FLOAT64);
  }

  private static Map<Integer, Hyperparameter> hyperparameters(Map<Integer, Double> numbers) {
    NavigableMap<Integer, Hyperparameter> map = new TreeMap<>();
    numbers.forEach((count, number) -> map.put(count, Hyperparameter.of(number)));
    return map;
  }

  private static NavigableMap<Integer, Hyperparameter> sorted(
      String name, Map<Integer, ? extends Hyperparameter> factors) {
    List<Integer> refused = new ArrayList<>();
    factors.forEach(
        (count, factor) -> {
          if (factor instanceof Hyperparameter.Constant constant && !(constant.value() >= 0)) {
            refused.add(count);
          }
        });
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          name + ": factors must not be negative, got " + factors.get(refused.getFirst()));
    }
    return new TreeMap<>(factors);
  }
}
