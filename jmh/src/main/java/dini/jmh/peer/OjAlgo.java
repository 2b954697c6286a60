package dini.jmh.peer;

import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/** Matrices of ojAlgo, which works on one thread from the first use of this class on. */
public final class OjAlgo {
  static {
    OjAlgoUtils.limitThreadsTo(1);
  }

  private OjAlgo() {}

  /** A matrix of the given rows. */
  public static R064Store matrix(int m, int n, double[] rows) {
    R064Store matrix = R064Store.FACTORY.make(m, n);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        matrix.set(i, j, rows[i * n + j]);
      }
    }
    return matrix;
  }

  /** The elements, row by row. */
  public static double[] rows(MatrixStore<Double> matrix) {
    int n = matrix.getColDim();
    double[] rows = new double[matrix.getRowDim() * n];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = matrix.doubleValue(i / n, i % n);
    }
    return rows;
  }
}
