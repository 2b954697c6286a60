package dini.core;

import dini.core.primitive.Cumulate;
import dini.core.trace.Bind;

/**
 * Running sums, products and extremes along an axis: each result combines the elements up to its
 * own place, that one included. With {@code reverse} the scan begins at the end of the axis, and
 * each result combines the elements from its place on. An empty axis stays empty.
 *
 * <p>The order is that of the scan, one element after the other, rounded at each step: the same
 * bits on every machine. A derivative costs as much as another scan, or two.
 *
 * <p>Errors: {@link ShapeException} if there is no such axis, {@link DTypeException} if elements of
 * that dtype cannot be combined.
 */
public final class Cumulative {
  private Cumulative() {}

  /**
   * Running sums {@code y[i] = x[0] + … + x[i]}. Those of BOOL count, as INT64; those of integers
   * keep their dtype. The error is at most i roundings of the sum of magnitudes.
   *
   * <pre>{@code
   * Tensor y = cumSum(tensor(1, 2, 3), 0);   // [1. 3. 6.]
   * }</pre>
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @return the result, of the shape of x
   */
  public static Tensor cumSum(Tensor x, int axis) {
    return cumSum(x, axis, false);
  }

  /**
   * As {@link #cumSum(Tensor, int)}, from the end of the axis if {@code reverse}.
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @param reverse whether to begin at the end of the axis
   * @return the result, of the shape of x
   */
  public static Tensor cumSum(Tensor x, int axis, boolean reverse) {
    return scan(Cumulate.Kind.SUM, x, axis, reverse);
  }

  /**
   * Running products {@code y[i] = x[0] … x[i]}. Those of BOOL are INT64; those of integers keep
   * their dtype.
   *
   * <p>Derivative by the recurrence {@code dy[i] = x[i] dy[i - 1] + y[i - 1] dx[i]}, which is right
   * at zeros, in every order.
   *
   * <pre>{@code
   * Tensor y = cumProd(tensor(2, 0, 3), 0);   // [2. 0. 0.]
   * }</pre>
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @return the result, of the shape of x
   */
  public static Tensor cumProd(Tensor x, int axis) {
    return cumProd(x, axis, false);
  }

  /**
   * As {@link #cumProd(Tensor, int)}, from the end of the axis if {@code reverse}.
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @param reverse whether to begin at the end of the axis
   * @return the result, of the shape of x
   */
  public static Tensor cumProd(Tensor x, int axis, boolean reverse) {
    return scan(Cumulate.Kind.PROD, x, axis, reverse);
  }

  /**
   * Running maxima; NaN from the first NaN on. Not for BOOL.
   *
   * <p>The derivative is that of the element that is the maximum: of equal ones (0 equals -0) the
   * one that the scan met first.
   *
   * <pre>{@code
   * Tensor y = cumMax(tensor(1, 3, 2), 0);   // [1. 3. 3.]
   * }</pre>
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @return the result, of the shape of x
   */
  public static Tensor cumMax(Tensor x, int axis) {
    return cumMax(x, axis, false);
  }

  /**
   * As {@link #cumMax(Tensor, int)}, from the end of the axis if {@code reverse}.
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @param reverse whether to begin at the end of the axis
   * @return the result, of the shape of x
   */
  public static Tensor cumMax(Tensor x, int axis, boolean reverse) {
    return scan(Cumulate.Kind.MAX, x, axis, reverse);
  }

  /**
   * Running minima; NaN from the first NaN on. Not for BOOL.
   *
   * <p>The derivative is that of the element that is the minimum: of equal ones (0 equals -0) the
   * one that the scan met first.
   *
   * <pre>{@code
   * Tensor y = cumMin(tensor(3, 1, 2), 0);   // [3. 1. 1.]
   * }</pre>
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @return the result, of the shape of x
   */
  public static Tensor cumMin(Tensor x, int axis) {
    return cumMin(x, axis, false);
  }

  /**
   * As {@link #cumMin(Tensor, int)}, from the end of the axis if {@code reverse}.
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @param reverse whether to begin at the end of the axis
   * @return the result, of the shape of x
   */
  public static Tensor cumMin(Tensor x, int axis, boolean reverse) {
    return scan(Cumulate.Kind.MIN, x, axis, reverse);
  }

  /**
   * Running {@code y[i] = log(exp(x[0]) + … + exp(x[i]))} without overflow; -infinity while all are
   * -infinity. For floating dtypes; FLOAT32 is computed in double and rounded. Each step adds an
   * error of about 2 ulp.
   *
   * <p>Derivative {@code sum of exp(x[j] - y[i]) dx[j]} over the elements up to i, and 0 while all
   * are -infinity; after an element of +infinity it is NaN.
   *
   * <pre>{@code
   * Tensor y = cumLogSumExp(tensor(0, 0), 0);   // [0. 0.69314718]
   * }</pre>
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @return the result, of the shape of x
   */
  public static Tensor cumLogSumExp(Tensor x, int axis) {
    return cumLogSumExp(x, axis, false);
  }

  /**
   * As {@link #cumLogSumExp(Tensor, int)}, from the end of the axis if {@code reverse}.
   *
   * @param x the elements
   * @param axis the axis, negative from the end
   * @param reverse whether to begin at the end of the axis
   * @return the result, of the shape of x
   */
  public static Tensor cumLogSumExp(Tensor x, int axis, boolean reverse) {
    return scan(Cumulate.Kind.LOG_SUM_EXP, x, axis, reverse);
  }

  private static Tensor scan(Cumulate.Kind kind, Tensor x, int axis, boolean reverse) {
    int at = x.shape().axis(kind.label(), axis);
    return Bind.bind(new Cumulate(kind, at, reverse), x);
  }
}
