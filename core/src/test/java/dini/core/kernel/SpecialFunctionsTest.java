package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds that the public pages state, against series of 40 digits. */
class SpecialFunctionsTest {
  private static final int POINTS = 60;

  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void erf() {
    check(ErrorFunction::erf, SpecialOracle::erf, 3, 0, 0.5, 0.75, 1, 3, 6);
    check(ErrorFunction::erf, SpecialOracle::erf, 3, -6, -1, -0.5, 0);
    check(ErrorFunction::erf, SpecialOracle::erf, 3, 0, 1e-300);
  }

  @Test
  void erfc() {
    check(
        ErrorFunction::erfc, SpecialOracle::erfc, 4, -6, -2, -0.5, 0, 0.5, 0.6, 1, 2, 4, 10, 26.5);
  }

  @Test
  void gelu() {
    check(ErrorFunction::gelu, SpecialOracle::gelu, 5, -37, -10, -3, -0.7, 0, 0.7, 2, 8);
  }

  @Test
  void erfInv() {
    double[] ends = {1e-12, 1e-3, 0.5, 0.85, 0.99, 1 - 1e-6, 1 - 0x1p-50};
    for (int range = 1; range < ends.length; range++) {
      for (int i = 0; i < POINTS; i++) {
        double x = random.nextDouble(ends[range - 1], ends[range]);
        double y = ErrorFunction.inverse(x);
        BigDecimal residual = SpecialOracle.erf(new BigDecimal(y)).subtract(new BigDecimal(x));
        double slope = 2 / Math.sqrt(Math.PI) * StrictMath.exp(-y * y);
        double ulps = Math.abs(residual.doubleValue()) / slope / Math.ulp(y);
        assertThat(ulps).as("at %s", x).isLessThan(5);
        assertThat(ErrorFunction.inverse(-x)).isEqualTo(-y);
      }
    }
  }

  @Test
  void lgammaOfPositive() {
    check(
        Gamma::lgamma, SpecialOracle::lgamma, 3, 1e-9, 0.01, 0.3, 0.7, 0.99, 1.01, 1.3, 1.7, 1.99);
    check(Gamma::lgamma, SpecialOracle::lgamma, 3, 1.99, 2.01, 2.3, 3.3, 5, 8, 30, 1000, 1e9);
  }

  @Test
  void lgammaOfNegative() {
    double[] ends = {-0.3, -1, -3, -20};
    check(Gamma::lgamma, SpecialOracle::lgamma, 3, -0.3, -1e-3, -1e-12);
    for (int range = 1; range < ends.length; range++) {
      for (int i = 0; i < POINTS; i++) {
        double x = random.nextDouble(ends[range], ends[range - 1]);
        BigDecimal exact = SpecialOracle.lgamma(new BigDecimal(x));
        double error = new BigDecimal(Gamma.lgamma(x)).subtract(exact).abs().doubleValue();
        double terms = 1e-15 * (1 - x * StrictMath.log1p(-x));
        double bound = 4 * Math.ulp(exact.doubleValue()) + terms;
        assertThat(error).as("at %s", x).isLessThan(bound);
      }
    }
  }

  @Test
  void digammaOfPositive() {
    check(Gamma::digamma, SpecialOracle::digamma, 3, 1e-9, 0.01, 0.5, 1, 1.4616, 1.4617, 2, 3);
    check(Gamma::digamma, SpecialOracle::digamma, 3, 3, 5, 8, 30, 1000, 1e9);
  }

  @Test
  void digammaOfNegative() {
    for (int i = 0; i < 4 * POINTS; i++) {
      double x = random.nextDouble(-12, 0);
      BigDecimal exact = SpecialOracle.digamma(new BigDecimal(x));
      double error = new BigDecimal(Gamma.digamma(x)).subtract(exact).abs().doubleValue();
      double cotangent = Math.PI / StrictMath.tan(Math.PI * (x - Math.rint(x)));
      double largest = Math.max(Math.abs(cotangent), Gamma.digamma(1 - x));
      assertThat(error).as("at %s", x).isLessThan(4 * Math.ulp(largest));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 10, 30})
  void polygamma(int n) {
    double bound = 8 + n / 2.0;
    check(x -> polygamma(n, x), x -> SpecialOracle.polygamma(n, x), bound, 1e-3, 0.1, 1, 3, 10, 20);
    check(x -> polygamma(n, x), x -> SpecialOracle.polygamma(n, x), bound, 20, 50, 1000);
    double factorial = StrictMath.exp(Gamma.lgamma(n + 1));
    for (int i = 0; i < POINTS; i++) {
      double x = random.nextDouble(-12, 0);
      BigDecimal exact = SpecialOracle.polygamma(n, new BigDecimal(x));
      double error = new BigDecimal(polygamma(n, x)).subtract(exact).abs().doubleValue();
      double largest = factorial * StrictMath.pow(Math.abs(x - Math.rint(x)), -n - 1);
      double size = n % 2 == 1 ? exact.doubleValue() : largest;
      assertThat(error).as("at %s", x).isLessThan(bound * Math.ulp(size));
    }
  }

  @Test
  void polygammaOfTheLargestOrderIsFinite() {
    double y = polygamma(PolygammaKernel.LARGEST, 2);
    // the term of 2 is 170! / 2^171, those of 3 and beyond are 1e-30 of it
    assertThat(y).isNegative().isGreaterThan(-Double.MAX_VALUE);
    assertThat(polygamma(3, 1e200)).isZero();
    assertThat(polygamma(1, 1e20)).isEqualTo(1e-20);
  }

  private static double polygamma(int n, double x) {
    double[] out = new double[1];
    PolygammaKernel.apply(n, new double[] {x}, 0, out, 0, 1);
    return out[0];
  }

  @Test
  void inverseHyperbolicFunctions() {
    check(Hyperbolic::asinh, SpecialOracle::asinh, 2, 0.01, 0.1, 1, 2, 100, 0x1p27, 1e12);
    check(Hyperbolic::acosh, SpecialOracle::acosh, 2.5, 1, 1.001, 1.5, 2, 100, 0x1p27, 1e12);
    check(Hyperbolic::atanh, SpecialOracle::atanh, 2, 0.01, 0.1, 0.5, 0.9, 1);
  }

  @Test
  void hyperbolicFunctions() {
    UnaryOperator<BigDecimal> sinh =
        x -> {
          BigDecimal e = Oracle.expm1(x);
          BigDecimal inverse = e.divide(e.add(Oracle.ONE), Oracle.DIGITS);
          return e.add(inverse).divide(Oracle.TWO);
        };
    UnaryOperator<BigDecimal> cosh =
        x -> {
          BigDecimal e = Oracle.exp(x);
          return e.add(Oracle.ONE.divide(e, Oracle.DIGITS)).divide(Oracle.TWO);
        };
    check(Hyperbolic::sinh, sinh, 2, -710.4, -20, -1, 0, 0.5, 1, 1.5, 3, 710.4);
    check(Hyperbolic::cosh, cosh, 2, -710.4, -20, -1, 0, 0.5, 1, 1.5, 3, 710.4);
    assertThat(Hyperbolic.sinh(711)).isInfinite();
    assertSame(Hyperbolic.sinh(-1e-310), -1e-310);
  }

  @Test
  void exp2() {
    check(Exponential::exp2, SpecialOracle::exp2, 1, -1, 0, 1, 30, 1023.99);
    check(Exponential::exp2, SpecialOracle::exp2, 1, -1074, -1022, -1);
    for (int k = -1074; k < 1024; k++) {
      assertThat(Exponential.exp2(k)).isEqualTo(Math.scalb(1.0, k));
    }
  }

  @Test
  void log2() {
    check(Power::log2, SpecialOracle::log2, 1, 0.25, 0.7, 0.99, 1, 1.01, 1.5, 10, 1e300);
    check(Power::log2, SpecialOracle::log2, 1, 0, Double.MIN_NORMAL);
    for (int k = -1074; k < 1024; k++) {
      assertThat(Power.log2(Math.scalb(1.0, k))).isEqualTo(k);
    }
  }

  @Test
  void rsqrt() {
    UnaryOperator<BigDecimal> oracle = x -> Oracle.ONE.divide(x.sqrt(Oracle.DIGITS), Oracle.DIGITS);
    check(x -> SpecialUnary.of(UnaryKernel.RSQRT, x), oracle, 1.5, 0, 1e-300, 1, 4, 1e300);
  }

  @Test
  void silu() {
    check(Logistic::silu, x -> x.multiply(Oracle.sigmoid(x)), 4, -700, -30, -1, 0, 1, 30);
  }

  @Test
  void geluTanh() {
    BigDecimal two = Oracle.TWO;
    BigDecimal root = two.divide(SpecialOracle.PI, Oracle.DIGITS).sqrt(Oracle.DIGITS);
    for (int i = 0; i < 10 * POINTS; i++) {
      double v = random.nextDouble(-20, 8);
      BigDecimal x = new BigDecimal(v);
      BigDecimal cubic = x.pow(3).multiply(new BigDecimal("0.044715"));
      BigDecimal u = x.add(cubic).multiply(root).multiply(two);
      BigDecimal exact = x.multiply(Oracle.sigmoid(u));
      BigDecimal error = new BigDecimal(Logistic.geluTanh(v)).subtract(exact).abs();
      double relative = error.divide(exact.abs(), Oracle.DIGITS).doubleValue();
      assertThat(relative).as("at %s", v).isLessThan(4e-16 * (1 + Math.abs(v * v * v)));
    }
  }

  @Test
  void logarithmsOfTwo() {
    for (int i = 0; i < 10 * POINTS; i++) {
      double x = random.nextDouble(-30, 30);
      double y = random.nextDouble(-30, 30);
      BigDecimal sum = Oracle.exp(new BigDecimal(x)).add(Oracle.exp(new BigDecimal(y)));
      BigDecimal exact = Oracle.log(sum);
      double z = Logistic.logAddExp(x, y);
      double error = new BigDecimal(z).subtract(exact).abs().doubleValue();
      double largest = Math.max(Math.abs(z), Math.max(Math.abs(x), Math.abs(y)));
      assertThat(error).as("of %s, %s", x, y).isLessThan(2 * Math.ulp(largest));
      double positive = StrictMath.exp(y);
      UnaryOperator<BigDecimal> xlogy = v -> v.multiply(Oracle.log(new BigDecimal(positive)));
      assertThat(Oracle.ulps(Logarithm.xlogy(x, positive), x, xlogy)).isLessThan(2);
    }
  }

  @Test
  void hypot() {
    for (int i = 0; i < 20 * POINTS; i++) {
      double scale = Math.scalb(1.0, random.nextInt(-1000, 1000));
      double x = random.nextDouble(-1, 1) * Math.scalb(scale, random.nextInt(-30, 10));
      double y = random.nextDouble(-1, 1) * scale;
      BigDecimal exact = SpecialOracle.hypot(new BigDecimal(x), new BigDecimal(y));
      BigDecimal error = new BigDecimal(Hypotenuse.of(x, y)).subtract(exact).abs();
      double ulp = Math.ulp(exact.doubleValue());
      assertThat(error).as("of %s, %s", x, y).isLessThan(new BigDecimal(ulp));
    }
  }

  /** The quotient of BigDecimals is exact enough to be rounded down. */
  @Test
  void remaindersAreThoseOfExactQuotients() {
    for (int i = 0; i < 20 * POINTS; i++) {
      double x = random.nextDouble(-1, 1) * Math.scalb(1.0, random.nextInt(-20, 40));
      double y = random.nextDouble(-1, 1) * Math.scalb(1.0, random.nextInt(-5, 20));
      BigDecimal quotient =
          new BigDecimal(x)
              .divide(new BigDecimal(y), Oracle.DIGITS)
              .setScale(0, RoundingMode.FLOOR);
      BigDecimal rest = new BigDecimal(x).subtract(quotient.multiply(new BigDecimal(y)));
      assertThat(Remainder.floorDiv(x, y)).isEqualTo(quotient.doubleValue());
      double mod = Remainder.mod(x, y);
      assertThat(mod).isEqualTo(rest.doubleValue());
      assertThat(Math.copySign(1, mod)).isEqualTo(Math.copySign(1, y));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ERF, -0.0, -0.0",
    "ERF, -Infinity, -1",
    "ERF, 4.9E-324, 4.9E-324",
    "ERFC, Infinity, 0",
    "ERFC, -Infinity, 2",
    "ERFC, 27.3, 0",
    "ERF_INV, -0.0, 0",
    "ERF_INV, 1, Infinity",
    "ERF_INV, -1, -Infinity",
    "ERF_INV, 1.0000000000000002, NaN",
    "ERF_INV, -Infinity, NaN",
    "ERF_INV, 1E-310, 8.8622692545277E-311",
    "GELU, -0.0, -0.0",
    "GELU, -Infinity, -0.0",
    "GELU, Infinity, Infinity",
    "GELU, -1E300, -0.0",
    "GELU_TANH, -0.0, -0.0",
    "GELU_TANH, -Infinity, -0.0",
    "GELU_TANH, Infinity, Infinity",
    "GELU_TANH, 1E300, 1E300",
    "SILU, -0.0, -0.0",
    "SILU, -Infinity, -0.0",
    "SILU, Infinity, Infinity",
    "LGAMMA, 0, Infinity",
    "LGAMMA, -0.0, Infinity",
    "LGAMMA, 1, 0",
    "LGAMMA, 2, 0",
    "LGAMMA, -3, Infinity",
    "LGAMMA, -1E300, Infinity",
    "LGAMMA, Infinity, Infinity",
    "LGAMMA, -Infinity, -Infinity",
    "LGAMMA, 1E-310, 713.8013788281542",
    "LGAMMA, -1E-310, 713.8013788281542",
    "LGAMMA, 1.7976931348623157E308, Infinity",
    "DIGAMMA, 0, -Infinity",
    "DIGAMMA, -0.0, Infinity",
    "DIGAMMA, -7, NaN",
    "DIGAMMA, -Infinity, NaN",
    "DIGAMMA, Infinity, Infinity",
    "RSQRT, -0.0, -Infinity",
    "RSQRT, -1, NaN",
    "CBRT, -27, -3",
    "EXP2, 1024, Infinity",
    "EXP2, -1075.5, 0",
    "EXP2, -Infinity, 0",
    "EXP2, Infinity, Infinity",
    "LOG2, -0.0, -Infinity",
    "LOG2, Infinity, Infinity",
    "LOG2, -1, NaN",
    "LOG10, 1E22, 22",
    "TAN, Infinity, NaN",
    "ASIN, -1, -1.5707963267948966",
    "ACOS, 1.0000000000000002, NaN",
    "ATAN, -Infinity, -1.5707963267948966",
    "SINH, -0.0, -0.0",
    "COSH, 711, Infinity",
    "ASINH, -0.0, -0.0",
    "ASINH, -Infinity, -Infinity",
    "ASINH, 1E-310, 1E-310",
    "ACOSH, 1, 0",
    "ACOSH, 0.5, NaN",
    "ACOSH, -1E300, NaN",
    "ACOSH, Infinity, Infinity",
    "ATANH, -0.0, -0.0",
    "ATANH, 1, Infinity",
    "ATANH, -1, -Infinity",
    "ATANH, 1.5, NaN",
    "ATANH, -1E-310, -1E-310"
  })
  void specialValues(UnaryKernel op, double x, double expected) {
    assertSame(SpecialUnary.of(op, x), expected);
    assertSame(SpecialUnary.of(op, Double.NaN), Double.NaN);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, Infinity",
    "1, -0.0, Infinity",
    "1, -4, Infinity",
    "1, -Infinity, NaN",
    "1, Infinity, 0",
    "2, 0, -Infinity",
    "2, -0.0, Infinity",
    "2, -4, NaN",
    "2, Infinity, -0.0",
    "3, NaN, NaN"
  })
  void polygammaOfSpecialValues(int n, double x, double expected) {
    assertSame(polygamma(n, x), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "HYPOT, NaN, -Infinity, Infinity",
    "HYPOT, NaN, 1, NaN",
    "HYPOT, -0.0, -0.0, 0",
    "HYPOT, 3E-320, 4E-320, 5E-320",
    "HYPOT, 1.7976931348623157E308, 1.7976931348623157E308, Infinity",
    "MOD, -6, 2, 0",
    "MOD, 6, -2, -0.0",
    "MOD, -1E-20, 3, 3",
    "MOD, 1, -Infinity, -Infinity",
    "MOD, 1, 0, NaN",
    "FLOOR_DIV, 1, 0, Infinity",
    "FLOOR_DIV, 1, 0.1, 9",
    "FLOOR_DIV, -0.0, 1, -0.0",
    "FLOOR_DIV, 1, -Infinity, -1",
    "LOG_ADD_EXP, -Infinity, -Infinity, -Infinity",
    "LOG_ADD_EXP, Infinity, Infinity, Infinity",
    "LOG_ADD_EXP, Infinity, -Infinity, Infinity",
    "LOG_ADD_EXP, Infinity, NaN, NaN",
    "LOG_ADD_EXP, 1000, 1000, 1000.6931471805599",
    "XLOGY, 0, -1, 0",
    "XLOGY, -0.0, Infinity, 0",
    "XLOGY, 0, NaN, NaN",
    "XLOGY, 1, 0, -Infinity",
    "XLOG1PY, 0, -1, 0",
    "XLOG1PY, 2, -0.0, -0.0",
    "COPY_SIGN, 2, -0.0, -2",
    "COPY_SIGN, -2, NaN, 2",
    "ATAN2, -0.0, -1, -3.141592653589793",
    "ATAN2, 0, 0, 0"
  })
  void specialPairs(BinaryKernel op, double x, double y, double expected) {
    assertSame(SpecialBinary.of(op, x, y), expected);
  }

  private static void assertSame(double actual, double expected) {
    assertThat(Double.doubleToLongBits(actual)).isEqualTo(Double.doubleToLongBits(expected));
  }

  /** In each of the ranges between neighbouring ends. */
  private void check(
      DoubleUnaryOperator f, UnaryOperator<BigDecimal> oracle, double bound, double... ends) {
    for (int range = 1; range < ends.length; range++) {
      for (int i = 0; i < POINTS; i++) {
        double x = random.nextDouble(ends[range - 1], ends[range]);
        assertThat(Oracle.ulps(f.applyAsDouble(x), x, oracle)).as("at %s", x).isLessThan(bound);
      }
    }
  }
}
