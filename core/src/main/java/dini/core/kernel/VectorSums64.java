package dini.core.kernel;

/** FLOAT64 sums and dot products of any length, at the width of this machine. */
final class VectorSums64 {
  private static final boolean WIDE = VectorKernels.BITS == 512;

  private VectorSums64() {}

  static double sum(double[] x, int xo, int n) {
    if (n < 32) {
      return WIDE ? Wide64.shortSum(x, xo, n) : Narrow64.shortSum(x, xo, n);
    }
    if (n <= ScalarSums.BLOCK) {
      return WIDE ? Wide64.sum(x, xo, n) : Narrow64.sum(x, xo, n);
    }
    double[] parts = new double[(n - 1) / ScalarSums.BLOCK + 1];
    for (int b = 0; b < parts.length; b++) {
      int from = b * ScalarSums.BLOCK;
      int length = Math.min(ScalarSums.BLOCK, n - from);
      parts[b] = WIDE ? Wide64.sum(x, xo + from, length) : Narrow64.sum(x, xo + from, length);
    }
    return ScalarSums.tree(parts);
  }

  static double dot(double[] x, int xo, double[] y, int yo, int n) {
    if (n < 32) {
      return WIDE ? Wide64.shortDot(x, xo, y, yo, n) : Narrow64.shortDot(x, xo, y, yo, n);
    }
    if (n <= ScalarSums.BLOCK) {
      return WIDE ? Wide64.dot(x, xo, y, yo, n) : Narrow64.dot(x, xo, y, yo, n);
    }
    double[] parts = new double[(n - 1) / ScalarSums.BLOCK + 1];
    for (int b = 0; b < parts.length; b++) {
      int from = b * ScalarSums.BLOCK;
      int length = Math.min(ScalarSums.BLOCK, n - from);
      parts[b] =
          WIDE
              ? Wide64.dot(x, xo + from, y, yo + from, length)
              : Narrow64.dot(x, xo + from, y, yo + from, length);
    }
    return ScalarSums.tree(parts);
  }
}
