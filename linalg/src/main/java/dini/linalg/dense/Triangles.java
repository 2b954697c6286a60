package dini.linalg.dense;

import dini.core.kernel.Kernels;

/** Triangular systems with many right-hand sides, by halves: most of it is products of matrices. */
public final class Triangles {

  /** Unknowns that are not halved any more. */
  private static final int BASE = 64;

  /** Columns from which on they are solved together: those of a vector. */
  private static final int MANY = 8;

  private Triangles() {}

  /** Where to cut n into two parts, the first of which is a multiple of a base. */
  static int half(int n, int base) {
    return (n / 2 + base - 1) / base * base;
  }

  /**
   * Solves {@code op(T) X = B} in place for B of shape (n, k), where T is a triangle of a matrix
   * (n, n), and op its transpose if {@code transposed}; the other triangle is not read, nor a
   * {@code unit} diagonal.
   */
  public static void solve(
      Kernels kernels,
      boolean lower,
      boolean transposed,
      boolean unit,
      int n,
      int k,
      double[] t,
      double[] b) {
    if (n == 0 || k == 0) {
      return;
    }
    if (k < MANY) {
      double[] columns = k == 1 ? b : new double[n * k];
      if (k > 1) {
        kernels.transpose(n, k, b, 0, columns, 0);
      }
      for (int j = 0; j < k; j++) {
        Substitution.solve(kernels, t, n, lower, transposed, unit, columns, j * n);
      }
      if (k > 1) {
        kernels.transpose(k, n, columns, 0, b, 0);
      }
      return;
    }
    int row = transposed ? 1 : n;
    int step = transposed ? n : 1;
    if (lower != transposed) {
      forward(kernels, unit, n, k, t, 0, row, step, b, 0, k);
    } else {
      // everything is counted from the end
      forward(kernels, unit, n, k, t, n * n - 1, -row, -step, b, (n - 1) * k, -k);
    }
  }

  /** As {@link Kernels#substitute}, with its bits. */
  static void forward(
      Kernels kernels,
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
    if (n <= BASE) {
      kernels.substitute(unit, n, k, t, to, row, step, b, bo, line);
      return;
    }
    int half = half(n, BASE);
    int rest = n - half;
    int below = to + half * row;
    int lowerHalf = bo + half * line;
    forward(kernels, unit, half, k, t, to, row, step, b, bo, line);
    kernels.subtract(rest, k, half, t, below, row, step, b, bo, line, b, lowerHalf, line);
    forward(kernels, unit, rest, k, t, below + half * step, row, step, b, lowerHalf, line);
  }
}
