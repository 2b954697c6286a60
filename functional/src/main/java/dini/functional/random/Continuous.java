package dini.functional.random;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Shape;
import dini.core.Special;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.kernel.RandomKernel;
import dini.functional.primitive.Draw;

/**
 * Random floating numbers. Each function takes a key (see the page of this package), and the shape
 * of the result or its type; without a type it is FLOAT64. Elements are independent of each other,
 * and the first ones do not depend on how many there are.
 */
public final class Continuous {
  private Continuous() {}

  private static Tensor draw(RandomKernel law, String operation, Key key, TensorType type) {
    requireFloating(operation, type);
    return new Draw(law, type.shape(), type.dtype()).bind(key.single(operation));
  }

  private static void requireFloating(String operation, TensorType type) {
    if (!type.dtype().isFloating()) {
      throw new DTypeException(operation + ": expected a floating dtype, got " + type);
    }
  }

  private static TensorType float64(String operation, int... extents) {
    return new TensorType(Shape.of(operation, extents), DType.FLOAT64);
  }

  /**
   * Uniform numbers in [0, 1): the multiples of 2^-53, all as likely.
   *
   * @param key the key, which is used up
   * @param extents the shape; none for a scalar
   * @return a FLOAT64 tensor
   */
  public static Tensor uniform(Key key, int... extents) {
    return uniform(key, float64("uniform", extents));
  }

  /**
   * Uniform numbers in [0, 1): the multiples of 2^-53, for FLOAT32 of 2^-24, all as likely.
   *
   * @param key the key, which is used up
   * @param type shape and dtype
   * @return a tensor of that type
   * @throws DTypeException if the dtype is not floating
   */
  public static Tensor uniform(Key key, TensorType type) {
    return draw(RandomKernel.UNIFORM, "uniform", key, type);
  }

  /**
   * Uniform numbers in [min, max).
   *
   * @param key the key, which is used up
   * @param shape the shape
   * @param min the least number
   * @param max the bound, which no number reaches
   * @return a FLOAT64 tensor
   * @throws IllegalArgumentException unless {@code min < max} and their difference is finite
   */
  public static Tensor uniform(Key key, Shape shape, double min, double max) {
    return uniform(key, new TensorType(shape, DType.FLOAT64), min, max);
  }

  /**
   * Uniform numbers in [min, max).
   *
   * @param key the key, which is used up
   * @param type shape and dtype
   * @param min the least number; for FLOAT32 rounded to it
   * @param max the bound, which no number reaches; for FLOAT32 rounded to it
   * @return a tensor of that type
   * @throws IllegalArgumentException unless {@code min < max} and their difference is finite, in
   *     the dtype
   * @throws DTypeException if the dtype is not floating
   */
  public static Tensor uniform(Key key, TensorType type, double min, double max) {
    boolean narrow = type.dtype() == DType.FLOAT32;
    double low = narrow ? (float) min : min;
    double high = narrow ? (float) max : max;
    double width = narrow ? (float) high - (float) low : high - low;
    if (!(low < high) || Double.isInfinite(width)) {
      throw new IllegalArgumentException(
          "uniform: expected min < max at a finite distance, got " + min + " and " + max);
    }
    // rounding the product and the sum may reach the bound
    double last = narrow ? Math.nextDown((float) high) : Math.nextDown(high);
    return Elementwise.minimum(uniform(key, type).mul(width).add(low), last);
  }

  /**
   * Normal numbers of mean 0 and variance 1, by inversion of the distribution function (Wichura,
   * Algorithm AS 241, 1988): symmetric about 0, and up to 9.1 in magnitude (6.3 for FLOAT32).
   *
   * <pre>{@code
   * Tensor sample = mean.add(std.mul(normal(key, 3)));   // differentiable in mean and std
   * }</pre>
   *
   * @param key the key, which is used up
   * @param extents the shape; none for a scalar
   * @return a FLOAT64 tensor
   */
  public static Tensor normal(Key key, int... extents) {
    return normal(key, float64("normal", extents));
  }

  /**
   * Normal numbers of mean 0 and variance 1.
   *
   * @param key the key, which is used up
   * @param type shape and dtype
   * @return a tensor of that type
   * @throws DTypeException if the dtype is not floating
   * @see #normal(Key, int...)
   */
  public static Tensor normal(Key key, TensorType type) {
    return draw(RandomKernel.NORMAL, "normal", key, type);
  }

  /**
   * Normal numbers of mean 0 and variance 1 that lie between two bounds, by inversion: {@code
   * sqrt(2) erfInv(U)} with U uniform between {@code erf(lower / sqrt(2))} and {@code erf(upper /
   * sqrt(2))}.
   *
   * @param key the key, which is used up
   * @param lower the least number; may be minus infinity
   * @param upper the largest number; may be infinity
   * @param extents the shape; none for a scalar
   * @return a FLOAT64 tensor
   * @throws IllegalArgumentException as {@link #truncatedNormal(Key, double, double, TensorType)}
   */
  public static Tensor truncatedNormal(Key key, double lower, double upper, int... extents) {
    return truncatedNormal(key, lower, upper, float64("truncatedNormal", extents));
  }

  /**
   * Normal numbers of mean 0 and variance 1 that lie between two bounds.
   *
   * @param key the key, which is used up
   * @param lower the least number; may be minus infinity
   * @param upper the largest number; may be infinity
   * @param type shape and dtype
   * @return a tensor of that type
   * @throws IllegalArgumentException unless {@code lower < upper} and the bounds enclose a
   *     probability of 1e-6 (1e-3 for FLOAT32) or more: further out in a tail, inversion has no
   *     digits left
   * @throws DTypeException if the dtype is not floating
   */
  public static Tensor truncatedNormal(Key key, double lower, double upper, TensorType type) {
    requireFloating("truncatedNormal", type);
    key.single("truncatedNormal");
    Tensor ends = Special.erf(Tensors.tensor(lower, upper).div(Math.sqrt(2)));
    double from = ends.item(0);
    double to = ends.item(1);
    double least = type.dtype() == DType.FLOAT32 ? 1e-3 : 1e-6;
    if (!(lower < upper) || to - from < 2 * least) {
      throw new IllegalArgumentException(
          "truncatedNormal: expected lower < upper with a probability of "
              + least
              + " or more between them, got "
              + lower
              + " and "
              + upper);
    }
    Tensor x = Special.erfInv(uniform(key, type, from, to)).mul(Math.sqrt(2));
    return Elementwise.minimum(Elementwise.maximum(x, lower), upper);
  }

  /**
   * Exponential numbers of mean 1, {@code -log(1 - U)} with U uniform: positive, at most 45.1 (22.9
   * for FLOAT32).
   *
   * @param key the key, which is used up
   * @param extents the shape; none for a scalar
   * @return a FLOAT64 tensor
   */
  public static Tensor exponential(Key key, int... extents) {
    return exponential(key, float64("exponential", extents));
  }

  /**
   * Exponential numbers of mean 1.
   *
   * @param key the key, which is used up
   * @param type shape and dtype
   * @return a tensor of that type
   * @throws DTypeException if the dtype is not floating
   */
  public static Tensor exponential(Key key, TensorType type) {
    return draw(RandomKernel.EXPONENTIAL, "exponential", key, type);
  }

  /**
   * Numbers of the standard Gumbel distribution, {@code -log(-log U)} with U uniform, whose
   * distribution function is {@code exp(-exp(-x))}: from -3.8 to 45.1 (-3.2 to 22.9 for FLOAT32).
   * Mean 0.5772 (Euler's constant), variance π²/6.
   *
   * @param key the key, which is used up
   * @param extents the shape; none for a scalar
   * @return a FLOAT64 tensor
   */
  public static Tensor gumbel(Key key, int... extents) {
    return gumbel(key, float64("gumbel", extents));
  }

  /**
   * Numbers of the standard Gumbel distribution.
   *
   * @param key the key, which is used up
   * @param type shape and dtype
   * @return a tensor of that type
   * @throws DTypeException if the dtype is not floating
   */
  public static Tensor gumbel(Key key, TensorType type) {
    return draw(RandomKernel.GUMBEL, "gumbel", key, type);
  }
}
