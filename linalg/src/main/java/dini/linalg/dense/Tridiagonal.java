package dini.linalg.dense;

/**
 * {@code P T = L U} of a matrix with three diagonals, with partial pivoting: U has three diagonals,
 * L one below its unit diagonal.
 *
 * <p>Source: Golub and Van Loan, Matrix Computations (4th edition), section 4.3, with the row
 * exchanges of LAPACK's gttrf.
 */
public final class Tridiagonal {
  private final int n;
  private final double[] factor;
  private final double[] diagonal;
  private final double[] first;
  private final double[] second;
  private final boolean[] exchanged;
  private int weakPivot = -1;

  private Tridiagonal(int n) {
    this.n = n;
    this.factor = new double[n];
    this.diagonal = new double[n];
    this.first = new double[n];
    this.second = new double[n];
    this.exchanged = new boolean[n];
  }

  /**
   * Factors the matrix with {@code lower[i]} at (i, i - 1), {@code upper[i]} at (i, i + 1); the
   * first lower and the last upper element are not read.
   */
  public static Tridiagonal of(double[] lower, double[] middle, double[] upper) {
    Tridiagonal result = new Tridiagonal(middle.length);
    result.eliminate(lower, middle, upper);
    return result;
  }

  private void eliminate(double[] lower, double[] middle, double[] upper) {
    if (n == 0) {
      return;
    }
    // the row that is worked on: its elements at i and i + 1, and the size it had in T
    double here = middle[0];
    double next = n > 1 ? upper[0] : 0;
    double size = Math.max(Math.abs(here), Math.abs(next));
    for (int i = 0; i < n; i++) {
      boolean last = i == n - 1;
      double below = last ? 0 : lower[i + 1];
      double beside = last ? 0 : middle[i + 1];
      double beyond = i < n - 2 ? upper[i + 1] : 0;
      double other = Math.max(Math.abs(below), Math.max(Math.abs(beside), Math.abs(beyond)));
      double column = Math.max(Math.abs(middle[i]), Math.abs(below));
      column = i > 0 ? Math.max(column, Math.abs(upper[i - 1])) : column;
      exchanged[i] = Math.abs(below) > Math.abs(here);
      if (exchanged[i]) {
        factor[i] = here / below;
        diagonal[i] = below;
        first[i] = beside;
        second[i] = beyond;
        check(i, Math.min(column, other));
        here = next - factor[i] * beside;
        next = -factor[i] * beyond;
      } else {
        factor[i] = below == 0 ? 0 : below / here;
        diagonal[i] = here;
        first[i] = next;
        check(i, Math.min(column, size));
        here = beside - factor[i] * next;
        next = beyond;
        size = other;
      }
    }
  }

  /** A pivot is weak if it is no larger than the rounding errors made on the way to it. */
  private void check(int i, double size) {
    if (weakPivot < 0 && Math.abs(diagonal[i]) <= Math.ulp(1.0) * size) {
      weakPivot = i;
    }
  }

  /** The position of a pivot that is zero up to rounding, or -1. */
  public int weakPivot() {
    return weakPivot;
  }

  /** A diagonal element of U. */
  public double pivot(int i) {
    return diagonal[i];
  }

  /** Solves {@code T x = b}, or with T transposed, in place: x is (n) with a stride. */
  public void solve(boolean transposed, double[] x, int offset, int stride) {
    if (transposed) {
      backward(x, offset, stride);
    } else {
      forward(x, offset, stride);
    }
  }

  private void forward(double[] x, int offset, int stride) {
    for (int i = 0; i + 1 < n; i++) {
      int at = offset + i * stride;
      if (exchanged[i]) {
        double kept = x[at];
        x[at] = x[at + stride];
        x[at + stride] = kept;
      }
      x[at + stride] -= factor[i] * x[at];
    }
    for (int i = n - 1; i >= 0; i--) {
      int at = offset + i * stride;
      double rest = x[at];
      if (i + 1 < n) {
        rest -= first[i] * x[at + stride];
      }
      if (i + 2 < n) {
        rest -= second[i] * x[at + 2 * stride];
      }
      x[at] = rest / diagonal[i];
    }
  }

  private void backward(double[] x, int offset, int stride) {
    for (int i = 0; i < n; i++) {
      int at = offset + i * stride;
      double rest = x[at];
      if (i > 0) {
        rest -= first[i - 1] * x[at - stride];
      }
      if (i > 1) {
        rest -= second[i - 2] * x[at - 2 * stride];
      }
      x[at] = rest / diagonal[i];
    }
    for (int i = n - 2; i >= 0; i--) {
      int at = offset + i * stride;
      x[at] -= factor[i] * x[at + stride];
      if (exchanged[i]) {
        double kept = x[at];
        x[at] = x[at + stride];
        x[at + stride] = kept;
      }
    }
  }
}
