package dini.linalg.dense;

import dini.core.kernel.Kernels;

/**
 * Derivatives of {@code f(A) = V diag(f(w)) V'} at a symmetric A. With {@code M = V' E V} the one
 * along E1, …, Ek is {@code V R V'},
 *
 * <pre>{@code
 * R[i0, ik] = sum over i1, …, i(k-1) of f[w[i0], …, w[ik]] P[i0, …, ik]
 * P[i0, …, ik] = sum over all orders of the directions of M1[i0, i1] … Mk[i(k-1), ik]
 * }</pre>
 *
 * with {@linkplain DividedDifferences divided differences} of f. Where eigenvalues coincide the
 * sums do not depend on the choice of eigenvectors.
 *
 * <p>Source: Daleckii and Krein, Integration and Differentiation of Functions of Hermitian
 * Operators (1965); Higham, Functions of Matrices (2008), theorem 3.11 for k = 1.
 */
public final class SpectralDerivative {
  private final int n;
  private final double[] differences;
  private final double[][] directions;
  private final double[] sums;

  private SpectralDerivative(int n, double[] differences, double[][] directions) {
    this.n = n;
    this.differences = differences;
    this.directions = directions;
    this.sums = new double[n * n];
  }

  /**
   * The derivative along some directions, for none f(A).
   *
   * @param eigen of A, of which f gets the values as they are
   * @param directions symmetric matrices (n, n)
   * @param f the function
   * @param epsilon the distance from 1 to the next number that f computes with
   */
  public static double[] of(
      SymmetricEigen eigen,
      double[][] directions,
      DividedDifferences.Derivatives f,
      double epsilon) {
    int n = eigen.values().length;
    double[] v = eigen.vectors();
    double[] differences = DividedDifferences.of(directions.length, eigen.values(), f, epsilon);
    double[][] turned = new double[directions.length][];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = product(n, true, v, false, product(n, false, directions[i], false, v));
    }
    SpectralDerivative derivative = new SpectralDerivative(n, differences, turned);
    for (int i = 0; i < n; i++) {
      derivative.add(i, i, i, 1, (1 << turned.length) - 1);
    }
    double[] left = product(n, false, v, false, derivative.sums);
    return product(n, false, left, true, v);
  }

  /**
   * Adds all terms that begin with some factors.
   *
   * @param row the first index
   * @param last the last one so far
   * @param code all so far, as digits in base n
   * @param factor the product of what these stand for
   * @param unused the bits of the directions that are to come
   */
  private void add(int row, int last, int code, double factor, int unused) {
    if (unused == 0) {
      sums[row * n + last] += differences[code] * factor;
      return;
    }
    for (int rest = unused; rest != 0; rest &= rest - 1) {
      double[] direction = directions[Integer.numberOfTrailingZeros(rest)];
      int others = unused & ~Integer.lowestOneBit(rest);
      for (int i = 0; i < n; i++) {
        add(row, i, code * n + i, factor * direction[last * n + i], others);
      }
    }
  }

  private static double[] product(int n, boolean tx, double[] x, boolean ty, double[] y) {
    double[] out = new double[n * n];
    Kernels.chosen().gemm(tx, ty, n, n, n, x, 0, y, 0, out, 0);
    return out;
  }
}
