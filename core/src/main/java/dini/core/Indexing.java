package dini.core;

import dini.core.primitive.Scatter;
import dini.core.primitive.ScatterAdd;
import dini.core.primitive.Take;
import dini.core.trace.Bind;
import java.util.List;

/**
 * Reading and writing at positions. Indices that are data are INT32 or INT64 tensors; a negative
 * index counts from the end. An index outside its axis is an error that names it, unless a {@link
 * Mode} says otherwise: nothing is clamped or dropped silently.
 */
public final class Indexing {
  private Indexing() {}

  /** What an index outside its axis means. */
  public enum Mode {
    /** It is an error. */
    THROW,
    /** It reads NaN (0 for integers, false for BOOL), and writes nothing. */
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
   * The elements that integer tensors name together, one tensor for each of the leading axes:
   * {@code out[k] = x[i[k], j[k], …]}, as NumPy's {@code x[i, j, …]}. The indices broadcast; axes
   * without one are kept whole, so that one index tensor is {@code take} along axis 0. {@link
   * #at(Tensor, Tensor...)} has a choice for indices outside their axis.
   *
   * <pre>{@code
   * Tensor x = tensor(new double[][] {{1, 2}, {3, 4}});
   * gather(x, longs(0, 1, 1), longs(1, 0, -1));   // [2. 3. 4.]
   * }</pre>
   *
   * @param x the tensor
   * @param indices integer tensors, at most as many as x has axes
   * @return a tensor of the common shape of the indices, followed by the other axes of x
   * @throws IndexException if an index is outside its axis
   */
  public static Tensor gather(Tensor x, Tensor... indices) {
    return new AtPoints("gather", x, 0, List.of(indices), Mode.THROW).get();
  }

  /**
   * The elements that positions and ranges select, to be read or replaced: {@code at(x, range(1,
   * 4)).set(v)} is what JAX writes as {@code x.at[1:4].set(v)}. Bounds of ranges are cut to their
   * axes as in Python.
   *
   * @param x the tensor
   * @param indices one for each leading axis; axes without one are kept whole
   * @return the elements
   * @throws IndexException if a position is outside its axis or there are too many indices
   */
  public static At at(Tensor x, Index... indices) {
    return new AtRange(x, Cut.of(At.AT, x, indices));
  }

  /**
   * The elements that integer tensors name together, one tensor for each of the leading axes, to be
   * read or replaced: {@code at(x, i, j).add(v)} is what JAX writes as {@code x.at[i, j].add(v)}.
   * The indices broadcast; axes without one are kept whole.
   *
   * @param x the tensor
   * @param indices integer tensors, at most as many as x has axes; negative ones count from the end
   * @return the elements, of the common shape of the indices followed by the other axes of x; an
   *     index outside its axis is an error when they are used, see {@link AtPoints#mode}
   */
  public static AtPoints at(Tensor x, Tensor... indices) {
    return new AtPoints(At.AT, x, 0, List.of(indices), Mode.THROW);
  }

  /**
   * The elements that integer tensors name together along axes from one on: {@code at(x, 1,
   * i).set(v)} is what JAX writes as {@code x.at[:, i].set(v)}.
   *
   * @param x the tensor
   * @param axis the first of the indexed axes, negative from the end
   * @param indices integer tensors for this axis and those behind it; they broadcast
   * @return the elements, of the shape of x with the common shape of the indices in the place of
   *     the indexed axes
   */
  public static AtPoints at(Tensor x, int axis, Tensor... indices) {
    return new AtPoints(At.AT, x, x.shape().axis(At.AT, axis), List.of(indices), Mode.THROW);
  }

  /**
   * x with slices added at some positions of an axis; duplicate positions add up, in the order in
   * which they stand. The same as {@code at(x, axis, indices).add(updates)}.
   *
   * @param x the tensor
   * @param indices integer tensor of any shape
   * @param updates what to add, of shape {@code x.shape[:axis] + indices.shape + x.shape[axis+1:]}
   *     or one that broadcasts to it
   * @param axis the axis, negative from the end
   * @return a tensor of the shape of x
   * @throws IndexException if an index is outside the axis
   */
  public static Tensor scatterAdd(Tensor x, Tensor indices, Tensor updates, int axis) {
    int at = x.shape().axis("scatterAdd", axis);
    return new AtPoints("scatterAdd", x, at, List.of(indices), Mode.THROW).add(updates);
  }

  /**
   * x with one element replaced for every position of {@code indices}: at the same position but for
   * one axis, where the index says the place. The counterpart of {@link #takeAlongAxis(Tensor,
   * Tensor, int)}; of several updates of one element the last stays, and it alone has a derivative.
   *
   * <pre>{@code
   * putAlongAxis(tensor(1, 2, 3), longs(2, 0), tensor(8, 9), 0);   // [9. 2. 8.]
   * }</pre>
   *
   * @param x the tensor
   * @param indices integer tensor of the shape of x but for the axis
   * @param updates the new values, of the shape of the indices and the dtype of x
   * @param axis the axis, negative from the end
   * @return a tensor of the type of x
   * @throws IndexException if an index is outside the axis
   * @throws ShapeException if the shapes do not fit
   */
  public static Tensor putAlongAxis(Tensor x, Tensor indices, Tensor updates, int axis) {
    int at = x.shape().axis("putAlongAxis", axis);
    Scatter scatter = new Scatter(Scatter.Kind.SET, at, true, Mode.THROW, "putAlongAxis");
    return scatter.bind(x, indices, updates);
  }

  /**
   * The sums of the elements of each segment: {@code out[s] = sum of data[i] over all i with
   * segments[i] = s}, in the order of i; 0 for a segment without elements. Linear in the data.
   *
   * <pre>{@code
   * segmentSum(tensor(1, 2, 3), longs(0, 2, 0), 3);   // [4. 0. 2.]
   * }</pre>
   *
   * @param data a tensor whose leading axis is that of the segments
   * @param segments integer vector of segment numbers, negative ones from the end
   * @param count how many segments there are
   * @return a tensor of shape {@code [count] + data.shape[1:]}
   * @throws IndexException if a segment number is outside 0 .. count - 1
   */
  public static Tensor segmentSum(Tensor data, Tensor segments, int count) {
    checkSegments("segmentSum", data, segments, count);
    return Bind.bind(new ScatterAdd(0, false, count, Mode.THROW, "segmentSum"), data, segments);
  }

  /**
   * The largest element of each segment; -infinity, or the smallest integer, for a segment without
   * elements. NaN wins. Elements that attain the maximum share the derivative equally.
   *
   * @param data a tensor whose leading axis is that of the segments
   * @param segments integer vector of segment numbers, negative ones from the end
   * @param count how many segments there are
   * @return a tensor of shape {@code [count] + data.shape[1:]}
   * @throws IndexException if a segment number is outside 0 .. count - 1
   */
  public static Tensor segmentMax(Tensor data, Tensor segments, int count) {
    return largest("segmentMax", data, segments, count);
  }

  private static Tensor largest(String operation, Tensor data, Tensor segments, int count) {
    checkSegments(operation, data, segments, count);
    double least =
        switch (data.dtype()) {
          case INT32 -> Integer.MIN_VALUE;
          case INT64 -> Long.MIN_VALUE;
          default -> Double.NEGATIVE_INFINITY;
        };
    return atSegments(operation, data, count, least, segments).max(data);
  }

  /**
   * The smallest element of each segment; infinity, or the largest integer, for a segment without
   * elements. NaN wins. Elements that attain the minimum share the derivative equally.
   *
   * @param data a tensor whose leading axis is that of the segments
   * @param segments integer vector of segment numbers, negative ones from the end
   * @param count how many segments there are
   * @return a tensor of shape {@code [count] + data.shape[1:]}
   * @throws IndexException if a segment number is outside 0 .. count - 1
   */
  public static Tensor segmentMin(Tensor data, Tensor segments, int count) {
    checkSegments("segmentMin", data, segments, count);
    return switch (data.dtype()) {
      case FLOAT64, FLOAT32, BOOL ->
          atSegments("segmentMin", data, count, Double.POSITIVE_INFINITY, segments).min(data);
      // the complement ~x = -1 - x reverses the order without overflow; no double is 2^63 - 1
      case INT32, INT64 ->
          Elementwise.sub(-1, largest("segmentMin", Elementwise.sub(-1, data), segments, count));
    };
  }

  private static void checkSegments(String operation, Tensor data, Tensor segments, int count) {
    if (segments.rank() != 1
        || data.rank() == 0
        || data.shape().extent(0) != segments.shape().extent(0)
        || count < 0) {
      throw new ShapeException(
          operation
              + ": "
              + data.type()
              + " in "
              + count
              + " segments by "
              + segments.type()
              + ": expected a vector with one segment number for each leading position");
    }
    if (!segments.dtype().isInteger()) {
      throw new DTypeException(
          operation + ": expected integer segment numbers, got " + segments.type());
    }
    if (data.dtype() == DType.BOOL) {
      throw new DTypeException(operation + ": needs a number dtype, got " + data.type());
    }
  }

  /** The segments, of which each has one element that any other replaces. */
  private static At atSegments(
      String operation, Tensor data, int count, double neutral, Tensor segments) {
    Tensor all = Tensors.full(data.shape().with(0, count), neutral, data.dtype());
    return new AtPoints(operation, all, 0, List.of(segments), Mode.THROW);
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
