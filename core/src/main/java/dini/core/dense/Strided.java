package dini.core.dense;

import dini.core.Shape;

/** Copies between rectangular grids of elements: the one loop behind slices and permutations. */
public final class Strided {
  private Strided() {}

  /** The row-major strides of a shape. */
  public static int[] strides(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.extent(axis);
    }
    return strides;
  }

  /**
   * For every index of {@code grid}, copies the element at {@code from + index . sourceStrides} to
   * {@code to + index . targetStrides}.
   */
  public static void copy(
      Shape grid,
      Object source,
      int from,
      int[] sourceStrides,
      Object target,
      int to,
      int[] targetStrides) {
    if (grid.size() == 0) {
      return;
    }
    copy(grid, 0, source, from, sourceStrides, target, to, targetStrides);
  }

  private static void copy(
      Shape grid,
      int axis,
      Object source,
      int from,
      int[] sourceStrides,
      Object target,
      int to,
      int[] targetStrides) {
    if (axis == grid.rank()) {
      Storage.copy(source, from, 1, target, to, 1, 1);
      return;
    }
    int extent = grid.extent(axis);
    if (axis == grid.rank() - 1) {
      Storage.copy(source, from, sourceStrides[axis], target, to, targetStrides[axis], extent);
      return;
    }
    for (int i = 0; i < extent; i++) {
      copy(
          grid,
          axis + 1,
          source,
          from + i * sourceStrides[axis],
          sourceStrides,
          target,
          to + i * targetStrides[axis],
          targetStrides);
    }
  }
}
