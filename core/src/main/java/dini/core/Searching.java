package dini.core;

import dini.core.primitive.ArgReduce;
import dini.core.trace.Bind;

/**
 * Positions of the largest and smallest elements, as INT64. For every dtype; BOOL counts as 0 and
 * 1. Positions carry no derivative.
 */
public final class Searching {
  private Searching() {}

  /**
   * The position of the largest element in row-major order: of equal ones the first, where 0 and -0
   * are equal, and of the first NaN if there is one.
   *
   * <pre>{@code
   * long at = argmax(tensor(3, 1, 3, 1)).toLong();   // 0
   * }</pre>
   *
   * @param x the elements
   * @return a scalar
   * @throws ShapeException if there are none
   */
  public static Tensor argmax(Tensor x) {
    return argmax(Shapes.ravel(x), 0, false);
  }

  /**
   * The position of the largest element along an axis: of equal ones the first, and of the first
   * NaN if there is one.
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @return the positions, without that axis
   * @throws ShapeException if the axis is empty
   */
  public static Tensor argmax(Tensor x, int axis) {
    return argmax(x, axis, false);
  }

  /**
   * The position of the largest element along an axis: of equal ones the first, and of the first
   * NaN if there is one.
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @param keepDims whether to keep the axis with extent 1
   * @return the positions
   * @throws ShapeException if the axis is empty
   */
  public static Tensor argmax(Tensor x, int axis, boolean keepDims) {
    int at = x.shape().axis("argmax", axis);
    Tensor positions = Bind.bind(new ArgReduce(true, at), x);
    return keepDims ? Shapes.expandDims(positions, at) : positions;
  }

  /**
   * The position of the smallest element in row-major order: of equal ones the first, where 0 and
   * -0 are equal, and of the first NaN if there is one.
   *
   * <pre>{@code
   * long at = argmin(tensor(3, 1, 3, 1)).toLong();   // 1
   * }</pre>
   *
   * @param x the elements
   * @return a scalar
   * @throws ShapeException if there are none
   */
  public static Tensor argmin(Tensor x) {
    return argmin(Shapes.ravel(x), 0, false);
  }

  /**
   * The position of the smallest element along an axis: of equal ones the first, and of the first
   * NaN if there is one.
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @return the positions, without that axis
   * @throws ShapeException if the axis is empty
   */
  public static Tensor argmin(Tensor x, int axis) {
    return argmin(x, axis, false);
  }

  /**
   * The position of the smallest element along an axis: of equal ones the first, and of the first
   * NaN if there is one.
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @param keepDims whether to keep the axis with extent 1
   * @return the positions
   * @throws ShapeException if the axis is empty
   */
  public static Tensor argmin(Tensor x, int axis, boolean keepDims) {
    int at = x.shape().axis("argmin", axis);
    Tensor positions = Bind.bind(new ArgReduce(false, at), x);
    return keepDims ? Shapes.expandDims(positions, at) : positions;
  }
}
