package dini.core;

import dini.core.dense.DenseTensor;
import dini.core.primitive.Embed;
import dini.core.primitive.Ints;
import dini.core.primitive.Slice;
import dini.core.trace.Bind;
import java.util.Arrays;

/**
 * Diagonals and triangles of matrices, and of the matrices of a stack. Diagonal 0 is the main one,
 * k the one k columns further right, -k the one k rows further down. All are linear, for every
 * dtype.
 */
public final class Diagonals {
  private Diagonals() {}

  /**
   * The main diagonal of a matrix, or the matrix with a vector on its main diagonal.
   *
   * @param x a matrix or a vector
   * @return a vector or a square matrix
   */
  public static Tensor diag(Tensor x) {
    return diag(x, 0);
  }

  /**
   * A diagonal of a matrix, or the smallest square matrix with a vector on that diagonal and zeros
   * elsewhere.
   *
   * <pre>{@code
   * Tensor a = diag(tensor(1, 2), 0);   // [[1. 0.], [0. 2.]]
   * }</pre>
   *
   * @param x a matrix or a vector
   * @param offset which diagonal
   * @return a vector, empty if the matrix has no such diagonal; or a square matrix
   * @throws ShapeException if x has another rank, or the matrix 2^31 elements or more
   */
  public static Tensor diag(Tensor x, int offset) {
    return switch (x.rank()) {
      case 1 -> matrix(x, offset);
      case 2 -> diagonal(x, offset, 0, 1);
      default -> throw new ShapeException("diag: expected a vector or a matrix, got " + x.type());
    };
  }

  private static Tensor matrix(Tensor x, int offset) {
    long extent = x.size() + Math.abs((long) offset);
    if (extent * extent > Integer.MAX_VALUE) {
      throw new ShapeException(
          "diag: "
              + x.type()
              + " on diagonal "
              + offset
              + " needs a matrix of order "
              + extent
              + ", more than "
              + Integer.MAX_VALUE
              + " elements");
    }
    int order = (int) extent;
    int start = x.size() == 0 ? 0 : first(offset, order);
    Shape flat = Shape.of(order * order);
    Tensor spread = Bind.bind(new Embed(Ints.of(start), Ints.of(order + 1), flat), x);
    return Shapes.reshape(spread, Shape.of(order, order));
  }

  /** Where a diagonal begins in the elements of a matrix in row-major order. */
  private static int first(int offset, int columns) {
    return offset >= 0 ? offset : -offset * columns;
  }

  /**
   * The main diagonals of the matrices in the last two axes.
   *
   * @param x the tensor
   * @return the diagonals along the last axis
   * @throws ShapeException if x has fewer than two axes
   */
  public static Tensor diagonal(Tensor x) {
    return diagonal(x, 0, -2, -1);
  }

  /**
   * A diagonal of the matrices in two axes. For a matrix it is what {@code diag} gives.
   *
   * <pre>{@code
   * Tensor d = diagonal(x, 1, -2, -1);   // x[..., i, i + 1]
   * }</pre>
   *
   * @param x the tensor
   * @param offset which diagonal
   * @param rows the axis of the rows, negative from the end
   * @param columns the axis of the columns, another one
   * @return the other axes of x, then the diagonals along the last axis, empty if there are none
   * @throws ShapeException if the axes are equal or do not exist
   */
  public static Tensor diagonal(Tensor x, int offset, int rows, int columns) {
    return diagonal("diagonal", x, offset, rows, columns);
  }

  private static Tensor diagonal(String operation, Tensor x, int offset, int rows, int columns) {
    int row = x.shape().axis(operation, rows);
    int column = x.shape().axis(operation, columns);
    if (row == column) {
      throw new ShapeException(
          operation + ": the axes " + rows + " and " + columns + " of " + x.type() + " are one");
    }
    Tensor matrices = Shapes.moveAxis(x, new int[] {row, column}, new int[] {-2, -1});
    int m = matrices.shape().extent(-2);
    int n = matrices.shape().extent(-1);
    long rowsLeft = Math.min((long) m + offset, m);
    long columnsLeft = Math.min((long) n - offset, n);
    int count = (int) Math.max(0, Math.min(rowsLeft, columnsLeft));
    int lead = x.rank() - 2;
    Shape stack = matrices.shape().remove(lead).remove(lead);
    int[] start = new int[lead + 1];
    int[] step = new int[lead + 1];
    Arrays.fill(step, 1);
    start[lead] = count == 0 ? 0 : first(offset, n);
    step[lead] = n + 1;
    Tensor flat = Shapes.reshape(matrices, stack.insert(lead, Shape.of(m, n).size()));
    return Bind.bind(new Slice(Ints.of(start), Ints.of(step), stack.insert(lead, count)), flat);
  }

  /**
   * The sum of the main diagonal of the matrices in the last two axes.
   *
   * @param x the tensor
   * @return the traces, without the last two axes; of BOOL they count, as INT64
   * @throws ShapeException if x has fewer than two axes
   */
  public static Tensor trace(Tensor x) {
    return trace(x, 0, -2, -1);
  }

  /**
   * The sum of a diagonal of the matrices in two axes; 0 if there is none.
   *
   * <pre>{@code
   * Tensor t = trace(tensor(new double[][] {{1, 2}, {3, 4}}), 0, 0, 1);   // 5.0
   * }</pre>
   *
   * @param x the tensor
   * @param offset which diagonal
   * @param rows the axis of the rows, negative from the end
   * @param columns the axis of the columns, another one
   * @return the traces, without those axes; of BOOL they count, as INT64
   * @throws ShapeException if the axes are equal or do not exist
   */
  public static Tensor trace(Tensor x, int offset, int rows, int columns) {
    return Reductions.sum(diagonal("trace", x, offset, rows, columns), -1);
  }

  /**
   * The lower triangles of the matrices in the last two axes, with the main diagonal; zeros above.
   *
   * @param x the tensor
   * @return a tensor of the same shape
   * @throws ShapeException if x has fewer than two axes
   */
  public static Tensor tril(Tensor x) {
    return tril(x, 0);
  }

  /**
   * The elements on and below a diagonal of the matrices in the last two axes; zeros above it,
   * whatever stands there.
   *
   * @param x the tensor
   * @param offset which diagonal is the uppermost that is kept
   * @return a tensor of the same shape
   * @throws ShapeException if x has fewer than two axes
   */
  public static Tensor tril(Tensor x, int offset) {
    return Comparisons.where(below("tril", x, offset), x, 0);
  }

  /**
   * The upper triangles of the matrices in the last two axes, with the main diagonal; zeros below.
   *
   * @param x the tensor
   * @return a tensor of the same shape
   * @throws ShapeException if x has fewer than two axes
   */
  public static Tensor triu(Tensor x) {
    return triu(x, 0);
  }

  /**
   * The elements on and above a diagonal of the matrices in the last two axes; zeros below it,
   * whatever stands there.
   *
   * @param x the tensor
   * @param offset which diagonal is the lowest that is kept
   * @return a tensor of the same shape
   * @throws ShapeException if x has fewer than two axes
   */
  public static Tensor triu(Tensor x, int offset) {
    return Comparisons.where(below("triu", x, offset - 1L), 0, x);
  }

  /** Which elements of a matrix stand on or below a diagonal. */
  private static Tensor below(String operation, Tensor x, long offset) {
    if (x.rank() < 2) {
      throw new ShapeException(
          operation + ": expected a matrix or a stack of them, got " + x.type());
    }
    int m = x.shape().extent(-2);
    int n = x.shape().extent(-1);
    DenseTensor mask = DenseTensor.allocate(new TensorType(Shape.of(m, n), DType.BOOL));
    for (int i = 0; i < m; i++) {
      int kept = Math.clamp(i + offset + 1, 0, n);
      Arrays.fill(mask.booleans(), i * n, i * n + kept, true);
    }
    return mask;
  }
}
