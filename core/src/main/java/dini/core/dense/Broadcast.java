package dini.core.dense;

import dini.core.Shape;
import dini.core.ShapeException;

/**
 * Broadcasting of two operands as NumPy does it: axes are aligned from the last; an extent of 1, or
 * a missing axis, repeats.
 */
public final class Broadcast {
  private Broadcast() {}

  /** The common shape. */
  public static Shape shape(String operation, Shape x, Shape y) {
    if (x == y || x.equals(y)) {
      return x;
    }
    if (y.rank() == 0) {
      return x;
    }
    if (x.rank() == 0) {
      return y;
    }
    int rank = Math.max(x.rank(), y.rank());
    int[] extents = new int[rank];
    for (int back = 1; back <= rank; back++) {
      int a = back <= x.rank() ? x.extent(-back) : 1;
      int b = back <= y.rank() ? y.extent(-back) : 1;
      if (a != b && a != 1 && b != 1) {
        throw new ShapeException(
            operation
                + ": shapes "
                + x
                + " and "
                + y
                + " do not broadcast: extents "
                + a
                + " and "
                + b
                + " of axis -"
                + back
                + " differ");
      }
      extents[rank - back] = a == 1 ? b : a;
    }
    return Shape.of(extents);
  }

  /** Strides of an operand along the axes of the common shape, 0 where it repeats. */
  public static int[] strides(Shape operand, Shape common) {
    int[] own = Strided.strides(operand);
    int[] strides = new int[common.rank()];
    int lead = common.rank() - operand.rank();
    for (int axis = 0; axis < own.length; axis++) {
      strides[lead + axis] =
          operand.extent(axis) == 1 && common.extent(lead + axis) != 1 ? 0 : own[axis];
    }
    return strides;
  }

  /** What is done to one run of consecutive results. */
  public interface Run {
    /**
     * Handles {@code n} results from {@code oo}; the operand whose step is 0 is the one element at
     * its offset, the other starts there.
     */
    void run(int xo, int xStep, int yo, int yStep, int oo, int n);
  }

  /** Splits the common shape into runs in which each operand is consecutive or constant. */
  public static void forEachRun(Shape x, Shape y, Shape common, Run run) {
    if (common.size() == 0) {
      return;
    }
    int[] extents = common.toArray();
    int[] xs = strides(x, common);
    int[] ys = strides(y, common);
    int rank = collapse(extents, xs, ys);
    if (rank == 0) {
      run.run(0, 1, 0, 1, 0, 1);
      return;
    }
    runs(extents, xs, ys, 0, rank - 1, new int[3], run);
  }

  /** Merges neighbouring axes that both operands pass through in one stride; returns the rank. */
  private static int collapse(int[] extents, int[] xs, int[] ys) {
    int rank = 0;
    for (int axis = 0; axis < extents.length; axis++) {
      if (extents[axis] == 1) {
        continue;
      }
      if (rank > 0
          && xs[rank - 1] == xs[axis] * extents[axis]
          && ys[rank - 1] == ys[axis] * extents[axis]) {
        extents[rank - 1] *= extents[axis];
        xs[rank - 1] = xs[axis];
        ys[rank - 1] = ys[axis];
      } else {
        extents[rank] = extents[axis];
        xs[rank] = xs[axis];
        ys[rank] = ys[axis];
        rank++;
      }
    }
    return rank;
  }

  private static void runs(
      int[] extents, int[] xs, int[] ys, int axis, int last, int[] at, Run run) {
    if (axis == last) {
      run.run(at[0], xs[axis], at[1], ys[axis], at[2], extents[axis]);
      at[2] += extents[axis];
      return;
    }
    int x = at[0];
    int y = at[1];
    for (int i = 0; i < extents[axis]; i++) {
      at[0] = x + i * xs[axis];
      at[1] = y + i * ys[axis];
      runs(extents, xs, ys, axis + 1, last, at, run);
    }
  }
}
