package dini.linalg.solver;

import dini.core.LinearMap;
import dini.core.dense.DenseTensor;
import dini.core.dense.Reading;
import dini.core.kernel.Kernels;
import dini.linalg.Status;
import dini.linalg.dense.CholeskyFactorization;
import dini.linalg.dense.LuFactorization;

/** The solve with the matrix of the map, in double precision whatever the dtype. */
final class DenseSystem {
  private DenseSystem() {}

  static Outcome solve(Operator a, DenseTensor b, double ridge) {
    int n = Vectors.size(b);
    double scale = Vectors.magnitude(b);
    if (scale == 0) {
      return new Outcome(Vectors.zeros(a.domain()), Status.CONVERGED, 0, 0);
    }
    if (Double.isNaN(scale)) {
      return Failed.nonFinite(a.domain());
    }
    double[] matrix = Reading.doubles(a.matrix());
    for (int i = 0; i < n && ridge != 0; i++) {
      matrix[i * n + i] += ridge;
    }
    for (double entry : matrix) {
      if (!Double.isFinite(entry)) {
        return Failed.nonFinite(a.domain());
      }
    }
    double[] right = Reading.doubles(b);
    for (int i = 0; i < n; i++) {
      right[i] /= scale;
    }
    double[] x = right.clone();
    if (!solve(matrix, n, a.tags().contains(LinearMap.Tag.SYMMETRIC), x)) {
      return Failed.singular(a.domain());
    }
    for (double entry : x) {
      if (!Double.isFinite(entry)) {
        return Failed.nonFinite(a.domain());
      }
    }
    double residual = residual(matrix, n, x, right);
    return new Outcome(rounded(a, x, scale), Status.CONVERGED, 0, residual * scale);
  }

  /** Solves in place; false if the matrix is singular. */
  private static boolean solve(double[] matrix, int n, boolean symmetric, double[] x) {
    if (symmetric) {
      CholeskyFactorization cholesky = CholeskyFactorization.of(matrix, n);
      if (cholesky != null && !weak(cholesky.factor(), matrix, n)) {
        cholesky.solve(x, 0);
        return true;
      }
    }
    LuFactorization lu = LuFactorization.of(matrix, n, n);
    if (lu.weakPivot() >= 0) {
      return false;
    }
    lu.solve(false, x, 0, x, 0);
    return true;
  }

  /** Whether a pivot of Cholesky's method is nothing but rounding error. */
  private static boolean weak(double[] factor, double[] matrix, int n) {
    for (int i = 0; i < n; i++) {
      double pivot = factor[i * n + i] * factor[i * n + i];
      if (pivot <= Math.ulp(1.0) * matrix[i * n + i]) {
        return true;
      }
    }
    return false;
  }

  private static double residual(double[] matrix, int n, double[] x, double[] b) {
    double[] r = new double[n];
    Kernels.chosen().gemv(false, n, n, matrix, 0, x, 0, r, 0);
    for (int i = 0; i < n; i++) {
      r[i] = b[i] - r[i];
    }
    return Kernels.chosen().nrm2(r, 0, n);
  }

  private static DenseTensor rounded(Operator a, double[] x, double scale) {
    DenseTensor out = Vectors.zeros(a.domain());
    for (int i = 0; i < x.length; i++) {
      switch (out.data()) {
        case double[] values -> values[i] = x[i] * scale;
        case float[] values -> values[i] = (float) (x[i] * scale);
        default -> throw new AssertionError(out.type());
      }
    }
    return out;
  }
}
