package dini.functional.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Tests of samples. Each has one chance in a million of failing for true randomness, which was
 * taken when the keys were written down: the samples never change.
 */
final class Statistics {
  /** The standard normal number exceeded in magnitude with probability 1e-6. */
  static final double SIGMAS = 4.9;

  /** The 1 - 1e-6 quantile of Kolmogorov's distribution: {@code sqrt(log(2e6) / 2)}. */
  private static final double KOLMOGOROV = 2.694;

  /** The standard normal number exceeded with probability 1e-6. */
  private static final double UPPER = 4.76;

  private Statistics() {}

  static double mean(double... x) {
    return Arrays.stream(x).sum() / x.length;
  }

  static double moment(double centre, int power, double... x) {
    return mean(Arrays.stream(x).map(v -> Math.pow(v - centre, power)).toArray());
  }

  /** The mean of a sample against the expectation, by the sample's own deviation. */
  static void assertMean(String what, double expected, double... x) {
    double mean = mean(x);
    double allowed = SIGMAS * Math.sqrt(moment(mean, 2, x) / x.length);
    assertThat(Math.abs(mean - expected))
        .as("%s: mean %s, expected %s", what, mean, expected)
        .isLessThanOrEqualTo(allowed);
  }

  /** Raw moments 1 to 4. */
  static void assertMoments(String what, double[] x, double... expected) {
    for (int k = 1; k <= expected.length; k++) {
      int power = k;
      assertMean(
          what + ", moment " + k,
          expected[k - 1],
          Arrays.stream(x).map(v -> Math.pow(v, power)).toArray());
    }
  }

  /** The largest distance of the distribution functions, by Kolmogorov and Smirnov. */
  static void assertDistribution(String what, double[] x, DoubleUnaryOperator cdf) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double at = cdf.applyAsDouble(sorted[i]);
      distance = Math.max(distance, at - (double) i / sorted.length);
      distance = Math.max(distance, (i + 1.0) / sorted.length - at);
    }
    assertThat(distance * Math.sqrt(sorted.length)).as(what).isLessThanOrEqualTo(KOLMOGOROV);
  }

  /** Counts of outcomes that are all as likely, by Pearson's statistic. */
  static void assertEven(String what, long... counts) {
    double expected = (double) Arrays.stream(counts).sum() / counts.length;
    double statistic = 0;
    for (long count : counts) {
      statistic += (count - expected) * (count - expected) / expected;
    }
    int freedom = counts.length - 1;
    double spread = 2.0 / (9 * freedom); // Wilson and Hilferty
    double allowed = freedom * Math.pow(1 - spread + UPPER * Math.sqrt(spread), 3);
    assertThat(statistic).as(what + " " + Arrays.toString(counts)).isLessThanOrEqualTo(allowed);
  }

  /** Correlation of two samples, whose true one is 0. */
  static void assertUncorrelated(String what, double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - meanX) * (y[i] - meanY);
    }
    double correlation = sum / x.length / Math.sqrt(moment(meanX, 2, x) * moment(meanY, 2, y));
    assertThat(Math.abs(correlation)).as(what).isLessThanOrEqualTo(SIGMAS / Math.sqrt(x.length));
  }
}
