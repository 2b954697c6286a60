package dini.linalg.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Divided differences against closed forms with 60 digits, at points from equal to far apart. */
class DividedDifferencesTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final double EPSILON = Math.ulp(1.0);

  /** Functions whose divided differences have a closed form without differences. */
  enum Known {
    EXP((order, x) -> StrictMath.exp(x), x -> series(x)),
    RECIPROCAL(
        (order, x) -> (order % 2 == 0 ? 1 : -1) * factorial(order) / power(x, order + 1),
        x -> reciprocal(x)),
    SQRT((order, x) -> fallingHalf(order) * Math.sqrt(x) / power(x, order), x -> root(x));

    final Derivative derivative;
    final Function<double[], BigDecimal> truth;

    Known(Derivative derivative, Function<double[], BigDecimal> truth) {
      this.derivative = derivative;
      this.truth = truth;
    }

    double[] at(int order, double[] points) {
      return Arrays.stream(points).map(x -> derivative.at(order, x)).toArray();
    }
  }

  private interface Derivative {
    double at(int order, double x);
  }

  private static double factorial(int k) {
    return k == 0 ? 1 : k * factorial(k - 1);
  }

  private static double power(double x, int k) {
    return k == 0 ? 1 : x * power(x, k - 1);
  }

  /** 1/2 (1/2 - 1) … of k factors. */
  private static double fallingHalf(int k) {
    return k == 0 ? 1 : (1.5 - k) * fallingHalf(k - 1);
  }

  private static BigDecimal exact(double x) {
    return new BigDecimal(x);
  }

  /** Sum over m of h[m](x) / (m + k)!, with the complete homogeneous symmetric polynomials h. */
  private static BigDecimal series(double[] x) {
    int terms = 140;
    BigDecimal[] h = new BigDecimal[terms];
    Arrays.fill(h, BigDecimal.ZERO);
    h[0] = BigDecimal.ONE;
    for (double each : x) {
      for (int m = 1; m < terms; m++) {
        h[m] = h[m].add(exact(each).multiply(h[m - 1], DIGITS), DIGITS);
      }
    }
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal factorial = BigDecimal.valueOf(factorial(x.length - 1));
    for (int m = 0; m < terms; m++) {
      sum = sum.add(h[m].divide(factorial, DIGITS), DIGITS);
      factorial = factorial.multiply(BigDecimal.valueOf(m + x.length));
    }
    return sum;
  }

  private static BigDecimal reciprocal(double[] x) {
    BigDecimal product = BigDecimal.valueOf(x.length % 2 == 0 ? -1 : 1);
    for (double each : x) {
      product = product.multiply(exact(each), DIGITS);
    }
    return BigDecimal.ONE.divide(product, DIGITS);
  }

  /** By the roots r: 1 over the product of the sums of any two, times 1, -1, or the sum of four. */
  private static BigDecimal root(double[] x) {
    BigDecimal product = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      BigDecimal r = exact(x[i]).sqrt(DIGITS);
      sum = sum.add(r);
      for (int j = 0; j < i; j++) {
        product = product.multiply(r.add(exact(x[j]).sqrt(DIGITS)), DIGITS);
      }
    }
    BigDecimal factor =
        switch (x.length) {
          case 2 -> BigDecimal.ONE;
          case 3 -> BigDecimal.ONE.negate();
          default -> sum;
        };
    return factor.divide(product, DIGITS);
  }

  private static final double[] GAPS = {
    0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1e-2, 0.1, 0.3, 1, 3, 30
  };

  /** Four points, each some gap from the one before. */
  private static double[] points(SplittableRandom random, double scale) {
    double[] x = new double[4];
    x[0] = scale * random.nextDouble(0.5, 1);
    for (int i = 1; i < x.length; i++) {
      double gap = GAPS[random.nextInt(GAPS.length)] * random.nextDouble(0.5, 1);
      x[i] = x[i - 1] + scale * gap;
    }
    return x;
  }

  /** The one at the last k + 1 of four points, and its truth. */
  private static void check(Known known, double[] x, int k) {
    double[] all = DividedDifferences.of(k, x, known::at, EPSILON);
    int code = 0;
    for (int i = 3 - k; i <= 3; i++) {
      code = 4 * code + i;
    }
    double[] own = Arrays.copyOfRange(x, 3 - k, 4);
    double truth = known.truth.apply(own).doubleValue();
    // measured: 3, 30 and 250 roundings; the order's is what the Javadoc of funm promises
    double roundings = Math.scalb(1, 3 * k);
    assertThat(all[code])
        .describedAs("%s at %s", known, Arrays.toString(own))
        .isCloseTo(truth, offset(roundings * EPSILON * Math.abs(truth)));
  }

  @ParameterizedTest
  @EnumSource
  void areAccurate(Known known) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      double scale = known == Known.EXP ? 1 : StrictMath.pow(10, random.nextInt(-9, 10));
      double[] x = points(random, scale);
      for (int k = 1; k <= 3; k++) {
        check(known, x, k);
      }
    }
  }

  @Test
  void ofOnePointAreDerivatives() {
    double[] x = {2, 2, 2, 2};
    double[] all = DividedDifferences.of(3, x, Known.RECIPROCAL::at, EPSILON);
    assertThat(all).containsOnly(-1 / 16.0);
  }

  @Test
  void areSymmetric() {
    double[] x = {1, 1.5, 1.5};
    double[] all = DividedDifferences.of(2, x, Known.EXP::at, EPSILON);
    assertThat(all[5]).isEqualTo(all[7]).isEqualTo(all[11]).isEqualTo(all[19]);
    assertThat(all[5]).isEqualTo(all[15]).isEqualTo(all[21]);
  }

  /** Its slope is 0 wherever that is asked for. */
  @Test
  void seeJumps() {
    DividedDifferences.Derivatives jump =
        (order, x) -> Arrays.stream(x).map(p -> order > 0 ? 0 : p > 0 ? 101 : 100).toArray();
    for (double gap : new double[] {1, 1e-3, 1e-6, 1e-9}) {
      double[] all = DividedDifferences.of(1, new double[] {-gap, gap}, jump, EPSILON);
      assertThat(all[1]).isCloseTo(0.5 / gap, offset(1e-12 / gap));
    }
  }

  /** The logarithm has no value outside of the points, which are close to where it ends. */
  @Test
  void askForNothingOutsideTheHull() {
    double[] x = {1e-300, 1.0001e-300, 2e-300};
    DividedDifferences.Derivatives within =
        (order, points) -> {
          assertThat(Arrays.stream(points)).allMatch(p -> p >= x[0] && p <= x[2]);
          return Known.SQRT.at(order, points);
        };
    double[] all = DividedDifferences.of(1, x, within, EPSILON);
    assertThat(Arrays.stream(all)).allMatch(Double::isFinite);
  }

  @Test
  void tooManyAreRefused() {
    assertThatThrownBy(() -> DividedDifferences.of(2, new double[1300], Known.EXP::at, EPSILON))
        .hasMessageContaining("order 2 at matrices of extent 1300");
  }
}
