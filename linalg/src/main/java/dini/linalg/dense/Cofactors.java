package dini.linalg.dense;

import dini.core.kernel.Kernels;

/**
 * The determinant, its gradient and the derivative of that, of a square matrix that may be
 * singular. With {@code A = U diag(s) V'}, they are products of all singular values, of all but one
 * and of all but two, so that nothing is divided by a singular value.
 */
public final class Cofactors {
  private final int n;
  private final SingularValues svd;
  private final double sign;

  private Cofactors(int n, SingularValues svd, double sign) {
    this.n = n;
    this.svd = svd;
    this.sign = sign;
  }

  /** The determinant of a finite matrix (n, n), by LU; 1 for n = 0. */
  public static double determinant(double[] a, int n) {
    LuFactorization lu = LuFactorization.of(a, n, n);
    // mantissa and exponent apart, since partial products may leave the range
    double mantissa = lu.sign();
    long exponent = 0;
    for (int i = 0; i < n && mantissa != 0; i++) {
      mantissa *= lu.pivot(i);
      int own = Math.getExponent(mantissa);
      if (own >= Double.MIN_EXPONENT) {
        mantissa = Math.scalb(mantissa, -own);
        exponent += own;
      }
    }
    return Math.scalb(mantissa, Math.clamp(exponent, -3000, 3000));
  }

  /** Prepares for a finite matrix (n, n); null if the iteration of its SVD did not end. */
  public static Cofactors of(double[] a, int n) {
    SingularValues svd = SingularValues.of(a, n, n);
    if (svd == null) {
      return null;
    }
    double sign = Math.signum(determinant(svd.u(), n) * determinant(svd.vt(), n));
    return new Cofactors(n, svd, sign);
  }

  /** The gradient of the determinant: the matrix of cofactors. */
  public double[] matrix() {
    double[] middle = new double[n * n];
    for (int i = 0; i < n; i++) {
      double product = sign;
      for (int k = 0; k < n; k++) {
        product *= k == i ? 1 : svd.s()[k];
      }
      middle[i * n + i] = product;
    }
    return product(product(svd.u(), middle, false, false), svd.vt(), false, false);
  }

  /** The derivative of {@link #matrix} along a direction D. */
  public double[] derivative(double[] d) {
    double[] b = product(product(svd.u(), d, true, false), svd.vt(), false, true);
    double[] middle = new double[n * n];
    for (int i = 0; i < n; i++) {
      double before = sign;
      for (int k = 0; k < i; k++) {
        before *= svd.s()[k];
      }
      for (int j = i + 1; j < n; j++) {
        double product = before;
        for (int k = j + 1; k < n; k++) {
          product *= svd.s()[k];
        }
        middle[i * n + i] += product * b[j * n + j];
        middle[j * n + j] += product * b[i * n + i];
        middle[i * n + j] -= product * b[j * n + i];
        middle[j * n + i] -= product * b[i * n + j];
        before *= svd.s()[j];
      }
    }
    return product(product(svd.u(), middle, false, false), svd.vt(), false, false);
  }

  private double[] product(double[] x, double[] y, boolean tx, boolean ty) {
    double[] out = new double[n * n];
    Kernels.chosen().gemm(tx, ty, n, n, n, x, 0, y, 0, out, 0);
    return out;
  }
}
