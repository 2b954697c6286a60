package dini.linalg;

import dini.core.Index;
import dini.core.Products;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.trace.Bind;
import dini.linalg.primitive.Cholesky;
import dini.linalg.primitive.DenseSolve;
import dini.linalg.primitive.Determinant;
import dini.linalg.primitive.EighDecomposition;
import dini.linalg.primitive.Failure;
import dini.linalg.primitive.LogAbsDet;
import dini.linalg.primitive.LuDecomposition;
import dini.linalg.primitive.QrDecomposition;
import dini.linalg.primitive.SvdDecomposition;
import dini.linalg.primitive.TriangularSolve;
import dini.linalg.primitive.TridiagonalSolve;
import java.util.Arrays;

/**
 * Decompositions of matrices and what follows from them, each with derivatives of every order.
 *
 * <pre>{@code
 * Tensor x = solve(a, b);
 * Tensor logLikelihood = logdet(covariance).add(vdot(r, choleskySolve(cholesky(covariance), r)));
 * }</pre>
 *
 * <p>Leading axes are stacks of matrices. FLOAT64 or FLOAT32; the latter is computed in double
 * precision and rounded. A matrix with a NaN or an infinity gives NaN. A matrix that does not allow
 * the operation throws, also in a stack; under vmap its lane is NaN instead and the others are what
 * they are alone. A recorded program does what the function does that it was recorded from: it
 * throws, or has NaN lanes where that was mapped. Matrices of extent 0 work. Every decomposition
 * costs a small multiple of n^3. Functions of matrices that are no decompositions are in {@link
 * MatrixFunctions}.
 *
 * <p>Errors: {@link dini.core.ShapeException} for what is not a (square) matrix, {@link
 * dini.core.DTypeException} for integers.
 */
public final class LinearAlgebra {
  private LinearAlgebra() {}

  /**
   * The factors of {@code A = P L U}.
   *
   * @param p the permutation matrices (…, m, m)
   * @param l lower triangular with a unit diagonal (…, m, k)
   * @param u upper triangular (…, k, n)
   */
  public record Lu(Tensor p, Tensor l, Tensor u) {}

  /**
   * The factors of {@code A = Q R}.
   *
   * @param q orthonormal columns (…, m, k)
   * @param r upper triangular (…, k, n)
   */
  public record Qr(Tensor q, Tensor r) {}

  /**
   * Eigenvalues and eigenvectors: {@code A V = V diag(w)}.
   *
   * @param values w (…, n), ascending
   * @param vectors V (…, n, n), the vectors as columns
   */
  public record Eigh(Tensor values, Tensor vectors) {}

  /**
   * The factors of {@code A = U diag(s) V'}.
   *
   * @param u left vectors as columns (…, m, k)
   * @param s singular values (…, k), descending
   * @param vt right vectors as rows (…, k, n)
   */
  public record Svd(Tensor u, Tensor s, Tensor vt) {}

  /**
   * A determinant that cannot overflow: {@code sign exp(logabs)}.
   *
   * @param sign 1, -1, or 0 for a singular matrix
   * @param logabs the logarithm of the magnitude, -infinity for a singular matrix
   */
  public record SignLogDet(Tensor sign, Tensor logabs) {}

  /**
   * The lower triangular L with {@code L L' = (A + A')/2}.
   *
   * @param a matrices (…, n, n)
   * @return L, with zeros above the diagonal
   * @throws NotPositiveDefiniteException if a matrix is not positive definite
   */
  public static Tensor cholesky(Tensor a) {
    return Bind.bind(new Cholesky(Failure.THROW), a);
  }

  /**
   * {@code A = P L U} with partial pivoting; k is the smaller extent. Every matrix has such
   * factors: a singular one has a zero, up to rounding, on the diagonal of U. The factors of a
   * float matrix are those of its double form, rounded.
   *
   * <p>Backward stable: {@code P L U} is A up to a small multiple of {@code n u max|U|}, with u
   * half an ulp of 1. Costs {@code 2/3 n^3} operations. P is piecewise constant and has no
   * derivative. That of L and U is, with {@code M = L^-1 P' dA U^-1}: {@code dL = L low(M)},
   * strictly lower, and {@code dU = up(M) U}. It throws where the first k pivots include a zero.
   *
   * <p>Source: Golub and Van Loan, Matrix Computations (4th edition), section 3.4.
   *
   * <pre>{@code
   * Lu f = lu(tensor(new double[][] {{4, 3}, {6, 3}}));   // u = [[6. 3.] [0. 1.]]
   * }</pre>
   *
   * @param a matrices (…, m, n)
   * @return the factors; their derivative throws {@link SingularMatrixException} for a singular A
   */
  public static Lu lu(Tensor a) {
    Tensor[] factors = Bind.bindAll(new LuDecomposition(Failure.THROW), new Tensor[] {a});
    return new Lu(factors[0], factors[1], factors[2]);
  }

  /**
   * {@code A = Q R}, reduced: k is the smaller extent. The diagonal of R is not negative, which
   * makes the factors unique if the first k columns are independent. If they are not, R has a zero,
   * up to rounding, on its diagonal, and Q is still orthonormal.
   *
   * <p>By Householder reflections, backward stable, about {@code 4 m n^2} operations for {@code m
   * >= n}. Derivative, with {@code C = dA R^-1}, {@code M = Q'C} and the skew {@code W = low(M) -
   * low(M)'}: {@code dQ = C - Q (M - W)}, {@code dR = (M - W) R}. Where the columns are dependent
   * there is none: it throws at a zero of the diagonal of R, and is as large as the inverse of what
   * rounding left there otherwise.
   *
   * <p>Sources: Golub and Van Loan, Matrix Computations (4th edition), section 5.2; the derivative
   * follows from differentiating {@code A = Q R} and {@code Q'Q = I}, in the way of Giles,
   * Collected Matrix Derivative Results for Forward and Reverse Mode Algorithmic Differentiation
   * (2008).
   *
   * <pre>{@code
   * Qr f = qr(tensor(new double[][] {{3, 0}, {4, 5}}));   // r = [[5. 4.] [0. 3.]]
   * }</pre>
   *
   * @param a matrices (…, m, n)
   * @return the factors; their derivative throws {@link SingularMatrixException} at a zero on the
   *     diagonal of R
   */
  public static Qr qr(Tensor a) {
    if (a.rank() < 2 || a.shape().extent(-2) >= a.shape().extent(-1)) {
      return tall(a);
    }
    int m = a.shape().extent(-2);
    Index[] left = new Index[a.rank()];
    Arrays.fill(left, Index.all());
    Index[] right = left.clone();
    left[a.rank() - 1] = Index.range(0, m);
    right[a.rank() - 1] = Index.range(m, a.shape().extent(-1));
    Qr square = tall(Shapes.slice(a, left));
    Tensor rest = Products.matmul(square.q(), Shapes.slice(a, right), true, false);
    return new Qr(square.q(), Shapes.concatenate(-1, square.r(), rest));
  }

  private static Qr tall(Tensor a) {
    Tensor[] factors = Bind.bindAll(new QrDecomposition(Failure.THROW), new Tensor[] {a});
    return new Qr(factors[0], factors[1]);
  }

  /**
   * Eigenvalues and eigenvectors, {@code (A + A')/2 = V diag(w) V'}; the first component of each
   * vector that is not zero is positive. Any symmetric matrix has them, singular or not.
   *
   * <p>Values are within a small multiple of {@code n u max|w|}, with u half an ulp of 1; small
   * ones of a large matrix have no more digits than that leaves. Costs about {@code 9 n^3}
   * operations. Derivative, with {@code M = V' dA V}: {@code dw = diag(M)} and {@code dV = V (F *
   * M)}, {@code F[i, j] = 1 / (w[j] - w[i])}. At equal eigenvalues F is taken as 0. There the first
   * derivative is right of any smooth function of the values that treats them alike, as of a sum;
   * its second derivative lacks the terms between equal eigenvalues, of which a warning tells once
   * for each place, if values are known then; and the vectors, whose derivative does not exist, do
   * not give the first one of {@code V f(w) V'}. {@link MatrixFunctions#expm}, {@link
   * MatrixFunctions#matrixPower}, {@link #det}, {@link #inv} and traces of products have all their
   * derivatives at equal eigenvalues: where they can, prefer them.
   *
   * <p>Sources: Golub and Van Loan, Matrix Computations (4th edition), section 8.3; Giles,
   * Collected Matrix Derivative Results for Forward and Reverse Mode Algorithmic Differentiation
   * (2008), section 3.1.
   *
   * <pre>{@code
   * Eigh e = eigh(tensor(new double[][] {{2, 1}, {1, 2}}));   // values = [1. 3.]
   * }</pre>
   *
   * @param a matrices (…, n, n)
   * @return values in ascending order, and vectors
   */
  public static Eigh eigh(Tensor a) {
    Tensor[] results = Bind.bindAll(EighDecomposition.EIGH, new Tensor[] {a});
    return new Eigh(results[0], results[1]);
  }

  /**
   * {@code A = U diag(s) V'}, thin: k is the smaller extent. The first component of each column of
   * U that is not zero is positive. Of a matrix of lower rank, the last values are zero up to
   * rounding, and their vectors are some orthonormal ones.
   *
   * <p>Values are within a small multiple of {@code n u max(s)}, with u half an ulp of 1. Costs a
   * few tens of {@code n^3}. Derivative: {@code ds = diag(U' dA V)}; that of U and V has quotients
   * by differences and sums of singular values, taken as 0 where those vanish up to rounding. So at
   * equal singular values, and at zero, the first derivative is right of functions of the values
   * that are smooth there, and of their sum the second too if none is zero; the vectors have none
   * there. {@link MatrixFunctions#pinv} and {@link MatrixFunctions#lstsq} have all their
   * derivatives at equal singular values.
   *
   * <p>Sources: Golub and Van Loan, Matrix Computations (4th edition), section 8.6; Giles,
   * Collected Matrix Derivative Results for Forward and Reverse Mode Algorithmic Differentiation
   * (2008), section 3.2.
   *
   * <pre>{@code
   * Svd f = svd(tensor(new double[][] {{3, 0}, {0, -2}}));   // s = [3. 2.]
   * }</pre>
   *
   * @param a matrices (…, m, n)
   * @return the factors
   */
  public static Svd svd(Tensor a) {
    Tensor[] factors = Bind.bindAll(SvdDecomposition.SVD, new Tensor[] {a});
    return new Svd(factors[0], factors[1], factors[2]);
  }

  /**
   * {@code A^-1 B} by LU, factored once for all right-hand sides of one matrix.
   *
   * @param a matrices (…, n, n)
   * @param b one vector (n), used for every matrix, or matrices (…, n, k); leading axes broadcast
   * @return the solution, of the shape of b with the leading axes of both
   * @throws SingularMatrixException if a matrix is singular to working precision
   */
  public static Tensor solve(Tensor a, Tensor b) {
    return DenseSolve.solve(a, b);
  }

  /**
   * {@code (L L')^-1 B} for the lower factor that {@link #cholesky} gives; SciPy's {@code
   * cho_solve}.
   *
   * @param l lower triangular matrices (…, n, n); what is above the diagonal is not read
   * @param b one vector (n), used for every matrix, or matrices (…, n, k); leading axes broadcast
   * @return the solution
   * @throws SingularMatrixException if there is a zero on the diagonal
   */
  public static Tensor choleskySolve(Tensor l, Tensor b) {
    Tensor forward = TriangularSolve.solve("choleskySolve", l, b, true, false, false);
    if (b.rank() == 1 && l.rank() > 2) {
      // a stack of vectors by now, not a matrix
      Tensor columns = Shapes.expandDims(forward, -1);
      return Shapes.squeeze(
          TriangularSolve.solve("choleskySolve", l, columns, true, true, false), -1);
    }
    return TriangularSolve.solve("choleskySolve", l, forward, true, true, false);
  }

  /**
   * {@code A^-1 B} for the factors that {@link #lu} gives of square matrices.
   *
   * @param lu the factors (…, n, n)
   * @param b one vector (n), used for every matrix, or matrices (…, n, k); leading axes broadcast
   * @return the solution
   * @throws SingularMatrixException if there is a zero on the diagonal of U; {@link #solve} also
   *     refuses what is zero up to rounding
   */
  public static Tensor luSolve(Lu lu, Tensor b) {
    Tensor columns = b.rank() == 1 ? Shapes.expandDims(b, 1) : b;
    DenseSolve.check("luSolve", lu.p(), b);
    Tensor permuted = Products.matmul(lu.p(), columns, true, false);
    Tensor forward = TriangularSolve.solve("luSolve", lu.l(), permuted, true, false, true);
    Tensor x = TriangularSolve.solve("luSolve", lu.u(), forward, false, false, false);
    return b.rank() == 1 ? Shapes.squeeze(x, -1) : x;
  }

  /**
   * {@code T^-1 B} for matrices with three diagonals, in O(n): {@code T[i, i-1] = lower[i]}, {@code
   * T[i, i] = diagonal[i]}, {@code T[i, i+1] = upper[i]}. All three have n elements; the first of
   * lower and the last of upper are not read.
   *
   * <p>By LU with partial pivoting, so T need not be dominated by its diagonal; backward stable.
   * The derivative is that of the solution of any system, and costs O(n) too: {@code dX = T^-1 (dB
   * - dT X)}.
   *
   * <p>Source: Golub and Van Loan, Matrix Computations (4th edition), section 4.3.
   *
   * <pre>{@code
   * Tensor x = tridiagonalSolve(tensor(0, 1, 1), tensor(4, 4, 4), tensor(1, 1, 0), tensor(5, 6, 5));
   * // [1. 1. 1.]
   * }</pre>
   *
   * @param lower the elements below the diagonal (…, n)
   * @param diagonal the diagonal (…, n)
   * @param upper the elements above the diagonal (…, n); the three broadcast
   * @param b one vector (n), used for every matrix, or matrices (…, n, k); leading axes broadcast
   * @return the solution, of the shape of b with the leading axes of all
   * @throws SingularMatrixException if a matrix is singular to working precision
   */
  public static Tensor tridiagonalSolve(Tensor lower, Tensor diagonal, Tensor upper, Tensor b) {
    return TridiagonalSolve.solve(lower, diagonal, upper, b);
  }

  /**
   * {@code op(T)^-1 B}, with T a triangle of A. The other triangle is not read, nor is the diagonal
   * if it is declared to be ones.
   *
   * @param a matrices (…, n, n)
   * @param b one vector (n), used for every matrix, or matrices (…, n, k); leading axes broadcast
   * @param lower whether T is the lower triangle of A as it is stored
   * @param transpose whether op is the transpose
   * @param unitDiagonal whether the diagonal counts as ones
   * @return the solution
   * @throws SingularMatrixException if there is a zero on a diagonal that is read
   */
  public static Tensor triangularSolve(
      Tensor a, Tensor b, boolean lower, boolean transpose, boolean unitDiagonal) {
    return TriangularSolve.solve("triangularSolve", a, b, lower, transpose, unitDiagonal);
  }

  /**
   * {@code A^-1}. To apply it, {@link #solve} is cheaper and more accurate.
   *
   * @param a matrices (…, n, n)
   * @return the inverses
   * @throws SingularMatrixException if a matrix is singular to working precision
   */
  public static Tensor inv(Tensor a) {
    return DenseSolve.inverse("inv", a);
  }

  /**
   * The determinant: 1 for a matrix of extent 0, 0 for a singular one. It is a polynomial of the
   * elements, and its derivatives of every order are right at singular matrices too; that of order
   * k costs about {@code n^k} operations, or {@code n^3} if that is more.
   *
   * @param a matrices (…, n, n)
   * @return a number for each (…)
   */
  public static Tensor det(Tensor a) {
    return Bind.bind(Determinant.DETERMINANT, a);
  }

  /**
   * The sign and the logarithm of the magnitude of the determinant.
   *
   * @param a matrices (…, n, n)
   * @return both, (0, -infinity) for a singular matrix
   */
  public static SignLogDet slogdet(Tensor a) {
    Tensor[] results = logs("slogdet", a);
    return new SignLogDet(results[0], results[1]);
  }

  /**
   * {@code log|det A|}: the logarithm of the determinant where that is positive, as for
   * covariances. Its derivative throws {@link SingularMatrixException} for a singular matrix.
   *
   * @param a matrices (…, n, n)
   * @return a number for each (…), -infinity for a singular matrix
   */
  public static Tensor logdet(Tensor a) {
    return logs("logdet", a)[1];
  }

  private static Tensor[] logs(String operation, Tensor a) {
    return Bind.bindAll(new LogAbsDet(Failure.THROW, operation), new Tensor[] {a});
  }
}
