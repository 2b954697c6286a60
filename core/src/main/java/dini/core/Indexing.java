package dini.core;

import dini.core.primitive.ScatterAdd;
import dini.core.primitive.Take;
import dini.core.trace.Bind;

/**
 * Reading and adding at positions that are data. Indices are INT32 or INT64 tensors; a negative
 * index counts from the end. An index outside its axis is an error that names it, unless a {@link
 * Mode} says otherwise: nothing is clamped or dropped silently.
 */
public final class Indexing {
  private Indexing() {}

  /** What an index outside its axis means. */
  public enum Mode {
    /** It is an error. */
    THROW,
    /** It reads NaN (0 for integers, false for BOOL), and adds nothing. */
    FILL,
    /** It means the nearest position; negative indices mean the first. An empty axis has none. */
    CLAMP,
    /** It is taken modulo the extent, which must not be 0. */
    WRAP
  }

  /**
   * The slices of x at some positions of an axis: that axis is replaced by the axes of the indices.
   *
   * @param x the tensor
   * @param indices integer tensor of any shape
   * @param axis the axis, negative from the end
   * @return a tensor of shape {@code x.shape[:axis] + indices.shape + x.shape[axis+1:]}
   * @throws IndexException if an index is outside the axis
   */
  public static Tensor take(Tensor x, Tensor indices, int axis) {
    return take(x, indices, axis, Mode.THROW);
  }

  /**
   * The slices of x at some positions of an axis, with a choice for indices outside it.
   *
   * @param x the tensor
   * @param indices integer tensor of any shape
   * @param axis the axis, negative from the end
   * @param mode what an index outside the axis means
   * @return a tensor of shape {@code x.shape[:axis] + indices.shape + x.shape[axis+1:]}
   * @throws IndexException if an index means no position and the mode is not {@link Mode#FILL}
   */
  public static Tensor take(Tensor x, Tensor indices, int axis, Mode mode) {
    return Bind.bind(new Take(x.shape().axis("take", axis), false, mode), x, indices);
  }

  /**
   * For every position of {@code indices}, the element of x at the same position but for one axis,
   * where the index says the place: {@code out[i][j] = x[i][indices[i][j]]} for axis 1.
   *
   * @param x the tensor
   * @param indices integer tensor of the shape of x but for the axis
   * @param axis the axis, negative from the end
   * @return a tensor of the shape of the indices
   * @throws IndexException if an index is outside the axis
   */
  public static Tensor takeAlongAxis(Tensor x, Tensor indices, int axis) {
    return takeAlongAxis(x, indices, axis, Mode.THROW);
  }

  /**
   * As {@link #takeAlongAxis(Tensor, Tensor, int)}, with a choice for indices outside the axis.
   *
   * @param x the tensor
   * @param indices integer tensor of the shape of x but for the axis
   * @param axis the axis, negative from the end
   * @param mode what an index outside the axis means
   * @return a tensor of the shape of the indices
   * @throws IndexException if an index means no position and the mode is not {@link Mode#FILL}
   */
  public static Tensor takeAlongAxis(Tensor x, Tensor indices, int axis, Mode mode) {
    return Bind.bind(new Take(x.shape().axis("takeAlongAxis", axis), true, mode), x, indices);
  }

  /**
   * x with slices added at some positions of an axis; duplicate positions add up, in the order in
   * which they stand. The transpose of {@link #take(Tensor, Tensor, int)}.
   *
   * @param x the tensor
   * @param indices integer tensor of any shape
   * @param updates what to add, of shape {@code x.shape[:axis] + indices.shape + x.shape[axis+1:]}
   * @param axis the axis, negative from the end
   * @return a tensor of the shape of x
   * @throws IndexException if an index is outside the axis
   */
  public static Tensor scatterAdd(Tensor x, Tensor indices, Tensor updates, int axis) {
    int at = x.shape().axis("scatterAdd", axis);
    ScatterAdd scatter = new ScatterAdd(at, false, x.shape().extent(at), Mode.THROW);
    return Elementwise.add(x, Bind.bind(scatter, updates, indices));
  }

  /**
   * Indicators of classes: 1 where the last index equals the class, else 0.
   *
   * @param classes integer tensor of class numbers
   * @param count how many classes there are
   * @param dtype the dtype of the result
   * @return a tensor with one more axis, the last, of extent {@code count}; a class outside 0 ..
   *     count - 1 gives zeros
   */
  public static Tensor oneHot(Tensor classes, int count, DType dtype) {
    if (!classes.dtype().isInteger()) {
      throw new DTypeException("oneHot: expected integer classes, got " + classes.type());
    }
    Tensor numbers = Shapes.astype(Tensors.arange(count), classes.dtype());
    return Shapes.astype(Comparisons.eq(Shapes.expandDims(classes, -1), numbers), dtype);
  }
}
