package dini.linalg.dense;

import dini.core.kernel.Kernels;
import java.util.Arrays;

/** {@code A = L L'} of a symmetric matrix, of which the upper triangle is read. */
public final class CholeskyFactorization {
  /** The extent of a tile that is transposed at once. */
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
    for (int ib = 0; ib < n; ib += TILE) {
      for (int jb = 0; jb <= ib; jb += TILE) {
        turn(n, a, ib, jb);
      }
    }
    for (int i = 0; i < n; i++) {
      Arrays.fill(a, i * n + i + 1, (i + 1) * n, 0);
    }
    return new CholeskyFactorization(n, a);
  }

  /** Copies a tile of the upper triangle to the lower one. */
  private static void turn(int n, double[] a, int ib, int jb) {
    int end = Math.min(n, ib + TILE);
    for (int j = jb; j < Math.min(n, jb + TILE); j++) {
      for (int i = Math.max(j + 1, ib); i < end; i++) {
        a[i * n + j] = a[j * n + i];
      }
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
        double sum = l[i * n + j];
        for (int k = 0; k < j; k++) {
          sum -= l[i * n + k] * l[j * n + k];
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
