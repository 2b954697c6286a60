package dini.linalg.dense;

import dini.core.kernel.Kernels;
import java.util.Arrays;

/** {@code P A = L U} with partial pivoting. */
public final class LuFactorization {
  private final int m;
  private final int n;
  private final double[] lu;
  private final int[] rows;
  private final int sign;
  private final int weakPivot;

  private LuFactorization(int m, int n, double[] lu, int[] rows, int sign, int weakPivot) {
    this.m = m;
    this.n = n;
    this.lu = lu;
    this.rows = rows;
    this.sign = sign;
    this.weakPivot = weakPivot;
  }

  /** Factors the finite row-major matrix (m, n), which is left as it is. */
  public static LuFactorization of(double[] a, int m, int n) {
    double[] lu = a.clone();
    int[] exchanges = Elimination.inPlace(Kernels.chosen(), m, n, lu);
    int[] rows = new int[m];
    Arrays.setAll(rows, i -> i);
    int sign = 1;
    for (int i = 0; i < exchanges.length; i++) {
      int other = exchanges[i];
      if (other != i) {
        int kept = rows[i];
        rows[i] = rows[other];
        rows[other] = kept;
        sign = -sign;
      }
    }
    return new LuFactorization(m, n, lu, rows, sign, weakPivot(a, m, n, lu, rows));
  }

  /**
   * The first pivot that is no larger than the rounding errors made on the way to it, or -1. It is
   * measured against the largest entries of both its row and its column, so that scaling rows or
   * columns changes nothing.
   */
  private static int weakPivot(double[] a, int m, int n, double[] lu, int[] rows) {
    double largest = magnitude(a);
    boolean strong = true;
    for (int i = 0; i < Math.min(m, n); i++) {
      strong &= Math.abs(lu[i * n + i]) > Math.ulp(1.0) * largest;
    }
    if (strong) {
      return -1;
    }
    double[] columns = new double[n];
    double[] row = new double[m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double size = Math.abs(a[i * n + j]);
        row[i] = Math.max(row[i], size);
        columns[j] = Math.max(columns[j], size);
      }
    }
    for (int i = 0; i < Math.min(m, n); i++) {
      double pivot = Math.abs(lu[i * n + i]);
      if (pivot <= Math.ulp(1.0) * Math.min(columns[i], row[rows[i]])) {
        return i;
      }
    }
    return -1;
  }

  private static double magnitude(double[] a) {
    Kernels kernels = Kernels.chosen();
    return Math.max(kernels.max(a, 0, a.length), -kernels.min(a, 0, a.length));
  }

  /** The position of a pivot that is zero up to rounding, or -1. */
  public int weakPivot() {
    return weakPivot;
  }

  /** A diagonal element of U. */
  public double pivot(int i) {
    return lu[i * n + i];
  }

  /** Both factors in one array (m, n); L has a unit diagonal that is not stored. */
  public double[] factors() {
    return lu;
  }

  /** Row i of L U is row {@code rows()[i]} of A. */
  public int[] rows() {
    return rows;
  }

  /** The sign of the permutation. */
  public int sign() {
    return sign;
  }

  /** Solves {@code A x = b}, or with A transposed, for a square matrix; x may be b. */
  public void solve(boolean transposed, double[] b, int bo, double[] x, int xo) {
    double[] work = new double[n];
    if (transposed) {
      System.arraycopy(b, bo, work, 0, n);
      Substitution.solve(lu, 0, n, n, false, true, false, work, 0);
      Substitution.solve(lu, 0, n, n, true, true, true, work, 0);
      for (int i = 0; i < n; i++) {
        x[xo + rows[i]] = work[i];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      work[i] = b[bo + rows[i]];
    }
    Substitution.solve(lu, 0, n, n, true, false, true, work, 0);
    Substitution.solve(lu, 0, n, n, false, false, false, work, 0);
    System.arraycopy(work, 0, x, xo, n);
  }
}
