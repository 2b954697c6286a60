package dini.core.kernel;

/**
 * FLOAT32 functions on vectors: the commonest in float arithmetic, the others computed in double
 * and rounded. For those, chunks are converted, which C2 does by vectors itself, and given to
 * {@link VectorUnary64}.
 */
final class VectorUnary32 {
  static final int CHUNK = Chunks.LENGTH;

  private VectorUnary32() {}

  /** False, and nothing done, for what the scalar twin does as fast. */
  static boolean apply(UnaryKernel op, float[] x, int xo, float[] out, int oo, int n) {
    switch (op) {
      case EXP -> VectorExponential32.exp(x, xo, out, oo, n);
      case LOG -> VectorLogarithm32.log(x, xo, out, oo, n);
      case SIN -> VectorCircular32.sin(x, xo, out, oo, n);
      case COS -> VectorCircular32.cos(x, xo, out, oo, n);
      case TANH -> VectorTanh32.tanh(x, xo, out, oo, n);
      case SECH_SQUARED -> VectorTanh32.sechSquared(x, xo, out, oo, n);
      case SIGMOID -> VectorExponential32.sigmoid(x, xo, out, oo, n);
      default -> {
        if (!VectorUnary64.has(op)) {
          return false;
        }
        widened(op, x, xo, out, oo, n);
      }
    }
    return true;
  }

  private static void widened(UnaryKernel op, float[] x, int xo, float[] out, int oo, int n) {
    double[] chunk = Chunks.get(Chunks.WIDENED);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      widen(x, xo + from, chunk, length);
      VectorUnary64.apply(op, chunk, 0, chunk, 0, length);
      round(chunk, out, oo + from, length);
    }
  }

  static void widen(float[] x, int xo, double[] chunk, int n) {
    for (int i = 0; i < n; i++) {
      chunk[i] = x[xo + i];
    }
  }

  static void round(double[] chunk, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) chunk[i];
    }
  }
}
