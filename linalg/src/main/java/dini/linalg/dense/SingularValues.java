package dini.linalg.dense;

import dini.core.kernel.Kernels;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * {@code A = U diag(s) V'} of a matrix (m, n), row-major: U (m, k), s in descending order, V' (k,
 * n), with k the smaller extent.
 *
 * @param u U
 * @param s s
 * @param vt V'
 */
public record SingularValues(double[] u, double[] s, double[] vt) {

  /**
   * Decomposes a finite matrix; null if the iteration did not end, which is not known to happen.
   */
  public static SingularValues of(double[] a, int m, int n) {
    int k = Math.min(m, n);
    if (k == 0) {
      return new SingularValues(new double[0], new double[0], new double[0]);
    }
    double scale = Scaling.of(a);
    var decomposition = DecompositionFactory_DDRM.svd(m, n, true, true, true);
    if (!decomposition.decompose(DMatrixRMaj.wrap(m, n, Scaling.divided(a, scale)))) {
      return null;
    }
    double[] found = decomposition.getSingularValues();
    DMatrixRMaj left = decomposition.getU(null, false);
    DMatrixRMaj right = decomposition.getV(null, true);
    int[] order =
        IntStream.range(0, k)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -found[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] u = new double[m * k];
    double[] s = new double[k];
    double[] vt = new double[k * n];
    for (int j = 0; j < k; j++) {
      int from = order[j];
      s[j] = found[from];
      double sign = Signs.of(left.data, from, left.numCols, m);
      for (int i = 0; i < m; i++) {
        u[i * k + j] = sign * left.data[i * left.numCols + from];
      }
      for (int i = 0; i < n; i++) {
        vt[j * n + i] = sign * right.data[from * right.numCols + i];
      }
    }
    Scaling.multiply(s, scale);
    return new SingularValues(u, s, vt);
  }

  /** How many singular values are above {@code rtol} times the largest. */
  public int rank(double rtol) {
    int rank = 0;
    while (rank < s.length && s[rank] > rtol * s[0]) {
      rank++;
    }
    return rank;
  }

  /** The pseudo-inverse (n, m) of the matrix (m, n) from the first singular values. */
  public double[] inverse(int m, int n, int rank) {
    int k = s.length;
    double[] scaled = new double[rank * n];
    for (int j = 0; j < rank; j++) {
      for (int i = 0; i < n; i++) {
        scaled[j * n + i] = vt[j * n + i] / s[j];
      }
    }
    double[] left = new double[m * rank];
    for (int i = 0; i < m; i++) {
      System.arraycopy(u, i * k, left, i * rank, rank);
    }
    double[] inverse = new double[n * m];
    Kernels.chosen().gemm(true, true, n, m, rank, scaled, 0, left, 0, inverse, 0);
    return inverse;
  }
}
