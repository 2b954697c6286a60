package dini.linalg.dense;

import dini.core.kernel.Kernels;

/**
 * Cholesky's method in place: {@code A = U' U} in the upper triangle of a row-major matrix, by
 * halves. Every element is one chain of fma in the order of elimination: where the halves are cut
 * changes no bit.
 */
final class Roots {

  /** Rows that are eliminated one by one. */
  private static final int FEW = 8;

  private Roots() {}

  /** Replaces the upper triangle by U; false if a pivot is not positive. */
  static boolean inPlace(Kernels kernels, int n, double[] a) {
    return factor(kernels, 0, n, n, a);
  }

  private static boolean factor(Kernels kernels, int from, int count, int n, double[] a) {
    if (count <= FEW) {
      return eliminate(from, from + count, n, a);
    }
    int half = Triangles.half(count, FEW);
    int rest = count - half;
    if (!factor(kernels, from, half, n, a)) {
      return false;
    }
    int corner = from * (n + 1);
    int right = corner + half;
    int last = corner + half * (n + 1);
    Triangles.forward(kernels, false, half, rest, a, corner, 1, n, a, right, n);
    kernels.subtractUpper(rest, half, a, right, 1, n, a, right, n, a, last, n);
    return factor(kernels, from + half, rest, n, a);
  }

  private static boolean eliminate(int from, int end, int n, double[] a) {
    for (int i = from; i < end; i++) {
      int row = i * n;
      double pivot = a[row + i];
      if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
        return false;
      }
      double root = Math.sqrt(pivot);
      a[row + i] = root;
      for (int j = i + 1; j < end; j++) {
        a[row + j] /= root;
      }
      for (int k = i + 1; k < end; k++) {
        int other = k * n;
        double factor = -a[row + k];
        for (int j = k; j < end; j++) {
          a[other + j] = Math.fma(factor, a[row + j], a[other + j]);
        }
      }
    }
    return true;
  }
}
