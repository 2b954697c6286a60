package dini.core;

import dini.core.primitive.Binary;
import dini.core.primitive.Gram;
import dini.core.primitive.MatMul;
import dini.core.trace.Bind;

/** Products of vectors and matrices, of one floating dtype. */
public final class Products {
  private Products() {}

  /**
   * NumPy's {@code dot}: the sum over the last axis of x and the last but one of y, or the last of
   * a vector. Of two vectors it is their inner product, of matrices the matrix product; a scalar
   * multiplies. Stacks do not broadcast but give every pair; {@link #matmul} pairs them up.
   *
   * <pre>{@code
   * Tensor c = dot(tensor(1, 2, 3), tensor(4, 5, 6));   // 32
   * }</pre>
   *
   * @param x a scalar, a vector (n), or a tensor (…, n)
   * @param y a scalar, a vector (n), or a tensor (…, n, k)
   * @return the other axes of x, then those of y
   * @throws ShapeException if the extents differ
   * @throws DTypeException if the dtypes differ, or are not floating and neither is a scalar
   */
  public static Tensor dot(Tensor x, Tensor y) {
    if (x.rank() == 0 || y.rank() == 0) {
      Binary.MUL.check("dot", x.type(), y.type());
      return Elementwise.mul(x, y);
    }
    if (y.rank() > 2) {
      return Contractions.tensordot("dot", x, y, new int[] {-1}, new int[] {-2});
    }
    MatMul.check("dot", x, y);
    return matmul(x, y);
  }

  /**
   * The product of matrices and vectors, stack by stack: {@code y[…, i] = sum over j of A[…, i, j]
   * x[…, j]}. Unlike {@link #matmul}, the last axis of x is always a vector.
   *
   * @param a matrices (…, m, n)
   * @param x vectors (…, n); leading axes broadcast with those of a
   * @return vectors (…, m)
   * @throws ShapeException if the extents differ or leading axes do not broadcast
   * @throws DTypeException if the dtypes differ or are not floating
   */
  public static Tensor matvec(Tensor a, Tensor x) {
    Tensor column = x.rank() < 2 ? x : Shapes.expandDims(x, -1);
    MatMul.check("matvec", a, column);
    Tensor product = matmul(a, column);
    return x.rank() < 2 ? product : Shapes.squeeze(product, -1);
  }

  /**
   * The sum of the products of corresponding elements of two tensors of one shape.
   *
   * @param x a tensor
   * @param y a tensor of the same shape
   * @return a scalar
   * @throws ShapeException if the shapes differ
   */
  public static Tensor vdot(Tensor x, Tensor y) {
    if (!x.shape().equals(y.shape())) {
      throw new ShapeException("vdot: " + x.type() + " and " + y.type() + ": shapes differ");
    }
    Tensor left = Shapes.reshape(x, x.size());
    Tensor right = Shapes.reshape(y, y.size());
    MatMul.check("vdot", left, right);
    return matmul(left, right);
  }

  /**
   * The matrix product {@code Z[i, j] = sum over k of X[i, k] Y[k, j]}, as NumPy's {@code matmul}:
   * an operand of rank 1 is a vector; leading axes of the others are stacks of matrices and
   * broadcast.
   *
   * <p>An inner extent of 0 gives zeros. A product of matrices is summed over k in order with fused
   * multiply-adds, whatever the blocking; {@link #dot}, and a matrix times a vector where the rows
   * are contiguous, in 32 lanes, on every machine alike. The error is at most about {@code k u sum
   * |x||y|} with u half an ulp of 1. It costs 2mnk operations for each pair of matrices.
   * Derivative: {@code dZ = dX Y + X dY}, so the cotangents are {@code C Y'} and {@code X' C};
   * operands are read transposed, not moved.
   *
   * <pre>{@code
   * Tensor z = matmul(tensor(new double[][] {{1, 2}, {3, 4}}), tensor(1, 1));   // [3. 7.]
   * }</pre>
   *
   * @param x a vector (k), a matrix (m, k), or a stack (…, m, k)
   * @param y a vector (k), a matrix (k, n), or a stack (…, k, n)
   * @return the product (…, m, n); a vector's axis is missing from it
   * @throws ShapeException if the inner extents differ, leading axes do not broadcast, or an
   *     operand is a scalar
   * @throws DTypeException if the dtypes differ or are not floating
   */
  public static Tensor matmul(Tensor x, Tensor y) {
    return MatMul.matmul(x, y, false, false);
  }

  /**
   * The matrix product of operands whose matrices are read transposed, without moving them: {@code
   * matmul(x, y, true, false)} is {@code X' Y}.
   *
   * @param x a vector (k), a matrix (m, k), or a stack; (k, m) if transposed
   * @param y a vector (k), a matrix (k, n), or a stack; (n, k) if transposed
   * @param transposeX whether x is read transposed; no effect on a vector
   * @param transposeY whether y is read transposed; no effect on a vector
   * @return the product
   * @throws ShapeException if the inner extents differ or an operand is a scalar
   */
  public static Tensor matmul(Tensor x, Tensor y, boolean transposeX, boolean transposeY) {
    return MatMul.matmul(x, y, transposeX, transposeY);
  }

  /**
   * All products of an element of x with an element of y.
   *
   * @param x a vector (m)
   * @param y a vector (n)
   * @return the matrix (m, n) of {@code x[i] y[j]}
   * @throws ShapeException if they are not vectors
   */
  public static Tensor outer(Tensor x, Tensor y) {
    if (x.rank() != 1 || y.rank() != 1) {
      throw new ShapeException("outer: expected two vectors, got " + x.type() + " and " + y.type());
    }
    Binary.MUL.check("outer", x.type(), y.type());
    return Elementwise.mul(Shapes.expandDims(x, 1), y);
  }

  /**
   * {@code A' (A u)} in one pass over A: the product with a Gram matrix, which normal equations are
   * made of.
   *
   * @param a a matrix (m, n)
   * @param u a vector (n)
   * @return a vector (n)
   * @throws ShapeException if the shapes do not fit
   */
  public static Tensor gram(Tensor a, Tensor u) {
    return Bind.bind(new Gram(false), a, u);
  }

  /**
   * {@code A' (w * (A u))} in one pass over A: the product with a weighted Gram matrix, as the
   * Hessians of generalized linear models are.
   *
   * @param a a matrix (m, n)
   * @param w the weights of the rows, a vector (m)
   * @param u a vector (n)
   * @return a vector (n)
   * @throws ShapeException if the shapes do not fit
   */
  public static Tensor gram(Tensor a, Tensor w, Tensor u) {
    return Bind.bind(new Gram(true), new Tensor[] {a, u, w});
  }
}
