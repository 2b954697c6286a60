package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScalarElementwiseTest {

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    3.7,
    -3.2,
    1e-5,
    30,
    -30,
    200,
    -200,
    1e300,
    -1e300,
    1e-310,
    -1e-310,
    1e-40,
    Float.MAX_VALUE,
    0x1p52 + 1,
    Double.MAX_VALUE,
    Double.MIN_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private final Kernels kernels = new ScalarKernels();

  private static float expected(UnaryKernel op, float x) {
    return switch (op) {
      case EXP -> Exponential32.exp(x);
      case LOG -> Logarithm32.log(x);
      case SIN -> Circular32.sin(x);
      case COS -> Circular32.cos(x);
      case TANH -> Hyperbolic32.tanh(x);
      case SECH_SQUARED -> Hyperbolic32.sechSquared(x);
      case SIGMOID -> Logistic32.sigmoid(x);
      default -> (float) expected(op, (double) x);
    };
  }

  private static double expected(UnaryKernel op, double v) {
    return switch (op) {
      case NEG -> -v;
      case ABS -> Math.abs(v);
      case SIGN -> v == 0 || Double.isNaN(v) ? v : v > 0 ? 1 : -1;
      case SQUARE -> v * v;
      case RECIPROCAL -> 1 / v;
      case SQRT -> Math.sqrt(v);
      case EXP -> Exponential.exp(v);
      case EXPM1 -> Exponential.expm1(v);
      case LOG -> Logarithm.log(v);
      case LOG1P -> Logarithm.log1p(v);
      case SIN -> StrictMath.sin(v);
      case COS -> StrictMath.cos(v);
      case TANH -> Hyperbolic.tanh(v);
      case SIGMOID -> Logistic.sigmoid(v);
      case SOFTPLUS -> Logistic.softplus(v);
      case RELU -> v > 0 ? v : Double.isNaN(v) ? v : 0.0;
      case FLOOR -> Math.floor(v);
      case CEIL -> Math.ceil(v);
      case ROUND -> Math.rint(v);
      case SECH_SQUARED -> Hyperbolic.sechSquared(v);
      default -> SpecialUnary.of(op, v);
    };
  }

  private static double expected(BinaryKernel op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
      case POW -> Power.pow(a, b);
      default -> SpecialBinary.of(op, a, b);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "1, NaN, 1", "-1, Infinity, 1", "-1, -Infinity, 1", "NaN, 0, 1", "0, 0, 1", "Infinity, -0.0, 1",
    "2, 10, 1024", "-2, 3, -8", "-2, 0.5, NaN", "-1, NaN, NaN", "0, -1, Infinity", "-0.0, 3, -0.0"
  })
  void pow(double x, double y, double expected) {
    assertThat(Power.pow(x, y)).isEqualTo(Double.valueOf(expected));
  }

  @ParameterizedTest
  @EnumSource
  void doubleUnary(UnaryKernel op) {
    double[] x = new double[SPECIAL.length + 1];
    for (int i = 0; i < SPECIAL.length; i++) {
      x[i + 1] = SPECIAL[i];
    }
    double[] out = new double[x.length + 1];
    kernels.unary(op, x, 1, out, 2, SPECIAL.length);
    for (int i = 0; i < SPECIAL.length; i++) {
      assertThat(out[i + 2])
          .as("%s of %s", op, x[i + 1])
          .isEqualTo(Double.valueOf(expected(op, x[i + 1])));
    }
    kernels.unary(op, x, 1, x, 1, SPECIAL.length);
    assertThat(Arrays.copyOfRange(x, 1, x.length))
        .isEqualTo(Arrays.copyOfRange(out, 2, out.length));
  }

  @ParameterizedTest
  @EnumSource
  void doubleBinary(BinaryKernel op) {
    int n = SPECIAL.length;
    for (double special : SPECIAL) {
      double b = special;
      double[] x = new double[n + 1];
      for (int i = 0; i < n; i++) {
        x[i + 1] = SPECIAL[i];
      }
      double[] y = new double[n];
      Arrays.fill(y, b);
      double[] out = new double[n];
      double[] first = new double[n];
      double[] second = new double[n];
      for (int i = 0; i < n; i++) {
        first[i] = expected(op, x[i + 1], b);
        second[i] = expected(op, b, x[i + 1]);
      }
      kernels.binary(op, x, 1, y, 0, out, 0, n);
      assertThat(out).isEqualTo(first);
      kernels.binary(op, x, 1, b, out, 0, n);
      assertThat(out).isEqualTo(first);
      kernels.binary(op, b, x, 1, out, 0, n);
      assertThat(out).isEqualTo(second);
      kernels.binary(op, y, 0, x, 1, y, 0, n);
      assertThat(y).isEqualTo(second);
    }
  }

  @Test
  void doubleAxpy() {
    double[] x = {9, 1 + Math.ulp(1.0), 2};
    double[] y = {-1, 5};
    kernels.axpy(1 - Math.ulp(1.0), x, 1, y, 0, 2);
    assertThat(y).containsExactly(-Math.ulp(1.0) * Math.ulp(1.0), 7 - 2 * Math.ulp(1.0));
  }

  @ParameterizedTest
  @EnumSource
  void floatUnary(UnaryKernel op) {
    float[] x = new float[SPECIAL.length + 1];
    for (int i = 0; i < SPECIAL.length; i++) {
      x[i + 1] = (float) SPECIAL[i];
    }
    float[] out = new float[x.length + 1];
    kernels.unary(op, x, 1, out, 2, SPECIAL.length);
    for (int i = 0; i < SPECIAL.length; i++) {
      assertThat(out[i + 2])
          .as("%s of %s", op, x[i + 1])
          .isEqualTo(Float.valueOf(expected(op, x[i + 1])));
    }
    kernels.unary(op, x, 1, x, 1, SPECIAL.length);
    assertThat(Arrays.copyOfRange(x, 1, x.length))
        .isEqualTo(Arrays.copyOfRange(out, 2, out.length));
  }

  @ParameterizedTest
  @EnumSource
  void floatBinary(BinaryKernel op) {
    int n = SPECIAL.length;
    for (double special : SPECIAL) {
      float b = (float) special;
      float[] x = new float[n + 1];
      for (int i = 0; i < n; i++) {
        x[i + 1] = (float) SPECIAL[i];
      }
      float[] y = new float[n];
      Arrays.fill(y, b);
      float[] out = new float[n];
      float[] first = new float[n];
      float[] second = new float[n];
      for (int i = 0; i < n; i++) {
        first[i] = (float) expected(op, x[i + 1], b);
        second[i] = (float) expected(op, b, x[i + 1]);
      }
      kernels.binary(op, x, 1, y, 0, out, 0, n);
      assertThat(out).isEqualTo(first);
      kernels.binary(op, x, 1, b, out, 0, n);
      assertThat(out).isEqualTo(first);
      kernels.binary(op, b, x, 1, out, 0, n);
      assertThat(out).isEqualTo(second);
      kernels.binary(op, y, 0, x, 1, y, 0, n);
      assertThat(y).isEqualTo(second);
    }
  }

  @Test
  void floatAxpy() {
    float[] x = {9, 1 + Math.ulp(1f), 2};
    float[] y = {-1, 5};
    kernels.axpy(1 - Math.ulp(1f), x, 1, y, 0, 2);
    assertThat(y).containsExactly(-Math.ulp(1f) * Math.ulp(1f), 7 - 2 * Math.ulp(1f));
  }
}
