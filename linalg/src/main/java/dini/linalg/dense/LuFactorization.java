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

  /**
   * Factors a row-major matrix (m, n), which is left as it is; null if an element is not finite.
   */
  public static LuFactorization of(double[] a, int m, int n) {
    Kernels kernels = Kernels.chosen();
    double largest = kernels.amax(a, 0, a.length);
    if (!Double.isFinite(largest)) {
      return null;
    }
    double[] lu = a.clone();
    int[] exchanges = Elimination.inPlace(kernels, m, n, lu);
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
    return new LuFactorization(m, n, lu, rows, sign, weakPivot(a, largest, m, n, lu, rows));
  }

  /**
   * The first pivot that is no larger than the rounding errors made on the way to it, or -1. It is
   * measured against the largest entries of both its row and its column, so that scaling rows or
   * columns changes nothing.
   */
  private static int weakPivot(double[] a, double largest, int m, int n, double[] lu, int[] rows) {
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

  /**
   * Solves {@code A X = B}, or with A transposed, for a square matrix A and B of shape (n, k),
   * which is left as it is.
   */
  public void solve(boolean transposed, int k, double[] b, double[] x) {
    Kernels kernels = Kernels.chosen();
    if (transposed) {
      double[] work = b.clone();
      Triangles.solve(kernels, false, true, false, n, k, lu, work);
      Triangles.solve(kernels, true, true, true, n, k, lu, work);
      for (int i = 0; i < n; i++) {
        System.arraycopy(work, i * k, x, rows[i] * k, k);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      System.arraycopy(b, rows[i] * k, x, i * k, k);
    }
    Triangles.solve(kernels, true, false, true, n, k, lu, x);
    Triangles.solve(kernels, false, false, false, n, k, lu, x);
  }
}
