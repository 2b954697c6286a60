package dini.functional;

import dini.core.DType;
import java.util.OptionalDouble;

/**
 * How {@link Checks} compare.
 *
 * @param tolerance how far two numbers may be apart, relative to 1 plus the largest element beside
 *     them; usually 1e-5 in FLOAT64 and 1e-2 in FLOAT32, as in JAX
 * @param step the step of the differences; usually {@code 2^-10} in FLOAT64 and {@code 2^-4} in
 *     FLOAT32, about the fifth root of the unit of rounding, where truncation and rounding are of
 *     one size
 * @param seed what random directions are drawn from
 */
public record CheckOptions(OptionalDouble tolerance, OptionalDouble step, long seed) {
  /** Checks the numbers. */
  public CheckOptions {
    requirePositive("tolerance", tolerance);
    requirePositive("step", step);
  }

  private static void requirePositive(String name, OptionalDouble number) {
    if (number.isPresent() && !(number.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "CheckOptions: " + name + " " + number.getAsDouble() + "; expected a positive number");
    }
  }

  /**
   * The usual tolerance and step of each dtype, and seed 0.
   *
   * @return the options
   */
  public static CheckOptions standard() {
    return new CheckOptions(OptionalDouble.empty(), OptionalDouble.empty(), 0);
  }

  /**
   * The same with another tolerance.
   *
   * @param bound how far two numbers may be apart, relative to 1 plus the largest element
   * @return the changed options
   */
  public CheckOptions withTolerance(double bound) {
    return new CheckOptions(OptionalDouble.of(bound), step, seed);
  }

  /**
   * The same with another step.
   *
   * @param length the step of the differences
   * @return the changed options
   */
  public CheckOptions withStep(double length) {
    return new CheckOptions(tolerance, OptionalDouble.of(length), seed);
  }

  /**
   * The same with other directions.
   *
   * @param number what they are drawn from
   * @return the changed options
   */
  public CheckOptions withSeed(long number) {
    return new CheckOptions(tolerance, step, number);
  }

  double tolerance(DType dtype) {
    return tolerance.orElse(dtype == DType.FLOAT32 ? 1e-2 : 1e-5);
  }

  double step(DType dtype) {
    return step.orElse(dtype == DType.FLOAT32 ? 0x1p-4 : 0x1p-10);
  }
}
