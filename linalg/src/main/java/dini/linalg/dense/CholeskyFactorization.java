package dini.linalg.dense;

import dini.core.kernel.Kernels;
import java.util.Arrays;

/** {@code A = L L'} of a symmetric matrix, of which the upper triangle is read. */
public final class CholeskyFactorization {
  /** Rows that are written to at a time: a multiple of four, all in the nearest cache. */
  private static final int TILE = 32;

  private final int n;
  private final double[] factor;

  private CholeskyFactorization(int n, double[] factor) {
    this.n = n;
    this.factor = factor;
  }

  /**
   * Factors the row-major matrix (n, n) in place, so that the array is its factor; null if it is
   * not finite or not positive definite.
   */
  public static CholeskyFactorization of(double[] a, int n) {
    if (!Roots.inPlace(Kernels.chosen(), n, a)) {
      return null;
    }
    transpose(n, a);
    return new CholeskyFactorization(n, a);
  }

  /** Moves the upper triangle to the lower one, tile by tile, and leaves zeros. */
  private static void transpose(int n, double[] a) {
    for (int ib = 0; ib < n; ib += TILE) {
      int end = Math.min(n, ib + TILE);
      for (int j = 0; j < ib; j += 4) {
        fourColumns(n, a, ib, end, j);
      }
      for (int i = ib; i < end; i++) {
        for (int j = ib; j < i; j++) {
          a[i * n + j] = a[j * n + i];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      Arrays.fill(a, i * n + i + 1, (i + 1) * n, 0);
    }
  }

  private static void fourColumns(int n, double[] a, int from, int end, int j) {
    int r0 = j * n;
    int r1 = r0 + n;
    int r2 = r1 + n;
    int r3 = r2 + n;
    for (int i = from, at = from * n + j; i < end; i++, at += n) {
      a[at] = a[r0 + i];
      a[at + 1] = a[r1 + i];
      a[at + 2] = a[r2 + i];
      a[at + 3] = a[r3 + i];
    }
  }

  /** L, row-major, with zeros above the diagonal. */
  public double[] factor() {
    return factor;
  }

  /** Solves {@code A x = b} in place. */
  public void solve(double[] x) {
    Kernels kernels = Kernels.chosen();
    Triangles.solve(kernels, true, false, false, n, 1, factor, x);
    Triangles.solve(kernels, true, true, false, n, 1, factor, x);
  }

  /** The first pivot of elimination without exchanges that is not positive, and its position. */
  public record BadPivot(int position, double value) {}

  /** Finds what made {@link #of} fail; only for messages, since it factors once more. */
  public static BadPivot badPivot(double[] a, int n) {
    double[] l = a.clone();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        // in the order and with the roundings of the factorization, so that it fails where that did
        double sum = l[i * n + j];
        for (int k = 0; k < j; k++) {
          sum = Math.fma(-l[i * n + k], l[j * n + k], sum);
        }
        if (j < i) {
          l[i * n + j] = sum / l[j * n + j];
        } else if (sum > 0) {
          l[i * n + i] = Math.sqrt(sum);
        } else {
          return new BadPivot(i, sum);
        }
      }
    }
    return new BadPivot(n - 1, 0);
  }
}
