package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions in float arithmetic against those of double, which other tests hold to 40 digits. */
class Functions32Test {

  /** Coprime to 2^32: about a million floats of all exponents and both signs. */
  private static final int STRIDE = 4099;

  private static final int POINTS = 300_000;

  private enum Function {
    EXP(Exponential32::exp, Exponential::exp, 1.0),
    LOG(Logarithm32::log, Logarithm::log, 1.0),
    SIN(Circular32::sin, Circular::sin, 1.0),
    COS(Circular32::cos, Circular::cos, 1.0),
    TANH(Hyperbolic32::tanh, Hyperbolic::tanh, 2.0),
    SECH_SQUARED(Hyperbolic32::sechSquared, Hyperbolic::sechSquared, 3.0),
    SIGMOID(Logistic32::sigmoid, Logistic::sigmoid, 2.5);

    final FloatFunction f;
    final DoubleUnaryOperator exact;

    /** In units in the last place. */
    final double bound;

    Function(FloatFunction f, DoubleUnaryOperator exact, double bound) {
      this.f = f;
      this.exact = exact;
      this.bound = bound;
    }
  }

  @FunctionalInterface
  private interface FloatFunction {
    float apply(float x);
  }

  @ParameterizedTest
  @EnumSource
  void allFloats(Function function) {
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      check(function, Float.intBitsToFloat((int) bits));
    }
  }

  /** Where functions are neither 0 nor 1 nor infinite, most floats are not. */
  @ParameterizedTest
  @EnumSource
  void whereTheyChange(Function function) {
    SplittableRandom random = new SplittableRandom(3);
    for (double range : new double[] {0.7, 1.6, 12, 105, 70_000}) {
      for (int i = 0; i < POINTS; i++) {
        check(function, (float) random.nextDouble(-range, range));
      }
    }
  }

  /** Both sides of 1, of the borders of its binade and of the least normal number. */
  @Test
  void logarithmsNextToOnesAndBorders() {
    for (float center : new float[] {1, 0.70710677f, 1.4142135f, 0.5f, 2, Float.MIN_NORMAL}) {
      int bits = Float.floatToIntBits(center);
      for (int i = -20_000; i <= 20_000; i++) {
        check(Function.LOG, Float.intBitsToFloat(bits + i));
      }
    }
  }

  /** What is left of such an argument has the fewest digits. */
  @ParameterizedTest
  @EnumSource(names = {"SIN", "COS"})
  void floatsNextToQuarterTurns(Function function) {
    for (int i = -60_000; i <= 60_000; i++) {
      float x = (float) (i * (Math.PI / 2));
      check(function, x);
      check(function, Math.nextUp(x));
      check(function, Math.nextDown(x));
    }
  }

  /** Halfway between two whole exponents the remainder is largest. */
  @Test
  void exponentialsBetweenExponents() {
    for (int k = -151; k <= 128; k++) {
      float x = (float) ((k + 0.5) * Math.log(2));
      for (int i = -200; i <= 200; i++) {
        check(Function.EXP, x + i * Math.ulp(x));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void specialValues(Function function) {
    float[] values = {
      0.0f, Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, Float.POSITIVE_INFINITY, 1.0f
    };
    for (float value : values) {
      for (float x : new float[] {value, -value}) {
        float expected = (float) function.exact.applyAsDouble(x);
        assertSame(function.f.apply(x), expected, x);
      }
    }
    assertSame(function.f.apply(Float.NaN), Float.NaN, Float.NaN);
  }

  @Test
  void exponentialsAtTheEndsOfTheRange() {
    assertThat(Exponential32.exp(88.72283f)).isBetween(3.4027e38f, Float.MAX_VALUE);
    assertThat(Exponential32.exp(88.72284f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Exponential32.exp(-103.97207f)).isEqualTo(Float.MIN_VALUE);
    assertThat(Exponential32.exp(-103.97209f)).isEqualTo(0.0f);
  }

  @ParameterizedTest
  @ValueSource(
      floats = {1e-30f, 0.1f, 0.54f, 0.55f, 1, 9, 42.9f, 43, 43.1f, 50, 60, 65_535, 65_536})
  void symmetries(float x) {
    assertThat(Hyperbolic32.tanh(-x)).isEqualTo(-Hyperbolic32.tanh(x));
    assertThat(Hyperbolic32.sechSquared(-x)).isEqualTo(Hyperbolic32.sechSquared(x));
    assertThat(Circular32.sin(-x)).isEqualTo(-Circular32.sin(x));
    assertThat(Circular32.cos(-x)).isEqualTo(Circular32.cos(x));
  }

  private static void check(Function function, float x) {
    double expected = function.exact.applyAsDouble(x);
    float actual = function.f.apply(x);
    if (!(ulps(actual, expected) < function.bound)) {
      assertSame(actual, (float) expected, x);
    }
  }

  /** As objects: NaN is itself, and the zeros differ. */
  private static void assertSame(Float actual, Float expected, float x) {
    assertThat(actual).as("at %s", x).isEqualTo(expected);
  }

  /** The distance in units in the last place that floats of this magnitude have. */
  private static double ulps(float actual, double expected) {
    return Math.abs(actual - expected) / Math.ulp((float) expected);
  }
}
