package dini.linalg.solver;

import dini.core.dense.Reading;
import dini.linalg.Status;
import dini.linalg.dense.LuFactorization;
import java.util.Arrays;

/** The inverse by LU with partial pivoting, in double precision whatever the dtype. */
final class DenseInverse implements Inverse {
  private final int n;
  private final double[] matrix;
  private final Status status;
  private final LuFactorization lu;

  DenseInverse(Operator a) {
    n = a.domain().shape().size();
    matrix = Reading.doubles(a.matrix());
    lu = LuFactorization.of(matrix, n, n);
    status =
        lu == null ? Status.NON_FINITE : lu.weakPivot() >= 0 ? Status.SINGULAR : Status.CONVERGED;
  }

  @Override
  public double[] solve(boolean transposed, double[] b) {
    double[] x = b.clone();
    if (status == Status.CONVERGED) {
      lu.solve(transposed, 1, b, x);
    } else {
      Arrays.fill(x, Double.NaN);
    }
    return x;
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public double[] magnitude(boolean transposed, double[] x) {
    double[] sums = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double entry = Math.abs(matrix[i * n + j]);
        if (transposed) {
          sums[j] += entry * Math.abs(x[i]);
        } else {
          sums[i] += entry * Math.abs(x[j]);
        }
      }
    }
    return sums;
  }

  @Override
  public double norm() {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return Arrays.stream(magnitude(true, ones)).max().orElse(0);
  }
}
