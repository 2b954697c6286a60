package dini.core.primitive;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.IndexException;
import dini.core.Indexing.Mode;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;

/** Indices along one axis: their check, and the places in storage that they mean. */
final class Positions {
  private Positions() {}

  /** The position an index means in an axis, or -1 for none. */
  static int resolve(String operation, long index, int extent, int axis, Mode mode) {
    long resolved = index < 0 && mode != Mode.CLAMP ? index + extent : index;
    if (resolved >= 0 && resolved < extent) {
      return (int) resolved;
    }
    if (mode == Mode.FILL) {
      return -1;
    }
    if (mode == Mode.THROW || extent == 0) {
      throw new IndexException(
          operation + ": index " + index + " is outside axis " + axis + " of extent " + extent);
    }
    return mode == Mode.CLAMP
        ? Math.clamp(resolved, 0, extent - 1)
        : (int) Math.floorMod(index, (long) extent);
  }

  /** Index i of an integer tensor. */
  static long at(DenseTensor indices, int i) {
    return indices.data() instanceof int[] narrow ? narrow[i] : indices.longs()[i];
  }

  static void check(String operation, TensorType indices) {
    if (indices.dtype() != DType.INT32 && indices.dtype() != DType.INT64) {
      throw new DTypeException(operation + ": expected integer indices, got " + indices);
    }
  }

  /** The shape in which {@code axis} of x is replaced by the axes of the indices. */
  static Shape replaced(Shape x, int axis, Shape indices) {
    Shape shape = x.remove(axis);
    for (int i = 0; i < indices.rank(); i++) {
      shape = shape.insert(axis + i, indices.extent(i));
    }
    return shape;
  }

  /** The extents of axes [from, to) multiplied. */
  static int product(Shape shape, int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= shape.extent(axis);
    }
    return product;
  }

  static void checkAlong(String operation, TensorType x, TensorType indices, int axis) {
    Shape shape = indices.shape();
    if (shape.rank() != x.shape().rank() || !shape.with(axis, 0).equals(x.shape().with(axis, 0))) {
      throw new ShapeException(
          operation
              + ": indices "
              + indices
              + " must have the shape of "
              + x
              + " but for axis "
              + axis);
    }
  }
}
