package dini.core;

/**
 * Norms of vectors in other orders than the Euclidean one, which is {@link
 * Reductions#norm(Tensor)}.
 */
public final class Norms {
  private Norms() {}

  /**
   * The norm {@code sum(|x|^p)^(1/p)} of all elements, 0 of nothing; see {@link #vectorNorm(Tensor,
   * double, int[], boolean)}.
   *
   * <pre>{@code
   * Tensor n = vectorNorm(tensor(3, -4), 1);   // 7.0
   * }</pre>
   *
   * @param x the elements
   * @param order the order p, positive; 1, 2 and {@link Double#POSITIVE_INFINITY} among others
   * @return a scalar
   * @throws IllegalArgumentException if the order is not positive
   */
  public static Tensor vectorNorm(Tensor x, double order) {
    return vectorNorm(x, order, Reductions.allAxes(x), false);
  }

  /**
   * The norm {@code sum(|x|^p)^(1/p)} over axes, 0 of nothing; see {@link #vectorNorm(Tensor,
   * double, int[], boolean)}.
   *
   * @param x the elements
   * @param order the order p, positive; 1, 2 and {@link Double#POSITIVE_INFINITY} among others
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   * @throws IllegalArgumentException if the order is not positive
   */
  public static Tensor vectorNorm(Tensor x, double order, int... axes) {
    return vectorNorm(x, order, axes, false);
  }

  /**
   * The norm {@code sum(|x|^p)^(1/p)} over axes; of order infinity the largest magnitude. It is 0
   * of nothing, NaN if any element is NaN; for p below 1 it is no norm, but the same formula.
   * Elements are divided by the largest magnitude before they are raised, so that no power
   * overflows.
   *
   * <p>Derivative {@code sum(sign(x) (|x| / norm)^(p - 1) dx)}. By convention it is 0 where all
   * elements are 0, except for the orders 1 and infinity, which are sums and maxima of {@code |x|}:
   * there each element has the slope 0 at 0, and ties of the maximum share equally. Where some
   * elements are 0, derivatives in these that are infinite (the first for p &lt; 1, the second for
   * 1 &lt; p &lt; 2) are NaN.
   *
   * <pre>{@code
   * Tensor rows = vectorNorm(x, Double.POSITIVE_INFINITY, new int[] {1}, true);
   * }</pre>
   *
   * @param x the elements
   * @param order the order p, positive; 1, 2 and {@link Double#POSITIVE_INFINITY} among others
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   * @throws IllegalArgumentException if the order is not positive
   */
  public static Tensor vectorNorm(Tensor x, double order, int[] axes, boolean keepDims) {
    if (!(order > 0)) {
      throw new IllegalArgumentException("vectorNorm: the order " + order + " is not positive");
    }
    if (!x.dtype().isFloating()) {
      throw new DTypeException("vectorNorm: needs a floating dtype, got " + x.type());
    }
    long mask = Reductions.mask("vectorNorm", x, axes);
    if (order == 2) {
      return Reductions.norm(x, axes, keepDims);
    }
    Tensor sizes = Elementwise.abs(x);
    if (order == 1) {
      return Reductions.sum(sizes, axes, keepDims);
    }
    Tensor norm = isEmpty(x, mask) ? Reductions.sum(sizes, axes, true) : of(sizes, order, axes);
    return keepDims || mask == 0 ? norm : Shapes.squeeze(norm, axes);
  }

  private static boolean isEmpty(Tensor x, long axes) {
    boolean empty = false;
    for (int axis = 0; axis < x.rank(); axis++) {
      empty |= (axes >>> axis & 1) != 0 && x.shape().extent(axis) == 0;
    }
    return empty;
  }

  private static Tensor of(Tensor sizes, double order, int[] axes) {
    Tensor largest = Reductions.max(sizes, axes, true);
    if (order == Double.POSITIVE_INFINITY) {
      return largest;
    }
    // a constant factor: that it depends on x cancels
    Tensor fixed = Elementwise.stopGradient(largest);
    Tensor positive = Comparisons.where(fixed.gt(0), fixed, 1);
    Tensor scale = Comparisons.where(fixed.lt(Double.POSITIVE_INFINITY), positive, 1);
    Tensor total = Reductions.sum(sizes.div(scale).pow(order), axes, true);
    Tensor root = Comparisons.safeWhere(total.ne(0), total, s -> s.pow(1 / order), 0);
    return root.mul(scale);
  }
}
