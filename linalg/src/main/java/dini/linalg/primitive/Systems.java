package dini.linalg.primitive;

import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.Broadcast;
import dini.core.primitive.Single;
import java.util.Arrays;

/**
 * Arguments (A, B) of systems {@code A X = B}: B is (…, n, k), and the leading axes of A broadcast
 * to those of B, so that one factorization serves many right-hand sides.
 */
final class Systems {
  private Systems() {}

  /**
   * Applies a solver to any right-hand side, as NumPy does: of rank 1 it is one vector for all
   * matrices, else a stack of matrices; leading axes broadcast.
   */
  static Tensor apply(String operation, Single solver, Tensor a, Tensor b) {
    require(operation, a.type(), b.type());
    Tensor columns = b.rank() == 1 ? Shapes.expandDims(b, 1) : b;
    Shape lead =
        Broadcast.shape(operation, Matrices.lead(a.shape(), 2), Matrices.lead(columns.shape(), 2));
    int n = Matrices.rows(columns.shape());
    int k = Matrices.columns(columns.shape());
    Tensor x = solver.bind(a, Shapes.broadcastTo(columns, Matrices.with(lead, n, k)));
    return b.rank() == 1 ? Shapes.squeeze(x, -1) : x;
  }

  static TensorType type(String operation, TensorType a, TensorType b) {
    require(operation, a, b);
    return Matrices.require(operation, b);
  }

  /** Refuses a right-hand side of any rank in the shape in which the user gave it. */
  static void require(String operation, TensorType a, TensorType b) {
    Matrices.requireSquare(operation, a);
    if (b.shape().rank() == 0) {
      throw new ShapeException(
          operation + ": " + a + " and right-hand side " + b + ": expected a vector or matrices");
    }
    if (a.dtype() != b.dtype()) {
      throw new DTypeException(
          operation + ": " + a + " and " + b + ": dtypes differ; convert one with astype");
    }
    int n = Matrices.rows(a.shape());
    int rows = b.shape().extent(b.shape().rank() == 1 ? 0 : -2);
    if (rows != n) {
      throw new ShapeException(
          operation
              + ": matrix "
              + a.shape()
              + " and right-hand side "
              + b.shape()
              + ": extents "
              + n
              + " and "
              + rows
              + " differ");
    }
  }

  /** The arguments with their batch axis in front, in the form that {@link #type} wants. */
  static Tensor[] batched(int size, Tensor[] arguments, boolean[] batched) {
    Tensor a = arguments[0];
    Tensor b =
        batched[1]
            ? arguments[1]
            : Shapes.broadcastTo(arguments[1], arguments[1].shape().insert(0, size));
    if (batched[0]) {
      int[] own = a.shape().toArray();
      int[] extents = new int[b.rank()];
      Arrays.fill(extents, 1);
      extents[0] = size;
      System.arraycopy(own, 1, extents, extents.length - own.length + 1, own.length - 1);
      a = Shapes.reshape(a, Shape.of(extents));
    }
    return new Tensor[] {a, b};
  }

  /** One matrix with the columns of its right-hand sides. */
  interface Lane {
    void solve(int matrix, int columns);
  }

  /** Visits the right-hand sides in order, with the matrix that each one goes with. */
  static void forEach(Shape a, Shape b, Lane lane) {
    Shape leadA = Matrices.lead(a, 2);
    Shape leadB = Matrices.lead(b, 2);
    Broadcast.forEachRun(
        leadA,
        leadB,
        leadB,
        (xo, xStep, yo, yStep, oo, n) -> {
          for (int i = 0; i < n; i++) {
            lane.solve(xo + i * xStep, yo + i * yStep);
          }
        });
  }
}
