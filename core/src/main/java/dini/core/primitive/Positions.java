package dini.core.primitive;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.IndexException;
import dini.core.Indexing.Mode;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import java.util.Arrays;

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

  /**
   * Where in storage of a tensor of shape {@code x} the rows begin that the indices name along an
   * axis, -1 for none. A row is one element if the indices move along the axis only, else all
   * elements behind the axis.
   */
  static int[] rows(
      String operation, DenseTensor indices, Shape x, int axis, boolean along, Mode mode) {
    int extent = x.extent(axis);
    int outer = product(x, 0, axis);
    int inner = product(x, axis + 1, x.rank());
    int count = along ? indices.shape().extent(axis) : indices.size();
    int[] places = new int[along ? indices.size() : outer * count];
    if (!along) {
      for (int j = 0; places.length > 0 && j < count; j++) {
        int at = resolve(operation, at(indices, j), extent, axis, mode);
        for (int o = 0; o < outer; o++) {
          places[o * count + j] = at < 0 ? -1 : (o * extent + at) * inner;
        }
      }
      return places;
    }
    int r = 0;
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < count; j++) {
        for (int i = 0; i < inner; i++, r++) {
          int at = resolve(operation, at(indices, r), extent, axis, mode);
          places[r] = at < 0 ? -1 : (o * extent + at) * inner + i;
        }
      }
    }
    return places;
  }

  /** The number of elements in each of the rows. */
  static int rowLength(Shape x, int axis, boolean along) {
    return along ? 1 : product(x, axis + 1, x.rank());
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

  /** The shape in which {@code rank} axes from {@code axis} on are one. */
  static Shape merged(Shape shape, int axis, int rank) {
    Shape wide = shape;
    for (int i = 0; i < rank; i++) {
      wide = wide.remove(axis);
    }
    return wide.insert(axis, product(shape, axis, axis + rank));
  }

  /** Numbers of any shape, flattened, along an axis of a tensor of the given shape. */
  static Tensor line(Tensor numbers, int axis, Shape shape) {
    int[] flat = new int[shape.rank()];
    Arrays.fill(flat, 1);
    flat[axis] = shape.extent(axis);
    return Shapes.broadcastTo(Shapes.reshape(numbers, Shape.of(flat)), shape);
  }

  /**
   * Indices with a leading batch axis, of which row b, flattened, moves along the axis of element b
   * of a tensor of the given shape.
   */
  static Tensor spread(Tensor indices, int axis, Shape shape) {
    int[] flat = new int[shape.rank()];
    Arrays.fill(flat, 1);
    flat[0] = shape.extent(0);
    flat[axis] = shape.extent(axis);
    return Shapes.broadcastTo(Shapes.reshape(indices, Shape.of(flat)), shape);
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
