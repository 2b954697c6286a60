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

class FunctionsTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void exp() {
    check(Exponential::exp, Oracle::exp, () -> between(-2, 2), 1.0);
    check(Exponential::exp, Oracle::exp, () -> between(-708, 709), 1.0);
  }

  @Test
  void expOfSubnormalResultsIsRoundedOnce() {
    check(Exponential::exp, Oracle::exp, () -> between(-745, -708), 1.0);
  }

  @Test
  void expm1() {
    check(Exponential::expm1, Oracle::expm1, () -> between(-2, 2), 2.0);
    check(Exponential::expm1, Oracle::expm1, () -> between(-45, 700), 2.0);
    check(Exponential::expm1, Oracle::expm1, this::small, 1.0);
  }

  @Test
  void log() {
    check(Logarithm::log, Oracle::log, () -> between(0.5, 2), 1.0);
    check(Logarithm::log, Oracle::log, () -> StrictMath.exp(between(-700, 700)), 1.0);
    check(Logarithm::log, Oracle::log, () -> between(0, Double.MIN_NORMAL), 1.0);
  }

  @Test
  void log1p() {
    check(Logarithm::log1p, Oracle::log1p, () -> between(-0.99, 3), 1.0);
    check(Logarithm::log1p, Oracle::log1p, () -> StrictMath.exp(between(-3, 100)), 1.0);
    check(Logarithm::log1p, Oracle::log1p, this::small, 1.0);
  }

  @Test
  void tanh() {
    check(Hyperbolic::tanh, Oracle::tanh, () -> between(-3, 3), 2.0);
    check(Hyperbolic::tanh, Oracle::tanh, () -> between(-25, 25), 2.0);
    check(Hyperbolic::tanh, Oracle::tanh, this::small, 2.0);
  }

  @Test
  void sigmoid() {
    check(Logistic::sigmoid, Oracle::sigmoid, () -> between(-4, 4), 2.5);
    check(Logistic::sigmoid, Oracle::sigmoid, () -> between(-700, 40), 2.5);
  }

  @Test
  void softplus() {
    check(Logistic::softplus, Oracle::softplus, () -> between(-4, 4), 2.0);
    check(Logistic::softplus, Oracle::softplus, () -> between(-700, 40), 2.0);
  }

  @Test
  void sechSquared() {
    check(Hyperbolic::sechSquared, Oracle::sechSquared, () -> between(-1, 1), 2.0);
    check(Hyperbolic::sechSquared, Oracle::sechSquared, () -> between(-20, 20), 3.0);
    // 2 is half a unit of e^2x
    check(Hyperbolic::sechSquared, Oracle::sechSquared, () -> between(18.5, 19.3), 3.0);
    check(Hyperbolic::sechSquared, Oracle::sechSquared, () -> between(-350, 350), 3.0);
    check(Hyperbolic::sechSquared, Oracle::sechSquared, this::small, 1.0);
  }

  @Test
  void sechSquaredBeyondTheExponentialOfTanh() {
    check(Hyperbolic::sechSquared, Oracle::sechSquared, () -> between(349.9, 350.1), 3.0);
    check(Hyperbolic::sechSquared, Oracle::sechSquared, () -> between(350, 355), 1.5);
    check(Hyperbolic::sechSquared, Oracle::sechSquared, () -> between(354, 376), 1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "-0.0, 1",
    "Infinity, Infinity",
    "-Infinity, 0",
    "NaN, NaN",
    "4.9E-324, 1",
    "709.782712893384, 1.7976931348622732E308",
    "709.7827128933841, Infinity",
    "1E300, Infinity",
    "-745.1332191019411, 4.9E-324",
    "-745.1332191019412, 0",
    "-1E300, 0"
  })
  void expOfSpecialValues(double x, double expected) {
    assertSame(Exponential.exp(x), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0.0",
    "Infinity, Infinity",
    "-Infinity, -1",
    "NaN, NaN",
    "1E300, Infinity",
    "4.9E-324, 4.9E-324",
    "-4.9E-324, -4.9E-324",
    "1E-310, 1E-310",
    "-1E300, -1",
    "-40, -1"
  })
  void expm1OfSpecialValues(double x, double expected) {
    assertSame(Exponential.expm1(x), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, -Infinity",
    "-0.0, -Infinity",
    "Infinity, Infinity",
    "-Infinity, NaN",
    "NaN, NaN",
    "1, 0",
    "-4.9E-324, NaN",
    "4.9E-324, -744.4400719213812",
    "1.7976931348623157E308, 709.782712893384"
  })
  void logOfSpecialValues(double x, double expected) {
    assertSame(Logarithm.log(x), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0.0",
    "Infinity, Infinity",
    "-Infinity, NaN",
    "NaN, NaN",
    "-1, -Infinity",
    "-1.0000000000000002, NaN",
    "4.9E-324, 4.9E-324",
    "-1E-310, -1E-310",
    "1.7976931348623157E308, 709.782712893384"
  })
  void log1pOfSpecialValues(double x, double expected) {
    assertSame(Logarithm.log1p(x), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0.0",
    "Infinity, 1",
    "-Infinity, -1",
    "NaN, NaN",
    "4.9E-324, 4.9E-324",
    "-1E-310, -1E-310",
    "1E300, 1",
    "-22, -1"
  })
  void tanhOfSpecialValues(double x, double expected) {
    assertSame(Hyperbolic.tanh(x), expected);
  }

  @Test
  void otherSpecialValues() {
    assertSame(Logistic.sigmoid(0.0), 0.5);
    assertSame(Logistic.sigmoid(-0.0), 0.5);
    assertSame(Logistic.sigmoid(INFINITY), 1.0);
    assertSame(Logistic.sigmoid(-INFINITY), 0.0);
    assertSame(Logistic.sigmoid(Double.NaN), Double.NaN);
    assertSame(Logistic.softplus(INFINITY), INFINITY);
    assertSame(Logistic.softplus(-INFINITY), 0.0);
    assertSame(Logistic.softplus(Double.NaN), Double.NaN);
    assertSame(Hyperbolic.sechSquared(0.0), 1.0);
    assertSame(Hyperbolic.sechSquared(-INFINITY), 0.0);
    assertSame(Hyperbolic.sechSquared(INFINITY), 0.0);
    assertSame(Hyperbolic.sechSquared(Double.NaN), Double.NaN);
    assertSame(Hyperbolic.sechSquared(-0.0), 1.0);
    assertSame(Hyperbolic.sechSquared(-Double.MIN_VALUE), 1.0);
    assertSame(Hyperbolic.sechSquared(1e-310), 1.0);
    assertSame(Hyperbolic.sechSquared(373), Double.MIN_VALUE);
    assertSame(Hyperbolic.sechSquared(-374), 0.0);
    assertSame(Hyperbolic.sechSquared(Double.MAX_VALUE), 0.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.4, 0.54, 0.55, 1, 5, 21.9, 350, 351, 360})
  void tanhIsOddAndSechSquaredEven(double x) {
    assertSame(Hyperbolic.tanh(-x), -Hyperbolic.tanh(x));
    assertSame(Hyperbolic.sechSquared(-x), Hyperbolic.sechSquared(x));
  }

  /** The argument of the exponential is limited far above where tanh is 1 to all digits. */
  @ParameterizedTest
  @ValueSource(doubles = {19.1, 21.9, 22, 23, 100, 349, 350, 351, 1e3})
  void tanhIsOneFromNineteenUp(double x) {
    assertSame(Hyperbolic.tanh(x), 1.0);
    assertSame(Hyperbolic.tanh(-x), -1.0);
  }

  private static void assertSame(double actual, double expected) {
    assertThat(Double.doubleToLongBits(actual)).isEqualTo(Double.doubleToLongBits(expected));
  }

  private double between(double low, double high) {
    return random.nextDouble(low, high);
  }

  private double small() {
    return random.nextDouble(-1, 1) * Math.scalb(1.0, random.nextInt(-70, -1));
  }

  private static void check(
      DoubleUnaryOperator f,
      UnaryOperator<BigDecimal> oracle,
      DoubleSupplier points,
      double bound) {
    for (int i = 0; i < 1000; i++) {
      double x = points.getAsDouble();
      assertThat(Oracle.ulps(f.applyAsDouble(x), x, oracle)).as("at %s", x).isLessThan(bound);
    }
  }
}
