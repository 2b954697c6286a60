package dini.jmh.solve;

import dini.core.kernel.Kernels;
import dini.jmh.Operands;
import java.util.function.BiConsumer;

/** Systems that solvers are measured on, and the control that solves them. */
final class Systems {
  private Systems() {}

  /** A dense symmetric positive definite matrix of n rows, well conditioned. */
  static double[] positiveDefinite(int n) {
    double[] factor = Operands.uniform(1, n * n);
    double[] a = new double[n * n];
    Kernels.chosen().gemm(true, false, n, n, n, factor, 0, factor, 0, a, 0);
    for (int i = 0; i < a.length; i++) {
      a[i] /= n;
    }
    for (int i = 0; i < n; i++) {
      a[i * n + i] += 1;
    }
    return a;
  }

  /**
   * So many steps of conjugate gradients as a textbook writes them, in plain loops.
   *
   * @param matrix writes {@code A p} for p
   */
  static double[] conjugateGradients(BiConsumer<double[], double[]> matrix, double[] b, int steps) {
    int n = b.length;
    double[] x = new double[n];
    double[] r = b.clone();
    double[] p = b.clone();
    double[] ap = new double[n];
    double rr = dot(r, r);
    for (int step = 0; step < steps; step++) {
      matrix.accept(p, ap);
      double alpha = rr / dot(p, ap);
      for (int i = 0; i < n; i++) {
        x[i] += alpha * p[i];
        r[i] -= alpha * ap[i];
      }
      double next = dot(r, r);
      double beta = next / rr;
      rr = next;
      for (int i = 0; i < n; i++) {
        p[i] = r[i] + beta * p[i];
      }
    }
    return x;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
