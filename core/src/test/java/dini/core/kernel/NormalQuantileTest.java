package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalQuantileTest {

  /** The published error of the approximation, 1e-16, and a few roundings of 1.1e-16. */
  private static final double TOLERANCE = 1e-15;

  /** Computed with 40 digits by mpmath 1.4.1; at the ends, and where the approximations meet. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0.0",
    "0.4999999, 2.5066282747031063e-07",
    "0.3, 0.5244005127080408",
    "0.0750001, 1.4395307645017297",
    "0.075, 1.439531470938456",
    "0.0749999, 1.4395321773759007",
    "0.01, 2.326347874040841",
    "1e-05, 4.264890793922825",
    "1e-09, 5.9978070150076865",
    "1.39e-11, 6.657777073049202",
    "1.3887943864964021e-11, 6.657904643501103",
    "1.38e-11, 6.658838502850766",
    "1e-13, 7.348796102800677",
    "1e-16, 8.222082216130435",
    "5.421010862427522e-20, 9.080155124873613",
    "2.710505431213761e-20, 9.155293772686072"
  })
  void exactQuantiles(double p, double upper) {
    assertThat(Math.abs(NormalQuantile.upper(p) - upper)).isLessThanOrEqualTo(TOLERANCE * upper);
  }

  @Test
  void decreasesWherePiecesMeet() {
    for (double meeting : new double[] {0.075, Math.exp(-25)}) {
      double last = Double.POSITIVE_INFINITY;
      for (int step = -2_000; step <= 2_000; step++) {
        double z = NormalQuantile.upper(meeting * (1 + 1e-12 * step));
        assertThat(z).isLessThanOrEqualTo(last + 4 * Math.ulp(z));
        last = z;
      }
    }
  }
}
