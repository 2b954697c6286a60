package dini.core.primitive;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.IndexException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.TensorType;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.dense.Strided;

/**
 * Windows into tensors at starts that are data: starts of shape {@code (lead, r)} say where, in the
 * last r axes of a tensor, windows begin, one for each index of the leading axes. These are batch
 * axes, and broadcast: extents of 1 repeat, without a copy.
 */
final class Windows {
  private Windows() {}

  /** The leading extents of a shape: those before the last ones, which windows lie in. */
  static Shape lead(Shape shape, int windowed) {
    Shape lead = shape;
    for (int axis = 0; axis < windowed; axis++) {
      lead = lead.remove(lead.rank() - 1);
    }
    return lead;
  }

  /** Leading extents followed by those of windows. */
  static Shape join(Shape lead, Ints extents) {
    Shape joined = lead;
    for (int axis = 0; axis < extents.size(); axis++) {
      joined = joined.insert(joined.rank(), extents.get(axis));
    }
    return joined;
  }

  /** The last extents of a shape. */
  static Ints tail(Shape shape, int count) {
    int[] extents = new int[count];
    for (int axis = 0; axis < count; axis++) {
      extents[axis] = shape.extent(shape.rank() - count + axis);
    }
    return Ints.of(extents);
  }

  /** Checks starts for windows of some sizes into a tensor. */
  static void check(String operation, TensorType x, TensorType starts, Ints sizes) {
    if (starts.dtype() != DType.INT32 && starts.dtype() != DType.INT64) {
      throw new DTypeException(operation + ": expected integer starts, got " + starts);
    }
    int windowed = sizes.size();
    Shape shape = starts.shape();
    if (shape.rank() == 0
        || shape.extent(-1) != windowed
        || x.shape().rank() != shape.rank() - 1 + windowed) {
      throw new ShapeException(
          operation
              + ": expected one start and one size for each axis of "
              + x
              + ", got starts "
              + starts
              + " and sizes "
              + sizes);
    }
    Ints extents = tail(x.shape(), windowed);
    for (int axis = 0; axis < windowed; axis++) {
      if (sizes.get(axis) < 0 || sizes.get(axis) > extents.get(axis)) {
        throw new ShapeException(
            operation
                + ": size "
                + sizes.get(axis)
                + " of axis "
                + axis
                + " of "
                + x
                + ", which has extent "
                + extents.get(axis));
      }
    }
  }

  /** For each index of the common leading axes, which row of an operand it means. */
  static int[] rows(Shape own, Shape common) {
    int[] rows = new int[common.size()];
    int[] strides = Broadcast.strides(own, common);
    for (int lane = 0; lane < rows.length; lane++) {
      int rest = lane;
      for (int axis = common.rank() - 1; axis >= 0; axis--) {
        rows[lane] += rest % common.extent(axis) * strides[axis];
        rest /= common.extent(axis);
      }
    }
    return rows;
  }

  /** Where the window of a row of starts begins in the elements of a tensor of some extents. */
  static int offset(String operation, DenseTensor starts, int row, Ints extents, Ints sizes) {
    int offset = 0;
    for (int axis = 0; axis < extents.size(); axis++) {
      long start = Positions.at(starts, row * extents.size() + axis);
      int extent = extents.get(axis);
      long resolved = start < 0 ? start + extent : start;
      if (resolved < 0 || resolved > extent - sizes.get(axis)) {
        throw new IndexException(
            operation
                + ": start "
                + start
                + " of a window of size "
                + sizes.get(axis)
                + " is outside axis "
                + axis
                + " of extent "
                + extent);
      }
      offset = offset * extent + (int) resolved;
    }
    return offset;
  }

  /** The strides of the elements of a tensor of some extents. */
  static int[] strides(Ints extents) {
    return Strided.strides(Shape.of(extents.toArray()));
  }
}
