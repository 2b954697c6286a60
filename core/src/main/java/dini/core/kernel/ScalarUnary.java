package dini.core.kernel;

/** Elementwise functions of one argument. */
final class ScalarUnary {
  private ScalarUnary() {}

  static void apply(UnaryKernel op, double[] x, int xo, double[] out, int oo, int n) {
    switch (op) {
      case NEG -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = -x[xo + i];
        }
      }
      case ABS -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.abs(x[xo + i]);
        }
      }
      case SIGN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.signum(x[xo + i]);
        }
      }
      case SQUARE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * x[xo + i];
        }
      }
      case RECIPROCAL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = 1 / x[xo + i];
        }
      }
      case SQRT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.sqrt(x[xo + i]);
        }
      }
      case EXP -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Exponential.exp(x[xo + i]);
        }
      }
      case EXPM1 -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Exponential.expm1(x[xo + i]);
        }
      }
      case LOG -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Logarithm.log(x[xo + i]);
        }
      }
      case LOG1P -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Logarithm.log1p(x[xo + i]);
        }
      }
      case SIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Circular.sin(x[xo + i]);
        }
      }
      case COS -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Circular.cos(x[xo + i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Hyperbolic.tanh(x[xo + i]);
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Logistic.sigmoid(x[xo + i]);
        }
      }
      case SOFTPLUS -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Logistic.softplus(x[xo + i]);
        }
      }
      case RELU -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x[xo + i], 0);
        }
      }
      case FLOOR -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.floor(x[xo + i]);
        }
      }
      case CEIL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.ceil(x[xo + i]);
        }
      }
      case ROUND -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.rint(x[xo + i]);
        }
      }
      case SECH_SQUARED -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Hyperbolic.sechSquared(x[xo + i]);
        }
      }
      case RSQRT,
          CBRT,
          EXP2,
          LOG2,
          LOG10,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          SINH,
          COSH,
          ASINH,
          ACOSH,
          ATANH,
          ERF,
          ERFC,
          ERF_INV,
          LGAMMA,
          DIGAMMA,
          GELU,
          GELU_TANH,
          SILU ->
          SpecialUnary.apply(op, x, xo, out, oo, n);
    }
  }

  static void apply(UnaryKernel op, float[] x, int xo, float[] out, int oo, int n) {
    switch (op) {
      case NEG -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = -x[xo + i];
        }
      }
      case ABS -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.abs(x[xo + i]);
        }
      }
      case SIGN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.signum(x[xo + i]);
        }
      }
      case SQUARE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * x[xo + i];
        }
      }
      case RECIPROCAL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = 1 / x[xo + i];
        }
      }
      case SQRT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Math.sqrt(x[xo + i]);
        }
      }
      case EXP -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Exponential32.exp(x[xo + i]);
        }
      }
      case EXPM1 -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Exponential.expm1(x[xo + i]);
        }
      }
      case LOG -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Logarithm32.log(x[xo + i]);
        }
      }
      case LOG1P -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Logarithm.log1p(x[xo + i]);
        }
      }
      case SIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Circular32.sin(x[xo + i]);
        }
      }
      case COS -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Circular32.cos(x[xo + i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Hyperbolic32.tanh(x[xo + i]);
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Logistic32.sigmoid(x[xo + i]);
        }
      }
      case SOFTPLUS -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Logistic.softplus(x[xo + i]);
        }
      }
      case RELU -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x[xo + i], 0);
        }
      }
      case FLOOR -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Math.floor(x[xo + i]);
        }
      }
      case CEIL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Math.ceil(x[xo + i]);
        }
      }
      case ROUND -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Math.rint(x[xo + i]);
        }
      }
      case SECH_SQUARED -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Hyperbolic32.sechSquared(x[xo + i]);
        }
      }
      case RSQRT,
          CBRT,
          EXP2,
          LOG2,
          LOG10,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          SINH,
          COSH,
          ASINH,
          ACOSH,
          ATANH,
          ERF,
          ERFC,
          ERF_INV,
          LGAMMA,
          DIGAMMA,
          GELU,
          GELU_TANH,
          SILU ->
          SpecialUnary.apply(op, x, xo, out, oo, n);
    }
  }
}
