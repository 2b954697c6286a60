package dini.linalg.dense;

import dini.core.kernel.Kernels;

/** Triangular systems with many right-hand sides, by halves: most of it is products of matrices. */
public final class Triangles {

  /** Unknowns that are not halved any more. */
  private static final int BASE = 32;

  private Triangles() {}

  /** Where to cut n into two parts, the first of which is a multiple of a base. */
  static int half(int n, int base) {
    return (n / 2 + base - 1) / base * base;
  }

  /**
   * Solves {@code op(T) X = B} in place for B of shape (n, k), where T is a triangle of the matrix
   * at {@code to} with rows {@code stride} apart, and op its transpose if {@code transposed}; the
   * other triangle is not read, nor a {@code unit} diagonal.
   */
  public static void solve(
      Kernels kernels,
      boolean lower,
      boolean transposed,
      boolean unit,
      int n,
      int k,
      double[] t,
      int to,
      int stride,
      double[] b,
      int bo,
      int line) {
    int row = transposed ? 1 : stride;
    int step = transposed ? stride : 1;
    if (lower != transposed) {
      forward(kernels, unit, n, k, t, to, row, step, b, bo, line);
    } else {
      int last = n - 1;
      int corner = to + last * (row + step);
      forward(kernels, unit, n, k, t, corner, -row, -step, b, bo + last * line, -line);
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
