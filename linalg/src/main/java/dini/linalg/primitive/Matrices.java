package dini.linalg.primitive;

import static dini.core.Comparisons.where;
import static dini.core.Elementwise.add;
import static dini.core.Elementwise.mul;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Kernels;
import java.util.Arrays;

/** Stacks of matrices: their shapes, their storage, and the parts that derivatives are made of. */
final class Matrices {
  /** The extent of a tile that is transposed at once. */
  private static final int TILE = 32;

  private Matrices() {}

  // ---- shapes ----

  /** Refuses what is not a matrix, or a stack of matrices, of a floating dtype. */
  static TensorType require(String operation, TensorType type) {
    if (!type.dtype().isFloating()) {
      throw new DTypeException(operation + ": needs a floating dtype, got " + type);
    }
    if (type.shape().rank() < 2) {
      throw new ShapeException(
          operation + ": expected a matrix or a stack of matrices, got " + type);
    }
    return type;
  }

  /** Refuses what is not a square matrix, or a stack of such. */
  static TensorType requireSquare(String operation, TensorType type) {
    require(operation, type);
    if (rows(type.shape()) != columns(type.shape())) {
      throw new ShapeException(operation + ": expected square matrices, got " + type);
    }
    return type;
  }

  static int rows(Shape shape) {
    return shape.extent(-2);
  }

  static int columns(Shape shape) {
    return shape.extent(-1);
  }

  /** The axes before the last {@code count}. */
  static Shape lead(Shape shape, int count) {
    return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - count));
  }

  /** A shape with more axes at its end. */
  static Shape with(Shape lead, int... extents) {
    int[] all = Arrays.copyOf(lead.toArray(), lead.rank() + extents.length);
    System.arraycopy(extents, 0, all, lead.rank(), extents.length);
    return Shape.of(all);
  }

  // ---- storage ----

  /** Elements of a dense tensor as doubles, in a fresh array. */
  static double[] read(DenseTensor x, int offset, int size) {
    if (x.data() instanceof double[] values) {
      return Arrays.copyOfRange(values, offset, offset + size);
    }
    double[] widened = new double[size];
    float[] values = x.floats();
    for (int i = 0; i < size; i++) {
      widened[i] = values[offset + i];
    }
    return widened;
  }

  /** {@link #read}, or the tensor's own storage, which may not be written to. */
  static double[] view(DenseTensor x, int offset, int size) {
    return x.data() instanceof double[] values && values.length == size
        ? values
        : read(x, offset, size);
  }

  /**
   * Where to compute a part of a fresh tensor that {@link #write} is to get: zeros, or the tensor's
   * own storage if that is all there is.
   */
  static double[] room(DenseTensor out, int size) {
    return out.data() instanceof double[] values && values.length == size
        ? values
        : new double[size];
  }

  /** Writes doubles to a dense tensor, rounded to its dtype. */
  static void write(double[] values, DenseTensor out, int offset) {
    if (out.data() instanceof double[] target) {
      if (values != target) {
        System.arraycopy(values, 0, target, offset, values.length);
      }
      return;
    }
    float[] target = out.floats();
    for (int i = 0; i < values.length; i++) {
      target[offset + i] = (float) values[i];
    }
  }

  /** Makes one result NaN. */
  static void writeNaN(DenseTensor out, int offset, int size) {
    double[] values = new double[size];
    Arrays.fill(values, Double.NaN);
    write(values, out, offset);
  }

  /** The mean of a matrix with its transpose; halves are added, which cannot overflow. */
  static void symmetric(double[] a, double[] out, int n) {
    for (int ib = 0; ib < n; ib += TILE) {
      for (int jb = 0; jb <= ib; jb += TILE) {
        symmetric(a, out, n, ib, jb);
      }
    }
  }

  /** A tile, and that on the other side of the diagonal: columns are dear to walk. */
  private static void symmetric(double[] a, double[] out, int n, int ib, int jb) {
    int iEnd = Math.min(n, ib + TILE);
    int jEnd = Math.min(n, jb + TILE);
    for (int i = ib; i < iEnd; i++) {
      for (int j = jb; j < Math.min(jEnd, i + 1); j++) {
        double below = a[i * n + j];
        double above = a[j * n + i];
        double mean = below == above ? below : below / 2 + above / 2;
        out[i * n + j] = mean;
        out[j * n + i] = mean;
      }
    }
  }

  static boolean isFinite(double[] values) {
    return Double.isFinite(Kernels.chosen().amax(values, 0, values.length));
  }

  /** Where in a stack a matrix stands, for messages: {@code " at (1, 0) of the stack"}. */
  static String place(Shape lead, int index) {
    if (lead.rank() == 0) {
      return "";
    }
    int[] position = new int[lead.rank()];
    int rest = index;
    for (int axis = position.length - 1; axis >= 0; axis--) {
      position[axis] = rest % lead.extent(axis);
      rest /= lead.extent(axis);
    }
    return " at " + Arrays.toString(position) + " of the stack";
  }

  // ---- parts, as operations ----

  static Tensor transpose(Tensor x) {
    return Shapes.moveAxis(x, -1, -2);
  }

  static Tensor symmetric(Tensor x) {
    return mul(add(x, transpose(x)), 0.5);
  }

  /** The elements on and below a diagonal; the others are not read. */
  static Tensor lower(Tensor x, int diagonal) {
    return where(mask(x, Integer.MIN_VALUE, diagonal), x, 0);
  }

  /** The elements on and above a diagonal; the others are not read. */
  static Tensor upper(Tensor x, int diagonal) {
    return where(mask(x, diagonal, Integer.MAX_VALUE), x, 0);
  }

  /** The diagonals as vectors. */
  static Tensor diagonal(Tensor x) {
    return Reductions.sum(where(mask(x, 0, 0), x, 0), -1);
  }

  /** Which elements (i, j) have {@code from <= j - i <= to}. */
  static Tensor mask(Tensor x, int from, int to) {
    int m = rows(x.shape());
    int n = columns(x.shape());
    DenseTensor mask = DenseTensor.allocate(new TensorType(Shape.of(m, n), DType.BOOL));
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        mask.booleans()[i * n + j] = j - i >= from && j - i <= to;
      }
    }
    return mask;
  }

  /** The distance of 1 to the next number of a floating dtype. */
  static double epsilon(DType dtype) {
    return dtype == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
  }
}
