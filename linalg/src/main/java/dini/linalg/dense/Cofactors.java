package dini.linalg.dense;

import dini.core.kernel.Kernels;

/**
 * The determinant and the derivatives of its gradient, of a square matrix that may be singular.
 * With {@code A = U diag(s) V'}, those of order k are sums over all sets of k + 1 rows of the
 * product of the other singular values, so that nothing is divided by a singular value.
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

  /** The determinant of a matrix (n, n), by LU; 1 for n = 0, NaN if an element is not finite. */
  public static double determinant(double[] a, int n) {
    LuFactorization lu = LuFactorization.of(a, n, n);
    if (lu == null) {
      return Double.NaN;
    }
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

  /**
   * The derivative of the matrix of cofactors, the gradient of the determinant, along each of some
   * directions in turn: for none, the cofactors. With m directions it takes about {@code n^(m+1)
   * m!} operations.
   */
  public double[] derivative(double[]... directions) {
    double[][] rotated = new double[directions.length][];
    for (int k = 0; k < rotated.length; k++) {
      rotated[k] = product(product(svd.u(), directions[k], true, false), svd.vt(), false, true);
    }
    double[] middle = new double[n * n];
    if (directions.length < n) {
      new Expansion(n, svd.s(), rotated, middle).choose(0, 0, sign);
    }
    return product(product(svd.u(), middle, false, false), svd.vt(), false, false);
  }

  /**
   * The derivative of the cofactors of diag(s): at (r, c) the sum, over sets of rows with r and c,
   * of the product of the singular values outside the set times the signed sum of the minors
   * without row r and column c, each of whose columns is taken from another direction.
   */
  private static final class Expansion {
    private final int n;
    private final double[] s;
    private final double[][] directions;
    private final double[] out;
    private final int[] chosen;

    Expansion(int n, double[] s, double[][] directions, double[] out) {
      this.n = n;
      this.s = s;
      this.directions = directions;
      this.out = out;
      this.chosen = new int[directions.length + 1];
    }

    /** Chooses the rest of a set of rows from one on; the product has what was passed over. */
    void choose(int count, int from, double product) {
      if (count == chosen.length) {
        double rest = product;
        for (int k = from; k < n; k++) {
          rest *= s[k];
        }
        addMinors(rest);
        return;
      }
      double passed = product;
      for (int row = from; row <= n - (chosen.length - count); row++) {
        chosen[count] = row;
        choose(count + 1, row + 1, passed);
        passed *= s[row];
      }
    }

    private void addMinors(double product) {
      int size = chosen.length;
      int all = (1 << size) - 1;
      for (int r = 0; r < size; r++) {
        for (int c = 0; c < size; c++) {
          double minor = mixed(0, c, all & ~(1 << r), (1 << directions.length) - 1);
          out[chosen[r] * n + chosen[c]] += ((r + c) % 2 == 0 ? product : -product) * minor;
        }
      }
    }

    /**
     * The sum over all ways to give the columns from one on, except the skipped one, the directions
     * that are left, of the determinants over the rows that are left; both are sets of bits.
     */
    private double mixed(int column, int skipped, int rows, int left) {
      if (rows == 0) {
        return 1;
      }
      if (column == skipped) {
        return mixed(column + 1, skipped, rows, left);
      }
      double sum = 0;
      double sign = 1;
      for (int row = 0; row < chosen.length; row++) {
        if ((rows & 1 << row) == 0) {
          continue;
        }
        double elements = 0;
        for (int k = 0; k < directions.length; k++) {
          if ((left & 1 << k) != 0) {
            double element = directions[k][chosen[row] * n + chosen[column]];
            elements += element * mixed(column + 1, skipped, rows & ~(1 << row), left & ~(1 << k));
          }
        }
        sum += sign * elements;
        sign = -sign;
      }
      return sum;
    }
  }

  private double[] product(double[] x, double[] y, boolean tx, boolean ty) {
    double[] out = new double[n * n];
    Kernels.chosen().gemm(tx, ty, n, n, n, x, 0, y, 0, out, 0);
    return out;
  }
}
