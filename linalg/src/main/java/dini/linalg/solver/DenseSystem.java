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
    if (!Double.isFinite(Kernels.chosen().amax(matrix, 0, n * n))) {
      return Failed.nonFinite(a.domain());
    }
    double[] right = Reading.doubles(b);
    for (int i = 0; i < n; i++) {
      right[i] /= scale;
    }
    double[] x = null;
    Status status = Status.STAGNATED;
    if (a.tags().contains(LinearMap.Tag.SYMMETRIC)) {
      x = byCholesky(matrix, n, right);
      status = verdict(matrix, n, x, right);
    }
    if (status != Status.CONVERGED) {
      LuFactorization lu = LuFactorization.of(matrix, n, n);
      if (lu.weakPivot() >= 0) {
        return Failed.singular(a.domain());
      }
      x = new double[n];
      lu.solve(false, 1, right, x);
      status = verdict(matrix, n, x, right);
    }
    if (status == Status.NON_FINITE) {
      return Failed.nonFinite(a.domain());
    }
    double residual = residual(matrix, n, x, right);
    return new Outcome(rounded(a, x, scale), status, 0, residual * scale);
  }

  /** The solution, or null where the matrix is not positive definite. */
  private static double[] byCholesky(double[] matrix, int n, double[] right) {
    CholeskyFactorization cholesky = CholeskyFactorization.of(matrix.clone(), n);
    if (cholesky == null || weak(cholesky.factor(), matrix, n)) {
      return null;
    }
    double[] x = right.clone();
    cholesky.solve(x);
    return x;
  }

  /**
   * Whether x solves a system close to this one: {@code ||r|| <= 10 n eps (||A|| ||x|| + ||b||)}
   * with the Frobenius norm. It fails after Cholesky for a matrix that was wrongly tagged
   * symmetric, of which one triangle was read.
   */
  private static Status verdict(double[] matrix, int n, double[] x, double[] b) {
    if (x == null) {
      return Status.NOT_POSITIVE_DEFINITE;
    }
    for (double entry : x) {
      if (!Double.isFinite(entry)) {
        return Status.NON_FINITE;
      }
    }
    Kernels kernels = Kernels.chosen();
    double size = kernels.nrm2(matrix, 0, n * n) * kernels.nrm2(x, 0, n) + kernels.nrm2(b, 0, n);
    return residual(matrix, n, x, b) <= 10 * n * Math.ulp(1.0) * size
        ? Status.CONVERGED
        : Status.STAGNATED;
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
    double[] scaled = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      scaled[i] = x[i] * scale;
    }
    return Vectors.of(a.domain(), scaled);
  }
}
