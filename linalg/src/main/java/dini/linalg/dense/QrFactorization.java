package dini.linalg.dense;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * {@code A = Q R} of a matrix (m, n) with m >= n, row-major: Q (m, n) with orthonormal columns, R
 * (n, n) upper triangular with a diagonal that is not negative.
 *
 * @param q Q
 * @param r R
 */
public record QrFactorization(double[] q, double[] r) {

  /** Factors a finite matrix. */
  public static QrFactorization of(double[] a, int m, int n) {
    if (n == 0) {
      return new QrFactorization(new double[0], new double[0]);
    }
    double scale = Scaling.of(a);
    var decomposition = DecompositionFactory_DDRM.qr(m, n);
    decomposition.decompose(DMatrixRMaj.wrap(m, n, Scaling.divided(a, scale)));
    double[] q = decomposition.getQ(null, true).data;
    double[] r = decomposition.getR(null, true).data;
    for (int i = 0; i < n; i++) {
      if (r[i * n + i] < 0) {
        for (int j = i; j < n; j++) {
          r[i * n + j] = -r[i * n + j];
        }
        for (int j = 0; j < m; j++) {
          q[j * n + i] = -q[j * n + i];
        }
      }
    }
    Scaling.multiply(r, scale);
    return new QrFactorization(q, r);
  }
}
