package dini.linalg;

import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.square;
import static dini.core.Products.matmul;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.primitive.MatMul;
import dini.core.trace.Bind;
import dini.linalg.primitive.DenseSolve;
import dini.linalg.primitive.ExponentialDerivative;
import dini.linalg.primitive.PseudoInverse;
import dini.linalg.primitive.SymmetricFunction;
import java.util.function.UnaryOperator;

/**
 * Functions of whole matrices: exponential, powers, functions of symmetric matrices,
 * pseudo-inverse, least squares, norms; each with derivatives of every order.
 *
 * <pre>{@code
 * Tensor flow = matvec(expm(a.mul(time)), start);   // x' = A x
 * Tensor fit = lstsq(design, observed).x();
 * }</pre>
 *
 * <p>Leading axes are stacks of matrices. FLOAT64 or FLOAT32; the latter is computed in double
 * precision and rounded. A matrix with a NaN or an infinity gives NaN.
 *
 * <p>Errors: {@link dini.core.ShapeException} for what is not a (square) matrix, {@link
 * dini.core.DTypeException} for integers.
 */
public final class MatrixFunctions {
  /**
   * How many roundings of its largest singular value, times its larger extent, a matrix may be off
   * and still count as one of lower rank: products and sums that should vanish are seldom worse.
   */
  private static final double ROUNDINGS = 10;

  private MatrixFunctions() {}

  /**
   * A solution of least squares.
   *
   * @param x the solution (…, n), or (…, n, k)
   * @param residuals the sums of squares of {@code b - A x}, (…) or (…, k)
   * @param rank the rank of each matrix, INT64
   */
  public record LeastSquares(Tensor x, Tensor residuals, Tensor rank) {}

  /**
   * {@code exp(A) = I + A + A^2/2 + …}: the solution of {@code X' = A X} at time 1 from {@code X =
   * I}.
   *
   * <p>Scaling and squaring with a Padé approximant whose backward error is below 2^-53: the result
   * is the exponential of a matrix within a rounding of A, up to the rounding errors of the
   * products, which grow with the number of squarings, the logarithm of the norm. Costs 6 products,
   * one solution and a product for each squaring. A result beyond the range is infinite, and NaN
   * where infinities cancel.
   *
   * <p>The derivative along E is {@code integral of exp(sA) E exp((1-s)A)}, s from 0 to 1; it is
   * computed by the same algorithm on A + eE, for about three times the work, the second one for
   * nine times.
   *
   * <p>Sources: Higham, The Scaling and Squaring Method for the Matrix Exponential Revisited
   * (2005); Al-Mohy and Higham, A New Scaling and Squaring Algorithm for the Matrix Exponential and
   * Computing the Fréchet Derivative of the Matrix Exponential (both 2009).
   *
   * <pre>{@code
   * Tensor turn = expm(tensor(new double[][] {{0, -1}, {1, 0}}));   // rotation by 1 radian
   * }</pre>
   *
   * @param a matrices (…, n, n)
   * @return the exponentials
   */
  public static Tensor expm(Tensor a) {
    return Bind.bind(new ExponentialDerivative(0), a);
  }

  /**
   * {@code A^k} by repeated squaring, at most {@code 2 log2 |k|} products; the identity for k = 0,
   * whatever A holds; for a negative k the power of the inverse.
   *
   * <pre>{@code
   * Tensor fibonacci = matrixPower(tensor(new double[][] {{1, 1}, {1, 0}}), 10);   // 55 at (0, 1)
   * }</pre>
   *
   * @param a matrices (…, n, n)
   * @param k the exponent
   * @return the powers
   * @throws SingularMatrixException if k is negative and a matrix is singular to working precision
   */
  public static Tensor matrixPower(Tensor a, int k) {
    if (a.rank() < 2 || a.shape().extent(-1) != a.shape().extent(-2)) {
      throw new ShapeException("matrixPower: expected square matrices, got " + a.type());
    }
    if (!a.dtype().isFloating()) {
      throw new DTypeException("matrixPower: needs a floating dtype, got " + a.type());
    }
    if (k == 0) {
      Tensor identity = Tensors.eye(a.shape().extent(-1), a.dtype());
      return Shapes.broadcastTo(identity, a.shape());
    }
    Tensor square = k < 0 ? DenseSolve.inverse("matrixPower", a) : a;
    Tensor power = null;
    // as a long: the magnitude of the least integer is none
    for (long rest = Math.abs((long) k); rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        power = power == null ? square : matmul(power, square);
      }
      if (rest > 1) {
        square = matmul(square, square);
      }
    }
    return power;
  }

  /**
   * A function of symmetric matrices: {@code f(A) = V diag(f(w)) V'} for {@code (A + A')/2 = V
   * diag(w) V'}. Square roots, logarithms, powers, filters of graphs; {@code trace(funm(a, f))} is
   * the sum of f over the spectrum.
   *
   * <p>Derivatives of every order are right wherever f is smooth at the eigenvalues, also where
   * some of these coincide, which those through {@link LinearAlgebra#eigh} are not from the second
   * order on. The one along E is {@code V (F * V'EV) V'} with the divided differences {@code F[i,
   * j] = (f(w[i]) - f(w[j])) / (w[i] - w[j])}, and {@code f'(w[i])} where both are one; that of
   * order k has those of order k + 1 eigenvalues. Gradients are symmetric.
   *
   * <p>Shapes: (…, n, n) to the same; f is recorded for a number, and computes in the dtype of A.
   * It must be elementwise and defined between the least and the greatest eigenvalue; below 0 (for
   * {@code sqrt}, {@code log}) the result is NaN, and where a slope is infinite, as of the square
   * root at an eigenvalue 0, so are derivatives. An eigenvalue that should be 0 may be a rounding
   * below it. The error is that of a change of A by some roundings of its largest eigenvalue, and
   * of rounding in f and in divided differences. The latter are within 8, 64 and 512 roundings at
   * orders 1, 2 and 3 for functions like exp, sqrt and 1/w, whatever the distances between
   * eigenvalues.
   *
   * <p>What f captures may be differentiated, mapped over and staged like an argument; its gradient
   * costs one derivative for each captured element. A derivative of order k in A costs {@code k!
   * n^(k+1)} and up to {@code 14 n^2 / 2} slopes of f for k = 1, {@code 100 n^3 / 6} second
   * derivatives for k = 2, besides the eigenvalues.
   *
   * <p>Sources: Daleckii and Krein, Integration and Differentiation of Functions of Hermitian
   * Operators (1965); Higham, Functions of Matrices (2008), theorem 3.11 and appendix B.16.
   *
   * <pre>{@code
   * Tensor a = tensor(new double[][] {{2, 1}, {1, 2}});   // eigenvalues 1 and 3
   * Tensor root = funm(a, Elementwise::sqrt);   // X X = A
   * Tensor logarithm = funm(a, Elementwise::log);   // its trace is log det A
   * Tensor power = funm(a, w -> w.pow(1.5));
   * }</pre>
   *
   * @param a matrices (…, n, n), of which the symmetric part is taken
   * @param f an elementwise function
   * @return f of each
   * @throws ShapeException if a is not of square matrices, or f does not keep shape and dtype
   * @throws DTypeException if a is not floating
   * @throws IllegalArgumentException if f is not elementwise, as far as that is seen
   */
  public static Tensor funm(Tensor a, UnaryOperator<Tensor> f) {
    return SymmetricFunction.of(a, f);
  }

  /**
   * The pseudo-inverse of Moore and Penrose, with singular values up to {@code 10 max(m, n) eps}
   * times the largest one taken as 0; eps is 2^-52, or 2^-23 in FLOAT32.
   *
   * @param a matrices (…, m, n)
   * @return the pseudo-inverses (…, n, m)
   * @see #pinv(Tensor, double)
   */
  public static Tensor pinv(Tensor a) {
    return pinv(a, usualRtol(a));
  }

  /**
   * The pseudo-inverse of Moore and Penrose: the inverse where there is one; {@code P b} is the
   * solution of least norm among those of least squares.
   *
   * <p>By SVD, within a small multiple of {@code max(m, n) u cond(A)} of the largest element, with
   * u half an ulp of 1 and cond(A) of the singular values that count. The pseudo-inverse jumps
   * where the rank changes; its derivative is the one along directions that keep the rank: {@code
   * dP = -P dA P + P P' dA' (I - A P) + (I - P A) dA' P' P}. Repeated singular values do not matter
   * to it.
   *
   * <p>Source: Golub and Pereyra, The Differentiation of Pseudo-Inverses and Nonlinear Least
   * Squares Problems Whose Variables Separate (1973), theorem 4.3.
   *
   * <pre>{@code
   * Tensor p = pinv(tensor(new double[][] {{1, 2}, {2, 4}}));   // [[0.04 0.08] [0.08 0.16]]
   * }</pre>
   *
   * @param a matrices (…, m, n)
   * @param rtol singular values up to this multiple of the largest one count as 0
   * @return the pseudo-inverses (…, n, m)
   * @throws IllegalArgumentException if rtol is not a number from 0 to below 1
   */
  public static Tensor pinv(Tensor a, double rtol) {
    return inverse("pinv", a, rtol)[0];
  }

  private static Tensor[] inverse(String operation, Tensor a, double rtol) {
    if (!(rtol >= 0 && rtol < 1)) {
      throw new IllegalArgumentException(
          operation + ": rtol " + rtol + " is not a number from 0 to below 1");
    }
    return PseudoInverse.of(operation, a, rtol);
  }

  private static double usualRtol(Tensor a) {
    double epsilon = a.dtype() == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
    return a.rank() < 2
        ? 0 // is refused
        : ROUNDINGS * Math.max(a.shape().extent(-1), a.shape().extent(-2)) * epsilon;
  }

  /**
   * Least squares with the cut-off of {@link #pinv(Tensor)}.
   *
   * @param a matrices (…, m, n)
   * @param b one vector (m), used for every matrix, or matrices (…, m, k); leading axes broadcast
   * @return the solution with its residuals and the rank
   * @see #lstsq(Tensor, Tensor, double)
   */
  public static LeastSquares lstsq(Tensor a, Tensor b) {
    return lstsq(a, b, usualRtol(a));
  }

  /**
   * The x that makes {@code ||b - A x||} least, and of several such the one of least norm: {@code
   * pinv(A) b}, with one step of refinement, which makes it about as accurate as the condition of
   * the problem allows.
   *
   * <p>The derivative is that of {@link #pinv(Tensor, double)}: right for every matrix along
   * directions that keep its rank, repeated singular values (as of the identity) included.
   *
   * <pre>{@code
   * Tensor line = tensor(new double[][] {{1, 0}, {1, 1}, {1, 2}});
   * Tensor fit = lstsq(line, tensor(1, 3, 5)).x();   // [1. 2.]
   * }</pre>
   *
   * @param a matrices (…, m, n)
   * @param b one vector (m), used for every matrix, or matrices (…, m, k); leading axes broadcast
   * @param rtol singular values up to this multiple of the largest one count as 0
   * @return the solution with its residuals, also where the rank is not full, and the rank
   * @throws ShapeException if b does not fit
   * @throws DTypeException if the dtypes differ or are not floating
   * @throws IllegalArgumentException if rtol is not a number from 0 to below 1
   */
  public static LeastSquares lstsq(Tensor a, Tensor b, double rtol) {
    if (b.rank() == 0 || a.rank() < 2) {
      throw new ShapeException(
          "lstsq: expected matrices and right-hand sides, got " + a.type() + " and " + b.type());
    }
    int rows = b.shape().extent(b.rank() == 1 ? 0 : -2);
    if (rows != a.shape().extent(-2)) {
      throw new ShapeException(
          "lstsq: matrix "
              + a.shape()
              + " and right-hand side "
              + b.shape()
              + ": extents "
              + a.shape().extent(-2)
              + " and "
              + rows
              + " differ");
    }
    Tensor columns = b.rank() == 1 ? Shapes.expandDims(b, 1) : b;
    MatMul.check("lstsq", a, columns, true);
    Tensor[] inverse = inverse("lstsq", a, rtol);
    Tensor first = matmul(inverse[0], columns);
    // zero but for rounding, with all its derivatives along directions that keep the rank
    Tensor correction = matmul(inverse[0], columns.sub(matmul(a, first)));
    Tensor x = first.add(Elementwise.stopGradient(correction));
    Tensor residuals = Reductions.sum(square(columns.sub(matmul(a, x))), -2);
    return b.rank() == 1
        ? new LeastSquares(Shapes.squeeze(x, -1), Shapes.squeeze(residuals, -1), inverse[1])
        : new LeastSquares(x, residuals, inverse[1]);
  }

  /**
   * A norm of matrices.
   *
   * <p>Where several subgradients exist the derivative is the one that {@link Reductions#max} and
   * {@link Reductions#norm} take: equal shares of tied rows, columns or singular values, and 0 for
   * the singular values that are 0 up to rounding. {@link MatrixNorm#NUCLEAR} is smooth where all
   * singular values are positive, repeated ones included; its derivatives are right there to second
   * order, and of every order where they are distinct. {@link MatrixNorm#NUCLEAR} and {@link
   * MatrixNorm#SPECTRAL} cost an SVD, the others a pass over the elements.
   *
   * <pre>{@code
   * Tensor size = matrixNorm(tensor(new double[][] {{3, 0}, {0, -4}}), MatrixNorm.SPECTRAL);   // 4
   * }</pre>
   *
   * @param a matrices (…, m, n)
   * @param norm which one
   * @return a number for each (…); 0 for a matrix without elements
   */
  public static Tensor matrixNorm(Tensor a, MatrixNorm norm) {
    if (a.rank() < 2) {
      throw new ShapeException("matrixNorm: expected matrices, got " + a.type());
    }
    if (!a.dtype().isFloating()) {
      throw new DTypeException("matrixNorm: needs a floating dtype, got " + a.type());
    }
    Shape shape = a.shape();
    if (shape.extent(-1) == 0 || shape.extent(-2) == 0) {
      return Reductions.sum(a, -2, -1);
    }
    return switch (norm) {
      case FROBENIUS -> Reductions.norm(a, -2, -1);
      case NUCLEAR -> Reductions.sum(smoothValues(a), -1);
      case SPECTRAL -> Reductions.max(smoothValues(a), -1);
      case ONE -> Reductions.max(Reductions.sum(abs(a), -2), -1);
      case INFINITY -> Reductions.max(Reductions.sum(abs(a), -1), -1);
    };
  }

  /** The singular values; those that are 0 up to rounding have no derivative there. */
  private static Tensor smoothValues(Tensor a) {
    Tensor s = LinearAlgebra.svd(a).s();
    Tensor largest = Elementwise.stopGradient(Reductions.max(s, new int[] {-1}, true));
    Tensor zero = Comparisons.le(s, largest.mul(usualRtol(a)));
    return Comparisons.where(zero, Elementwise.stopGradient(s), s);
  }
}
