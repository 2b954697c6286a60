package dini.core;

import dini.core.primitive.Ints;
import java.util.Arrays;

/**
 * The part of a tensor that some indices select.
 *
 * @param start the first position along each axis
 * @param step the distance along each axis
 * @param grid how many positions there are along each axis
 * @param result the shape of the part, without the axes that have one position
 */
record Cut(Ints start, Ints step, Shape grid, Shape result) {

  static Cut of(String operation, Tensor x, Index... indices) {
    Shape shape = x.shape();
    if (indices.length > shape.rank()) {
      throw new IndexException(operation + ": " + indices.length + " indices for " + x.type());
    }
    int[] start = new int[shape.rank()];
    int[] step = new int[shape.rank()];
    int[] extents = shape.toArray();
    Arrays.fill(step, 1);
    Shape result = shape;
    for (int axis = indices.length - 1; axis >= 0; axis--) {
      int extent = extents[axis];
      switch (indices[axis]) {
        case Index.At(int position) -> {
          start[axis] = position(operation, position, extent, axis, x);
          extents[axis] = 1;
          result = result.remove(axis);
        }
        case Index.Range range -> {
          step[axis] = range.step();
          start[axis] = first(range, extent);
          extents[axis] = count(start[axis], last(range, extent), range.step());
          result = result.with(axis, extents[axis]);
        }
      }
    }
    return new Cut(Ints.of(start), Ints.of(step), Shape.of(extents), result);
  }

  /** Whether the part is the whole tensor, in its order. */
  boolean isWhole(Shape shape) {
    for (int axis = 0; axis < step.size(); axis++) {
      if (step.get(axis) != 1) {
        return false;
      }
    }
    return grid.equals(shape);
  }

  private static int position(String operation, int position, int extent, int axis, Tensor x) {
    int resolved = position < 0 ? position + extent : position;
    if (resolved < 0 || resolved >= extent) {
      throw new IndexException(
          operation
              + ": index "
              + position
              + " is outside axis "
              + axis
              + " of "
              + x.type()
              + ", which has extent "
              + extent);
    }
    return resolved;
  }

  private static int first(Index.Range range, int extent) {
    boolean up = range.step() > 0;
    if (range.start() == Index.Range.OPEN) {
      return up ? 0 : extent - 1;
    }
    return bound(range.start(), extent, up);
  }

  private static int last(Index.Range range, int extent) {
    boolean up = range.step() > 0;
    if (range.stop() == Index.Range.OPEN) {
      return up ? extent : -1;
    }
    return bound(range.stop(), extent, up);
  }

  private static int bound(int position, int extent, boolean up) {
    int resolved = position < 0 ? position + extent : position;
    return up ? Math.clamp(resolved, 0, extent) : Math.clamp(resolved, -1, extent - 1);
  }

  private static int count(int start, int stop, int step) {
    long distance = step > 0 ? (long) stop - start : (long) start - stop;
    long stride = Math.abs((long) step);
    return distance <= 0 ? 0 : (int) ((distance + stride - 1) / stride);
  }
}
