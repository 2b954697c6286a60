package dini.functional;

import dini.core.kernel.Kernels;

/** Arithmetic on vectors of doubles. */
final class Vector {
  private Vector() {}

  /** The Euclidean norm; NaN if an element is. */
  static double norm(double[] x) {
    return Kernels.chosen().nrm2(x, 0, x.length);
  }

  static double[] minus(double[] x, double[] y) {
    double[] difference = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      difference[i] = x[i] - y[i];
    }
    return difference;
  }

  static double[] plus(double[] x, double[] y) {
    double[] sum = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      sum[i] = x[i] + y[i];
    }
    return sum;
  }

  static double[] times(double[] x, double[] y) {
    double[] product = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      product[i] = x[i] * y[i];
    }
    return product;
  }
}
