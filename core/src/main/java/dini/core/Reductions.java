package dini.core;

import dini.core.primitive.LogSumExp;
import dini.core.primitive.Norm;
import dini.core.primitive.Reduce;
import dini.core.trace.Bind;

/**
 * Sums, products, extrema, truth and norms over axes. Each function comes in three forms: over all
 * axes ({@code sum(x)}); over the axes given ({@code sum(x, 0, -1)}); and with an array of axes and
 * the choice to keep the reduced axes with extent 1. An empty array of axes reduces nothing.
 *
 * <p>The order of summation is fixed, so that a sum has the same bits on every machine and on any
 * number of threads.
 */
public final class Reductions {
  private static final int[] NONE = {};

  private Reductions() {}

  /**
   * The sum; 0 of nothing. A sum of BOOL counts, as INT64; one of integers keeps their dtype.
   *
   * @param x the elements
   * @return a scalar
   */
  public static Tensor sum(Tensor x) {
    return sum(x, allAxes(x), false);
  }

  /**
   * The sum; 0 of nothing. A sum of BOOL counts, as INT64; one of integers keeps their dtype.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   */
  public static Tensor sum(Tensor x, int... axes) {
    return sum(x, axes, false);
  }

  /**
   * The sum; 0 of nothing. A sum of BOOL counts, as INT64; one of integers keeps their dtype.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   */
  public static Tensor sum(Tensor x, int[] axes, boolean keepDims) {
    return reduce(Reduce.Kind.SUM, x, axes, keepDims);
  }

  /**
   * The product; 1 of nothing. One of BOOL is INT64, one of integers keeps their dtype and wraps
   * around.
   *
   * <p>The order is that of the elements along a last axis, and of the axis elsewhere. Derivative
   * with respect to an element: the product of the others, which is right at zeros, in every order.
   *
   * <pre>{@code
   * Tensor p = prod(tensor(2, 3, 4));   // 24.0
   * }</pre>
   *
   * @param x the elements
   * @return a scalar
   */
  public static Tensor prod(Tensor x) {
    return prod(x, allAxes(x), false);
  }

  /**
   * The product; 1 of nothing. One of BOOL is INT64, one of integers keeps their dtype and wraps
   * around.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   */
  public static Tensor prod(Tensor x, int... axes) {
    return prod(x, axes, false);
  }

  /**
   * The product; 1 of nothing. One of BOOL is INT64, one of integers keeps their dtype and wraps
   * around.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   */
  public static Tensor prod(Tensor x, int[] axes, boolean keepDims) {
    return reduce(Reduce.Kind.PROD, x, axes, keepDims);
  }

  /**
   * The largest element; NaN if any is NaN. Ties share the derivative equally.
   *
   * @param x the elements
   * @return a scalar
   * @throws ShapeException if a reduced axis is empty
   */
  public static Tensor max(Tensor x) {
    return max(x, allAxes(x), false);
  }

  /**
   * The largest element; NaN if any is NaN. Ties share the derivative equally.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   * @throws ShapeException if a reduced axis is empty
   */
  public static Tensor max(Tensor x, int... axes) {
    return max(x, axes, false);
  }

  /**
   * The largest element; NaN if any is NaN. Ties share the derivative equally.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   * @throws ShapeException if a reduced axis is empty
   */
  public static Tensor max(Tensor x, int[] axes, boolean keepDims) {
    return reduce(Reduce.Kind.MAX, x, axes, keepDims);
  }

  /**
   * The smallest element; NaN if any is NaN. Ties share the derivative equally.
   *
   * @param x the elements
   * @return a scalar
   * @throws ShapeException if a reduced axis is empty
   */
  public static Tensor min(Tensor x) {
    return min(x, allAxes(x), false);
  }

  /**
   * The smallest element; NaN if any is NaN. Ties share the derivative equally.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   * @throws ShapeException if a reduced axis is empty
   */
  public static Tensor min(Tensor x, int... axes) {
    return min(x, axes, false);
  }

  /**
   * The smallest element; NaN if any is NaN. Ties share the derivative equally.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   * @throws ShapeException if a reduced axis is empty
   */
  public static Tensor min(Tensor x, int[] axes, boolean keepDims) {
    return reduce(Reduce.Kind.MIN, x, axes, keepDims);
  }

  /**
   * The arithmetic mean; NaN of nothing. Integers are refused.
   *
   * @param x the elements
   * @return a scalar
   */
  public static Tensor mean(Tensor x) {
    return mean(x, allAxes(x), false);
  }

  /**
   * The arithmetic mean; NaN of nothing. Integers are refused.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   */
  public static Tensor mean(Tensor x, int... axes) {
    return mean(x, axes, false);
  }

  /**
   * The arithmetic mean; NaN of nothing. Integers are refused.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   */
  public static Tensor mean(Tensor x, int[] axes, boolean keepDims) {
    if (!x.dtype().isFloating()) {
      throw new DTypeException(
          "mean: needs a floating dtype, got " + x.type() + "; convert it with astype");
    }
    mask("mean", x, axes);
    Tensor total = sum(x, axes, keepDims);
    int count = total.size() == 0 ? 1 : x.size() / total.size();
    return Elementwise.div(total, count);
  }

  /**
   * {@code log(sum(exp(x)))} without overflow; -infinity of nothing and where all are -infinity,
   * with derivative 0 there.
   *
   * @param x the elements
   * @return a scalar
   */
  public static Tensor logSumExp(Tensor x) {
    return logSumExp(x, allAxes(x), false);
  }

  /**
   * {@code log(sum(exp(x)))} without overflow; -infinity of nothing and where all are -infinity,
   * with derivative 0 there.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   */
  public static Tensor logSumExp(Tensor x, int... axes) {
    return logSumExp(x, axes, false);
  }

  /**
   * {@code log(sum(exp(x)))} without overflow; -infinity of nothing and where all are -infinity,
   * with derivative 0 there.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   */
  public static Tensor logSumExp(Tensor x, int[] axes, boolean keepDims) {
    long mask = mask("logSumExp", x, axes);
    return shaped(Bind.bind(new LogSumExp(mask), x), x, mask, keepDims);
  }

  /**
   * Whether every element is true, or not 0; true of nothing, NaN is not 0. No derivative.
   *
   * <pre>{@code
   * boolean sorted = all(x.get(Index.from(1)).ge(x.get(Index.to(-1)))).toBoolean();
   * }</pre>
   *
   * @param x the elements
   * @return a scalar
   */
  public static Tensor all(Tensor x) {
    return all(x, allAxes(x), false);
  }

  /**
   * Whether every element is true, or not 0; true of nothing, NaN is not 0. No derivative.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   */
  public static Tensor all(Tensor x, int... axes) {
    return all(x, axes, false);
  }

  /**
   * Whether every element is true, or not 0; true of nothing, NaN is not 0. No derivative.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   */
  public static Tensor all(Tensor x, int[] axes, boolean keepDims) {
    return reduce(Reduce.Kind.ALL, truth(x), axes, keepDims);
  }

  /**
   * Whether any element is true, or not 0; false of nothing, NaN is not 0. No derivative.
   *
   * @param x the elements
   * @return a scalar
   */
  public static Tensor any(Tensor x) {
    return any(x, allAxes(x), false);
  }

  /**
   * Whether any element is true, or not 0; false of nothing, NaN is not 0. No derivative.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   */
  public static Tensor any(Tensor x, int... axes) {
    return any(x, axes, false);
  }

  /**
   * Whether any element is true, or not 0; false of nothing, NaN is not 0. No derivative.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   */
  public static Tensor any(Tensor x, int[] axes, boolean keepDims) {
    return reduce(Reduce.Kind.ANY, truth(x), axes, keepDims);
  }

  /**
   * How many elements are true, or not 0, as INT64; NaN is not 0. No derivative.
   *
   * @param x the elements
   * @return a scalar
   */
  public static Tensor countNonZero(Tensor x) {
    return countNonZero(x, allAxes(x), false);
  }

  /**
   * How many elements are true, or not 0, as INT64; NaN is not 0. No derivative.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   */
  public static Tensor countNonZero(Tensor x, int... axes) {
    return countNonZero(x, axes, false);
  }

  /**
   * How many elements are true, or not 0, as INT64; NaN is not 0. No derivative.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   */
  public static Tensor countNonZero(Tensor x, int[] axes, boolean keepDims) {
    mask("countNonZero", x, axes);
    return sum(truth(x), axes, keepDims);
  }

  /**
   * The Euclidean norm {@code sqrt(sum(x^2))}, safe from overflow and underflow of the squares; 0
   * of nothing, NaN if any element is NaN.
   *
   * <p>Derivative {@code <x, dx> / norm(x)}, and by convention 0 at 0, in every order. So {@code
   * norm(x).pow(2)} has the Hessian 0 there instead of {@code 2 I}: for a square of the norm write
   * {@code sum(square(x))}, which is smooth. Norms of other orders are {@link Norms#vectorNorm}.
   *
   * <pre>{@code
   * Tensor r = norm(tensor(3, 4));   // 5.0
   * }</pre>
   *
   * @param x the elements
   * @return a scalar
   */
  public static Tensor norm(Tensor x) {
    return norm(x, allAxes(x), false);
  }

  /**
   * The Euclidean norm, safe from overflow; 0 of nothing; derivatives of every order 0 at 0, where
   * {@code sum(square(x))} is the smooth form of its square.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   */
  public static Tensor norm(Tensor x, int... axes) {
    return norm(x, axes, false);
  }

  /**
   * The Euclidean norm, safe from overflow; 0 of nothing; derivatives of every order 0 at 0, where
   * {@code sum(square(x))} is the smooth form of its square.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   */
  public static Tensor norm(Tensor x, int[] axes, boolean keepDims) {
    long mask = mask("norm", x, axes);
    return shaped(Bind.bind(new Norm(mask), x), x, mask, keepDims);
  }

  /**
   * {@code exp(x) / sum(exp(x))} along one axis or several, without overflow. An element of
   * -infinity gives 0; all of them, or one of +infinity or NaN, make the results along the axis
   * NaN. An empty axis stays empty.
   *
   * <p>Derivative {@code s (dx - <s, dx>)} with s the result, summed along the axis.
   *
   * <pre>{@code
   * Tensor s = softmax(tensor(0, 0), 0);   // [0.5 0.5]
   * }</pre>
   *
   * @param x the elements
   * @param axis the axis along which the results sum to 1
   * @param more further axes, if they sum to 1 over several
   * @return the result, of the shape of x
   */
  public static Tensor softmax(Tensor x, int axis, int... more) {
    int[] axes = joined(axis, more);
    Tensor exponentials = Elementwise.exp(shifted("softmax", x, axes));
    return Elementwise.div(exponentials, sum(exponentials, axes, true));
  }

  /**
   * {@code x - log(sum(exp(x)))} along one axis or several: {@code log(softmax(x))}, accurate where
   * softmax underflows. An element of -infinity gives -infinity; all of them, or one of +infinity
   * or NaN, make the results along the axis NaN.
   *
   * <p>Derivative {@code dx - <softmax(x), dx>}, summed along the axis.
   *
   * <pre>{@code
   * Tensor l = logSoftmax(tensor(0, -1000), 0);   // [0. -1000.]
   * }</pre>
   *
   * @param x the elements
   * @param axis the axis along which the exponentials of the results sum to 1
   * @param more further axes, if they sum to 1 over several
   * @return the result, of the shape of x
   */
  public static Tensor logSoftmax(Tensor x, int axis, int... more) {
    int[] axes = joined(axis, more);
    Tensor shifted = shifted("logSoftmax", x, axes);
    return Elementwise.sub(shifted, logSumExp(shifted, axes, true));
  }

  private static int[] joined(int axis, int[] more) {
    int[] axes = new int[more.length + 1];
    axes[0] = axis;
    System.arraycopy(more, 0, axes, 1, more.length);
    return axes;
  }

  /** x minus its maximum along the axes, which carries no derivative since it cancels. */
  private static Tensor shifted(String operation, Tensor x, int[] axes) {
    if (!x.dtype().isFloating()) {
      throw new DTypeException(operation + ": needs a floating dtype, got " + x.type());
    }
    mask(operation, x, axes);
    for (int axis : axes) {
      if (x.shape().extent(axis) == 0) {
        return x;
      }
    }
    return Elementwise.sub(x, max(Elementwise.stopGradient(x), axes, true));
  }

  /**
   * A shape in which some axes were reduced and kept with extent 1.
   *
   * @param shape the shape before
   * @param axes bit i is set when axis i was reduced
   * @return the shape after
   */
  public static Shape kept(Shape shape, long axes) {
    int[] extents = shape.toArray();
    for (int axis = 0; axis < extents.length; axis++) {
      if ((axes >>> axis & 1) != 0) {
        extents[axis] = 1;
      }
    }
    return Shape.of(extents);
  }

  private static Tensor truth(Tensor x) {
    return x.dtype() == DType.BOOL ? x : Comparisons.ne(x, 0);
  }

  private static Tensor reduce(Reduce.Kind kind, Tensor x, int[] axes, boolean keepDims) {
    long mask = mask(kind.label(), x, axes);
    return shaped(Bind.bind(new Reduce(kind, mask), x), x, mask, keepDims);
  }

  private static Tensor shaped(Tensor result, Tensor x, long mask, boolean keepDims) {
    return keepDims ? Shapes.reshape(result, kept(x.shape(), mask)) : result;
  }

  static int[] allAxes(Tensor x) {
    int[] axes = x.rank() == 0 ? NONE : new int[x.rank()];
    for (int axis = 0; axis < axes.length; axis++) {
      axes[axis] = axis;
    }
    return axes;
  }

  static long mask(String operation, Tensor x, int[] axes) {
    long mask = 0;
    for (int axis : axes) {
      long bit = 1L << x.shape().axis(operation, axis);
      if ((mask & bit) != 0) {
        throw new ShapeException(
            operation + ": axis " + axis + " of " + x.type() + " is named twice");
      }
      mask |= bit;
    }
    return mask;
  }
}
