package dini.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Tensor;
import java.util.Arrays;

/** Comparison of numbers that differ by the rounding of a few operations only. */
public final class Near {
  /** Room for a few dozen roundings; what a wrong formula gives is 1e-3 and more away. */
  public static final double TOLERANCE = 1e-12;

  private Near() {}

  public static void assertNear(Tensor actual, double... expected) {
    assertNear(TOLERANCE, actual, expected);
  }

  /** Each element to a tolerance relative to itself, or to 1 where it is smaller. */
  public static void assertNear(double tolerance, Tensor actual, double... expected) {
    double[] values = actual.toArray();
    assertThat(values)
        .as("%s, expected %s", actual, Arrays.toString(expected))
        .hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      double error = Math.abs(values[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
      assertThat(error)
          .as("element %d of %s, expected %s", i, actual, Arrays.toString(expected))
          .isLessThanOrEqualTo(tolerance);
    }
  }
}
