package dini.core.kernel;

/** FLOAT32 sums and dot products of any length, at the width of this machine. */
final class VectorSums32 {
  private static final boolean WIDE = VectorKernels.BITS == 512;

  private VectorSums32() {}

  static float sum(float[] x, int xo, int n) {
    if (n < 32) {
      return WIDE ? Wide32.shortSum(x, xo, n) : Narrow32.shortSum(x, xo, n);
    }
    if (n <= ScalarSums.BLOCK) {
      return WIDE ? Wide32.sum(x, xo, n) : Narrow32.sum(x, xo, n);
    }
    float[] parts = new float[(n - 1) / ScalarSums.BLOCK + 1];
    for (int b = 0; b < parts.length; b++) {
      int from = b * ScalarSums.BLOCK;
      int length = Math.min(ScalarSums.BLOCK, n - from);
      parts[b] = WIDE ? Wide32.sum(x, xo + from, length) : Narrow32.sum(x, xo + from, length);
    }
    return ScalarSums.tree(parts);
  }

  static float dot(float[] x, int xo, float[] y, int yo, int n) {
    if (n < 32) {
      return WIDE ? Wide32.shortDot(x, xo, y, yo, n) : Narrow32.shortDot(x, xo, y, yo, n);
    }
    if (n <= ScalarSums.BLOCK) {
      return WIDE ? Wide32.dot(x, xo, y, yo, n) : Narrow32.dot(x, xo, y, yo, n);
    }
    float[] parts = new float[(n - 1) / ScalarSums.BLOCK + 1];
    for (int b = 0; b < parts.length; b++) {
      int from = b * ScalarSums.BLOCK;
      int length = Math.min(ScalarSums.BLOCK, n - from);
      parts[b] =
          WIDE
              ? Wide32.dot(x, xo + from, y, yo + from, length)
              : Narrow32.dot(x, xo + from, y, yo + from, length);
    }
    return ScalarSums.tree(parts);
  }
}
