package dini.core.kernel;

/**
 * FLOAT32 functions of two elements that are computed in double and rounded: chunks are converted,
 * as in {@link VectorUnary32}, and given to {@link VectorBinary64}.
 */
final class VectorWidened {
  private static final int CHUNK = VectorUnary32.CHUNK;

  private VectorWidened() {}

  static void apply(
      BinaryKernel op, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    double[] left = Chunks.get(Chunks.PAIR);
    double[] right = Chunks.get(Chunks.PAIR + 1);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      VectorUnary32.widen(x, xo + from, left, length);
      VectorUnary32.widen(y, yo + from, right, length);
      VectorBinary64.apply(op, left, 0, right, 0, left, 0, length);
      VectorUnary32.round(left, out, oo + from, length);
    }
  }

  static void apply(BinaryKernel op, float[] x, int xo, double y, float[] out, int oo, int n) {
    double[] left = Chunks.get(Chunks.PAIR);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      VectorUnary32.widen(x, xo + from, left, length);
      VectorBinary64.apply(op, left, 0, y, left, 0, length);
      VectorUnary32.round(left, out, oo + from, length);
    }
  }

  static void apply(BinaryKernel op, double x, float[] y, int yo, float[] out, int oo, int n) {
    double[] right = Chunks.get(Chunks.PAIR + 1);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      VectorUnary32.widen(y, yo + from, right, length);
      VectorBinary64.apply(op, x, right, 0, right, 0, length);
      VectorUnary32.round(right, out, oo + from, length);
    }
  }
}
