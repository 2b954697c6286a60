package dini.linalg.dense;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * {@code A = V diag(w) V'} of a symmetric matrix (n, n): eigenvalues in ascending order,
 * eigenvectors as the columns of V, row-major.
 *
 * @param values w
 * @param vectors V
 */
public record SymmetricEigen(double[] values, double[] vectors) {

  /**
   * Decomposes a finite matrix; null if the iteration did not end, which is not known to happen.
   */
  public static SymmetricEigen of(double[] a, int n) {
    if (n == 0) {
      return new SymmetricEigen(new double[0], new double[0]);
    }
    double scale = Scaling.of(a);
    var decomposition = DecompositionFactory_DDRM.eig(n, true, true);
    if (!decomposition.decompose(DMatrixRMaj.wrap(n, n, Scaling.divided(a, scale)))) {
      return null;
    }
    double[] found = new double[n];
    for (int i = 0; i < n; i++) {
      found[i] = decomposition.getEigenvalue(i).getReal();
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> found[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[n];
    double[] vectors = new double[n * n];
    for (int j = 0; j < n; j++) {
      values[j] = found[order[j]];
      double[] vector = decomposition.getEigenVector(order[j]).data;
      double sign = Signs.of(vector, 0, 1, n);
      for (int i = 0; i < n; i++) {
        vectors[i * n + j] = sign * vector[i];
      }
    }
    Scaling.multiply(values, scale);
    return new SymmetricEigen(values, vectors);
  }
}
