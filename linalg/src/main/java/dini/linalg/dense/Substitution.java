package dini.linalg.dense;

import dini.core.kernel.Kernels;

/**
 * Solves for one vector with one triangle of a row-major matrix; the other triangle is not read.
 */
final class Substitution {
  private Substitution() {}

  /**
   * Solves {@code op(T) x = b} in place, where T is a triangle of the matrix (n, n), and op its
   * transpose if {@code transposed}.
   */
  static void solve(
      Kernels kernels,
      double[] a,
      int n,
      boolean lower,
      boolean transposed,
      boolean unit,
      double[] x,
      int xo) {
    // with rows as they are stored: either a row is a sum of known terms, or it tells what a known
    // unknown takes from the others
    boolean forward = lower != transposed;
    for (int k = 0; k < n; k++) {
      int i = forward ? k : n - 1 - k;
      int row = i * n;
      int from = lower ? 0 : i + 1;
      int count = lower ? i : n - 1 - i;
      if (!transposed) {
        x[xo + i] -= kernels.dot(a, row + from, x, xo + from, count);
      }
      if (!unit) {
        x[xo + i] /= a[row + i];
      }
      if (transposed) {
        kernels.axpy(-x[xo + i], a, row + from, x, xo + from, count);
      }
    }
  }
}
