package dini.core;

/**
 * Variance and standard deviation over axes, of floating tensors. The mean is taken out before
 * squares are summed, and before that the first element, so that the digits of a small spread
 * around a large mean are kept, and a constant has variance 0 exactly.
 *
 * <p>The divisor is {@code n - ddof} for n elements; where that is not positive, as of nothing, the
 * result is NaN.
 */
public final class Statistics {
  private Statistics() {}

  /**
   * The variance {@code sum((x - mean(x))^2) / n}; NaN of nothing.
   *
   * <p>Derivative {@code 2 <x - mean(x), dx> / n}.
   *
   * <pre>{@code
   * Tensor v = var(tensor(1, 2, 3, 4));   // 1.25
   * }</pre>
   *
   * @param x the elements
   * @return a scalar
   */
  public static Tensor var(Tensor x) {
    return var(x, Reductions.allAxes(x), false, 0);
  }

  /**
   * The variance {@code sum((x - mean(x))^2) / n}; NaN of nothing.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   */
  public static Tensor var(Tensor x, int... axes) {
    return var(x, axes, false, 0);
  }

  /**
   * The variance {@code sum((x - mean(x))^2) / n}; NaN of nothing.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   */
  public static Tensor var(Tensor x, int[] axes, boolean keepDims) {
    return var(x, axes, keepDims, 0);
  }

  /**
   * The variance {@code sum((x - mean(x))^2) / (n - ddof)}; NaN if {@code n <= ddof}.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @param ddof the delta degrees of freedom: 0 for a population, 1 for a sample of one
   * @return the result
   */
  public static Tensor var(Tensor x, int[] axes, boolean keepDims, int ddof) {
    Tensor squares = Elementwise.square(centred("var", x, axes));
    return Elementwise.div(Reductions.sum(squares, axes, keepDims), divisor(x, axes, ddof));
  }

  /**
   * The standard deviation {@code sqrt(var(x))}, safe from overflow of the squares; NaN of nothing.
   *
   * <p>Derivative {@code <x - mean(x), dx> / (n std(x))}, and by convention 0 of a constant, in
   * every order.
   *
   * <pre>{@code
   * Tensor s = std(tensor(1, 3));   // 1.0
   * }</pre>
   *
   * @param x the elements
   * @return a scalar
   */
  public static Tensor std(Tensor x) {
    return std(x, Reductions.allAxes(x), false, 0);
  }

  /**
   * The standard deviation {@code sqrt(var(x))}; derivatives of a constant are 0.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @return the result, without those axes
   */
  public static Tensor std(Tensor x, int... axes) {
    return std(x, axes, false, 0);
  }

  /**
   * The standard deviation {@code sqrt(var(x))}; derivatives of a constant are 0.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the result
   */
  public static Tensor std(Tensor x, int[] axes, boolean keepDims) {
    return std(x, axes, keepDims, 0);
  }

  /**
   * The standard deviation {@code sqrt(var(x, ddof))}; derivatives of a constant are 0. NaN if
   * {@code n <= ddof}.
   *
   * @param x the elements
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @param ddof the delta degrees of freedom: 0 for a population, 1 for a sample of one
   * @return the result
   */
  public static Tensor std(Tensor x, int[] axes, boolean keepDims, int ddof) {
    Tensor size = Reductions.norm(centred("std", x, axes), axes, keepDims);
    return Elementwise.div(size, Math.sqrt(divisor(x, axes, ddof)));
  }

  /** The deviations from the mean; exactly 0 of a constant, whose mean may not be exact. */
  private static Tensor centred(String operation, Tensor x, int[] axes) {
    if (!x.dtype().isFloating()) {
      throw new DTypeException(
          operation + ": needs a floating dtype, got " + x.type() + "; convert it with astype");
    }
    Tensor shifted = Elementwise.sub(x, Elementwise.stopGradient(first(operation, x, axes)));
    return Elementwise.sub(shifted, Reductions.mean(shifted, axes, true));
  }

  private static Tensor first(String operation, Tensor x, int[] axes) {
    long mask = Reductions.mask(operation, x, axes);
    Index[] indices = new Index[x.rank()];
    for (int axis = 0; axis < indices.length; axis++) {
      indices[axis] = (mask >>> axis & 1) != 0 ? Index.to(1) : Index.all();
    }
    return Shapes.slice(x, indices);
  }

  private static double divisor(Tensor x, int[] axes, int ddof) {
    int count = 1;
    for (int axis : axes) {
      count *= x.shape().extent(axis);
    }
    return count > ddof ? count - ddof : Double.NaN;
  }
}
