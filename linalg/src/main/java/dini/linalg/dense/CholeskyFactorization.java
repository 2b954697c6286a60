package dini.linalg.dense;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/** {@code A = L L'} of a symmetric matrix, of which the lower triangle is read. */
public final class CholeskyFactorization {
  private final int n;
  private final double[] factor;

  private CholeskyFactorization(int n, double[] factor) {
    this.n = n;
    this.factor = factor;
  }

  /** Factors the finite row-major matrix (n, n), or gives null if it is not positive definite. */
  public static CholeskyFactorization of(double[] a, int n) {
    if (n == 0) {
      return new CholeskyFactorization(0, new double[0]);
    }
    var decomposition = DecompositionFactory_DDRM.chol(n, true);
    // it works in place
    DMatrixRMaj matrix = DMatrixRMaj.wrap(n, n, a.clone());
    if (!decomposition.decompose(matrix)) {
      return null;
    }
    return new CholeskyFactorization(n, decomposition.getT(null).data);
  }

  /** L, row-major, with zeros above the diagonal. */
  public double[] factor() {
    return factor;
  }

  /** Solves {@code A x = b} in place. */
  public void solve(double[] x, int xo) {
    Substitution.solve(factor, 0, n, n, true, false, false, x, xo);
    Substitution.solve(factor, 0, n, n, true, true, false, x, xo);
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
