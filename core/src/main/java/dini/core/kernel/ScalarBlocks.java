package dini.core.kernel;

/**
 * Updates of blocks of a matrix. Each element is one chain of fma in the order of k, however the
 * matrix is cut, and a zero is +0.
 */
final class ScalarBlocks {

  /** Up to so many multiplications packing does not pay. */
  private static final int SMALL = 1024;

  /** Rows of B in one block. */
  private static final int DEPTH = 64;

  /** Columns of B in one block. */
  private static final int WIDTH = 512;

  private ScalarBlocks() {}

  /** {@link Kernels#subtract}, or {@link Kernels#subtractUpper}. */
  static void subtract(
      boolean upper,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      int cLine) {
    if ((long) m * n * k <= SMALL) {
      small(upper, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
      return;
    }
    // copies, whose indices are all alike, so that C2 vectorizes the loops
    double[][] rows = new double[Math.min(k, DEPTH)][Math.min(n, WIDTH)];
    double[] tile = new double[Math.min(n, WIDTH)];
    double[] factors = new double[Math.min(k, DEPTH)];
    for (int jb = 0; jb < n; jb += WIDTH) {
      int width = Math.min(WIDTH, n - jb);
      for (int lb = 0; lb < k; lb += DEPTH) {
        int depth = Math.min(DEPTH, k - lb);
        for (int l = 0; l < depth; l++) {
          System.arraycopy(b, bo + (lb + l) * bLine + jb, rows[l], 0, width);
        }
        int end = upper ? Math.min(m, jb + width) : m;
        for (int i = 0; i < end; i++) {
          int from = upper ? Math.max(0, i - jb) : 0;
          int at = co + i * cLine + jb;
          for (int l = 0; l < depth; l++) {
            factors[l] = -a[ao + i * row + (lb + l) * step];
          }
          System.arraycopy(c, at, tile, 0, width);
          ScalarProducts.accumulate(factors, 0, 1, rows, depth, tile, width);
          for (int j = from; j < width; j++) {
            c[at + j] = tile[j] + 0.0;
          }
        }
      }
    }
  }

  private static void small(
      boolean upper,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      int cLine) {
    for (int i = 0; i < m; i++) {
      for (int j = upper ? i : 0; j < n; j++) {
        double s = c[co + i * cLine + j];
        for (int l = 0; l < k; l++) {
          s = Math.fma(-a[ao + i * row + l * step], b[bo + l * bLine + j], s);
        }
        c[co + i * cLine + j] = s + 0.0;
      }
    }
  }

  static void swap(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double kept = x[xo + i];
      x[xo + i] = y[yo + i];
      y[yo + i] = kept;
    }
  }

  /**
   * Solves {@code T X = B} in place with the lower triangle of a T of few rows, B of k columns, row
   * by row in order.
   */
  static void substitute(
      boolean unit,
      int n,
      int k,
      double[] t,
      int to,
      int row,
      int step,
      double[] b,
      int bo,
      int line) {
    for (int i = 0; i < n; i++) {
      int at = bo + i * line;
      for (int l = 0; l < i; l++) {
        double factor = -t[to + i * row + l * step];
        int known = bo + l * line;
        for (int j = 0; j < k; j++) {
          b[at + j] = Math.fma(factor, b[known + j], b[at + j]);
        }
      }
      if (unit) {
        for (int j = 0; j < k; j++) {
          b[at + j] = b[at + j] + 0.0;
        }
      } else {
        double pivot = t[to + i * (row + step)];
        for (int j = 0; j < k; j++) {
          b[at + j] = (b[at + j] + 0.0) / pivot;
        }
      }
    }
  }
}
