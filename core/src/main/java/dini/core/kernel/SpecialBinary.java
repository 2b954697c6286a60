package dini.core.kernel;

/**
 * Functions of two elements that cost more than the choice between them, so that one loop serves
 * all, whatever the implementation of {@link Kernels}.
 */
final class SpecialBinary {
  private SpecialBinary() {}

  static void apply(
      BinaryKernel op, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = of(op, x[xo + i], y[yo + i]);
    }
  }

  static void apply(BinaryKernel op, double[] x, int xo, double y, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = of(op, x[xo + i], y);
    }
  }

  static void apply(BinaryKernel op, double x, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = of(op, x, y[yo + i]);
    }
  }

  static void apply(
      BinaryKernel op, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) of(op, x[xo + i], y[yo + i]);
    }
  }

  static void apply(BinaryKernel op, float[] x, int xo, float y, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) of(op, x[xo + i], y);
    }
  }

  static void apply(BinaryKernel op, float x, float[] y, int yo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) of(op, x, y[yo + i]);
    }
  }

  static double of(BinaryKernel op, double x, double y) {
    return switch (op) {
      case ATAN2 -> StrictMath.atan2(x, y);
      case HYPOT -> Hypotenuse.of(x, y);
      case MOD -> Remainder.mod(x, y);
      case FLOOR_DIV -> Remainder.floorDiv(x, y);
      case LOG_ADD_EXP -> Logistic.logAddExp(x, y);
      case XLOGY -> Logarithm.xlogy(x, y);
      case XLOG1PY -> Logarithm.xlog1py(x, y);
      case COPY_SIGN -> StrictMath.copySign(x, y);
      default -> throw new AssertionError(op + " has a loop of its own");
    };
  }
}
