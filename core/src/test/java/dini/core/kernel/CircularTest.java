package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Circular functions and their inverses against series of 40 digits. */
class CircularTest {
  private static final int POINTS = 300;

  private final SplittableRandom random = new SplittableRandom(17);

  @Test
  void ordinaryArguments() {
    checkAll(() -> random.nextDouble(-0.8, 0.8));
    checkAll(() -> random.nextDouble(-10, 10));
    checkAll(() -> random.nextDouble(-1e6, 1e6));
  }

  @Test
  void everyMagnitudeBelowTheReductionByIntegers() {
    checkAll(() -> scaled(random.nextInt(-40, 41)));
  }

  @Test
  void everyMagnitudeAbove() {
    checkAll(() -> scaled(random.nextInt(41, 1025)));
  }

  /** Doubles next to multiples of pi/2, on both sides of where the reduction changes. */
  @Test
  void nearMultiplesOfAQuarterTurn() {
    checkAll(() -> nearMultiple(random.nextInt(1, 40)));
    checkAll(() -> nearMultiple(random.nextInt(40, 60)));
  }

  /** The double nearest to a multiple of pi/2 of all, relatively; and the ends of the ranges. */
  @ParameterizedTest
  @ValueSource(
      doubles = {
        0x1.6ac5b262ca1ffp849,
        0x1p40,
        0x1.fffffffffffffp39,
        -0x1.0000000000001p40,
        Double.MAX_VALUE,
        0x1p-27,
        0x1.fffffffffffffp-28,
        1e-300,
        -1e-310,
        Double.MIN_VALUE,
        Math.PI,
        -Math.PI / 2,
        Math.PI / 4
      })
  void hardArguments(double x) {
    checkAll(() -> x);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void notANumber(double x) {
    assertThat(Circular.sin(x)).isNaN();
    assertThat(Circular.cos(x)).isNaN();
    assertThat(Circular.tan(x)).isNaN();
  }

  @Test
  void zerosKeepTheirSigns() {
    assertSame(Circular.sin(-0.0), -0.0);
    assertSame(Circular.tan(-0.0), -0.0);
    assertSame(Circular.sin(0.0), 0.0);
    assertSame(Circular.cos(-0.0), 1.0);
  }

  @Test
  void symmetries() {
    for (int i = 0; i < POINTS; i++) {
      double x = scaled(random.nextInt(-10, 300));
      assertSame(Circular.sin(-x), -Circular.sin(x));
      assertSame(Circular.cos(-x), Circular.cos(x));
      assertSame(Circular.tan(-x), -Circular.tan(x));
    }
  }

  @Test
  void atan() {
    DoubleUnaryOperator f = InverseCircular::atan;
    check(f, CircularOracle::atan, () -> random.nextDouble(-0.6, 0.6), 1);
    check(f, CircularOracle::atan, () -> random.nextDouble(-3, 3), 1);
    check(f, CircularOracle::atan, () -> scaled(random.nextInt(-30, 300)), 1);
  }

  @Test
  void asin() {
    DoubleUnaryOperator f = InverseCircular::asin;
    check(f, CircularOracle::asin, () -> random.nextDouble(-1, 1), 1);
    check(f, CircularOracle::asin, () -> scaled(random.nextInt(-100, -1)), 1);
    check(f, CircularOracle::asin, () -> 1 - Math.abs(scaled(random.nextInt(-50, -1))), 1);
  }

  @Test
  void acos() {
    DoubleUnaryOperator f = InverseCircular::acos;
    check(f, CircularOracle::acos, () -> random.nextDouble(-1, 1), 1);
    check(f, CircularOracle::acos, () -> scaled(random.nextInt(-100, -1)), 1);
    check(f, CircularOracle::acos, () -> 1 - Math.scalb(1.0, -random.nextInt(1, 53)), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "ATAN, -0.0, -0.0",
    "ATAN, Infinity, 1.5707963267948966",
    "ATAN, 1, 0.7853981633974483",
    "ATAN, -1E300, -1.5707963267948966",
    "ATAN, 4.9E-324, 4.9E-324",
    "ASIN, 1, 1.5707963267948966",
    "ASIN, -0.0, -0.0",
    "ASIN, 4.9E-324, 4.9E-324",
    "ASIN, -Infinity, NaN",
    "ASIN, 1.0000000000000002, NaN",
    "ACOS, 1, 0",
    "ACOS, -1, 3.141592653589793",
    "ACOS, 0, 1.5707963267948966",
    "ACOS, -0.0, 1.5707963267948966",
    "ACOS, Infinity, NaN",
    "ACOS, -1.0000000000000002, NaN"
  })
  void inversesAtEdges(UnaryKernel op, double x, double expected) {
    assertSame(SpecialUnary.of(op, x), expected);
    assertThat(SpecialUnary.of(op, Double.NaN)).isNaN();
  }

  private double scaled(int exponent) {
    return Math.scalb(random.nextDouble(-1, 1), exponent);
  }

  private double nearMultiple(int exponent) {
    double x = Math.rint(Math.scalb(random.nextDouble(0.5, 1), exponent)) * (Math.PI / 2);
    int steps = random.nextInt(-3, 4);
    for (int i = 0; i < Math.abs(steps); i++) {
      x = steps > 0 ? Math.nextUp(x) : Math.nextDown(x);
    }
    return x;
  }

  private static void checkAll(DoubleSupplier points) {
    check(Circular::sin, CircularOracle::sin, points, 1);
    check(Circular::cos, CircularOracle::cos, points, 1);
    check(Circular::tan, CircularOracle::tan, points, 2);
  }

  private static void check(
      DoubleUnaryOperator f,
      UnaryOperator<BigDecimal> oracle,
      DoubleSupplier points,
      double bound) {
    for (int i = 0; i < POINTS; i++) {
      double x = points.getAsDouble();
      assertThat(Oracle.ulps(f.applyAsDouble(x), x, oracle)).as("at %s", x).isLessThan(bound);
    }
  }

  private static void assertSame(double actual, double expected) {
    assertThat(Double.doubleToLongBits(actual)).isEqualTo(Double.doubleToLongBits(expected));
  }
}
