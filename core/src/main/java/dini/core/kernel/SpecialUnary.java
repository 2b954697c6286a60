package dini.core.kernel;

/**
 * Functions of one element that cost more than the choice between them, so that one loop serves
 * all, whatever the implementation of {@link Kernels}.
 */
final class SpecialUnary {
  private SpecialUnary() {}

  static void apply(UnaryKernel op, double[] x, int xo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = of(op, x[xo + i]);
    }
  }

  static void apply(UnaryKernel op, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) of(op, x[xo + i]);
    }
  }

  static double of(UnaryKernel op, double x) {
    return switch (op) {
      case RSQRT -> 1.0 / Math.sqrt(x);
      case CBRT -> CubeRoot.cbrt(x);
      case EXP2 -> Exponential.exp2(x);
      case LOG2 -> Power.log2(x);
      case LOG10 -> Power.log10(x);
      case TAN -> Circular.tan(x);
      case ASIN -> InverseCircular.asin(x);
      case ACOS -> InverseCircular.acos(x);
      case ATAN -> InverseCircular.atan(x);
      case SINH -> Hyperbolic.sinh(x);
      case COSH -> Hyperbolic.cosh(x);
      case ASINH -> Hyperbolic.asinh(x);
      case ACOSH -> Hyperbolic.acosh(x);
      case ATANH -> Hyperbolic.atanh(x);
      case ERF -> ErrorFunction.erf(x);
      case ERFC -> ErrorFunction.erfc(x);
      case ERF_INV -> ErrorFunction.inverse(x);
      case LGAMMA -> Gamma.lgamma(x);
      case DIGAMMA -> Gamma.digamma(x);
      case GELU -> ErrorFunction.gelu(x);
      case GELU_TANH -> Logistic.geluTanh(x);
      case SILU -> Logistic.silu(x);
      default -> throw new AssertionError(op + " has a loop of its own");
    };
  }
}
