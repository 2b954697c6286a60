package dini.core.kernel;

import java.util.Arrays;

/** Products of a matrix of double and a vector, and reductions over an inner axis. */
final class VectorMatrices64 {

  /** Columns at a time where rows are added to y: 16 KB of it stay in the level 1 cache. */
  private static final int CHUNK = 2048;

  /** Up to so many columns four rows stay in the level 2 cache between their two uses. */
  private static final int SHORT = 8192;

  private VectorMatrices64() {}

  static void gemv(
      boolean transposed,
      int m,
      int n,
      double[] a,
      int ao,
      double[] x,
      int xo,
      double[] y,
      int yo) {
    int length = transposed ? m : n;
    double[] v = x == y ? Arrays.copyOfRange(x, xo, xo + length) : x;
    int vo = x == y ? 0 : xo;
    if (!transposed) {
      for (int i = 0; i < m; i++) {
        y[yo + i] = VectorSums64.dot(a, ao + i * n, v, vo, n);
      }
      return;
    }
    Arrays.fill(y, yo, yo + n, 0);
    for (int j = 0; j < n; j += CHUNK) {
      addRows(m, Math.min(CHUNK, n - j), a, ao + j, n, v, vo, y, yo + j);
    }
  }

  private static void addRows(
      int m, int width, double[] a, int ao, int lda, double[] v, int vo, double[] y, int yo) {
    int i = 0;
    for (; i < m - 3; i += 4) {
      int w = vo + i;
      int row = ao + i * lda;
      VectorBinary64.axpy4(v[w], v[w + 1], v[w + 2], v[w + 3], a, row, lda, y, yo, width);
    }
    for (; i < m; i++) {
      VectorBinary64.axpy(v[vo + i], a, ao + i * lda, y, yo, width);
    }
  }

  static void gram(int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    double[] v = x == y ? Arrays.copyOfRange(x, xo, xo + n) : x;
    int vo = x == y ? 0 : xo;
    Arrays.fill(y, yo, yo + n, 0);
    int i = 0;
    for (int end = n <= SHORT ? m - 3 : 0; i < end; i += 4) {
      int row = ao + i * n;
      double r0 = VectorSums64.dot(a, row, v, vo, n);
      double r1 = VectorSums64.dot(a, row + n, v, vo, n);
      double r2 = VectorSums64.dot(a, row + 2 * n, v, vo, n);
      double r3 = VectorSums64.dot(a, row + 3 * n, v, vo, n);
      VectorBinary64.axpy4(r0, r1, r2, r3, a, row, n, y, yo, n);
    }
    for (; i < m; i++) {
      double r = VectorSums64.dot(a, ao + i * n, v, vo, n);
      VectorBinary64.axpy(r, a, ao + i * n, y, yo, n);
    }
  }

  /** {@link ScalarReduction#reduce} for inner axes long enough for vectors, and for rows. */
  static void reduce(BinaryKernel op, double[] x, int outer, int n, int inner, double[] out) {
    if (inner == 1 && op != BinaryKernel.MUL) {
      rows(op, x, outer, n, out);
      return;
    }
    if (n == 0 || inner < VectorKernels.SMALL) {
      ScalarReduction.reduce(op, x, outer, n, inner, out);
      return;
    }
    double identity = ScalarReduction.identity(op);
    for (int o = 0; o < outer; o++) {
      // first from x, so that out may be x where n is 1
      VectorBinary64.apply(op, identity, x, o * n * inner, out, o * inner, inner);
      for (int k = 1; k < n; k++) {
        VectorBinary64.apply(op, out, o * inner, x, (o * n + k) * inner, out, o * inner, inner);
      }
    }
  }

  private static void rows(BinaryKernel op, double[] x, int outer, int n, double[] out) {
    for (int o = 0; o < outer; o++) {
      int at = o * n;
      out[o] =
          switch (op) {
            case ADD -> VectorSums64.sum(x, at, n);
            case MAX -> VectorNorms64.max(x, at, n);
            case MIN -> VectorNorms64.min(x, at, n);
            default -> throw ScalarReduction.noReduction(op);
          };
    }
  }
}
