package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Powers and logarithms to other bases against series of 40 digits. */
class PowerTest {
  private static final int POINTS = 300;

  /** Of which every pair is tried. */
  private static final double[] EDGES = {
    0.0,
    -0.0,
    1,
    -1,
    2,
    -2,
    3,
    -3,
    0.5,
    -0.5,
    1.5,
    -1.5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    0x1p51 + 0.5,
    0x1p52,
    0x1p52 + 1,
    -0x1p52 - 1,
    0x1p53 - 1,
    0x1p53,
    0x1p53 + 2,
    -0x1p53,
    0x1.0000000000001p0,
    0x1.fffffffffffffp-1,
    -0x1.fffffffffffffp-1,
    1e300,
    1023,
    1024,
    -1074,
    -1075
  };

  private final SplittableRandom random = new SplittableRandom(19);

  @Test
  void ordinaryPowers() {
    for (int i = 0; i < POINTS; i++) {
      check(random.nextDouble(0.01, 10), random.nextDouble(-10, 10));
      check(random.nextDouble(0.5, 2), random.nextDouble(-700, 700));
    }
  }

  @Test
  void resultsOfEveryMagnitude() {
    for (int i = 0; i < POINTS; i++) {
      double near = 1 + Math.scalb(random.nextDouble(-1, 1), -random.nextInt(2, 50));
      checkExponent(near, random.nextDouble(-708, 709));
      double any = Math.scalb(random.nextDouble(1, 2), random.nextInt(-1022, 1023));
      checkExponent(any, random.nextDouble(-708, 709));
      checkExponent(random.nextDouble() * Double.MIN_NORMAL, random.nextDouble(-708, 709));
      checkExponent(random.nextDouble(0.7, 1.42), random.nextDouble(690, 709));
    }
  }

  @Test
  void subnormalResults() {
    for (int i = 0; i < POINTS; i++) {
      checkExponent(random.nextDouble(0.1, 0.9), random.nextDouble(-744, -708));
    }
  }

  /** StrictMath agrees to an ulp but for two cases that IEEE 754 decides otherwise. */
  @Test
  void everyPairOfEdges() {
    for (double x : EDGES) {
      for (double y : EDGES) {
        boolean one = x == 1 || x == -1 && Double.isInfinite(y);
        double expected = one ? 1 : StrictMath.pow(x, y);
        double actual = Power.pow(x, y);
        if (Double.isNaN(expected) || Double.isInfinite(expected) || expected == 0) {
          assertSame(actual, expected);
        } else {
          assertThat(Math.abs(actual - expected))
              .as("%s^%s", x, y)
              .isLessThanOrEqualTo(Math.ulp(expected));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "NaN, 0, 1",
    "1, NaN, 1",
    "-1, Infinity, 1",
    "-1, -Infinity, 1",
    "-8, 3, -512",
    "-8, 0.5, NaN",
    "-0.0, -3, -Infinity",
    "-0.0, 0.5, 0",
    "-Infinity, 3, -Infinity",
    "-Infinity, -3, -0.0",
    "10, 22, 1E22",
    "3, 2, 9",
    "2, -1074, 4.9E-324",
    "2, -1075.5, 0",
    "2, 1024, Infinity",
    "-2, 1025, -Infinity"
  })
  void examples(double x, double y, double expected) {
    assertSame(Power.pow(x, y), expected);
  }

  @Test
  void powersOfSmallIntegersAreExact() {
    for (int x = -30; x <= 30; x++) {
      double exact = 1;
      for (int y = 0; y <= 10; y++) {
        assertSame(Power.pow(x, y), exact);
        exact *= x;
      }
    }
  }

  @Test
  void logarithms() {
    BigDecimal ten = Oracle.log(BigDecimal.TEN);
    UnaryOperator<BigDecimal> log10 = x -> Oracle.log(x).divide(ten, Oracle.DIGITS);
    for (int i = 0; i < POINTS; i++) {
      double near = random.nextDouble(0.7, 1.5);
      double any = Double.longBitsToDouble(random.nextLong(1, 0x7ffL << 52));
      for (double x : new double[] {near, any}) {
        check(Power::log2, SpecialOracle::log2, x);
        check(Power::log10, log10, x);
      }
    }
    for (int k = -307; k <= 308; k++) {
      assertThat(Power.log10(Double.parseDouble("1e" + k))).isEqualTo(k);
    }
  }

  /** The residual of the cube, which has the error of the root thrice over. */
  @Test
  void cubeRoots() {
    for (int i = 0; i < 3 * POINTS; i++) {
      double x =
          i % 3 == 0
              ? random.nextDouble() * Double.MIN_NORMAL
              : Double.longBitsToDouble(random.nextLong(1, 0x7ffL << 52));
      double y = CubeRoot.cbrt(x);
      BigDecimal residual = new BigDecimal(y).pow(3).subtract(new BigDecimal(x));
      BigDecimal slope = new BigDecimal(y).pow(2).multiply(BigDecimal.valueOf(3));
      BigDecimal error = residual.divide(slope, Oracle.DIGITS).abs();
      assertThat(error).as("at %s", x).isLessThan(new BigDecimal(0.6 * Math.ulp(y)));
      assertSame(CubeRoot.cbrt(-x), -y);
    }
    for (long k = -1000; k <= 1000; k++) {
      assertThat(CubeRoot.cbrt((double) (k * k * k))).isEqualTo(k);
    }
    assertSame(CubeRoot.cbrt(-0.0), -0.0);
    assertSame(CubeRoot.cbrt(Double.NEGATIVE_INFINITY), Double.NEGATIVE_INFINITY);
    assertSame(CubeRoot.cbrt(Double.MIN_VALUE), 1.7031839360032603E-108);
    assertThat(CubeRoot.cbrt(Double.NaN)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"0, -Infinity", "-0.0, -Infinity", "1, 0", "-1, NaN", "Infinity, Infinity"})
  void logarithmsAtEdges(double x, double expected) {
    assertSame(Power.log10(x), expected);
    assertSame(Power.log2(x), expected);
    assertThat(Power.log10(Double.NaN)).isNaN();
  }

  /** The result is e to that power, nearly. */
  private static void checkExponent(double x, double exponent) {
    if (x > 0 && x != 1) {
      check(x, exponent / StrictMath.log(x));
    }
  }

  private static void check(double x, double y) {
    BigDecimal exact = Oracle.exp(Oracle.log(new BigDecimal(x)).multiply(new BigDecimal(y)));
    BigDecimal error = new BigDecimal(Power.pow(x, y)).subtract(exact).abs();
    BigDecimal ulp = new BigDecimal(Math.ulp(exact.doubleValue()));
    assertThat(error).as("%s^%s", x, y).isLessThan(ulp);
  }

  private static void check(DoubleUnaryOperator f, UnaryOperator<BigDecimal> oracle, double x) {
    assertThat(Oracle.ulps(f.applyAsDouble(x), x, oracle)).as("at %s", x).isLessThan(0.51);
  }

  private static void assertSame(double actual, double expected) {
    assertThat(Double.doubleToLongBits(actual)).isEqualTo(Double.doubleToLongBits(expected));
  }
}
