package dini.core;

import dini.core.primitive.Unary;
import dini.core.trace.Bind;

/**
 * Roots, powers and logarithms other than the natural ones of {@link Elementwise}, element by
 * element. Bounds are meant as there; FLOAT32 is computed in double and rounded.
 *
 * <p>Errors: {@link DTypeException} for a dtype that is not floating, naming the operation.
 */
public final class Powers {
  private Powers() {}

  /**
   * {@code 1 / sqrt(x)}: infinite at 0, of its sign, and NaN for negative x. Within 1.5 ulp.
   * Derivative {@code -rsqrt(x) / (2 x)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor rsqrt(Tensor x) {
    return Bind.bind(Unary.RSQRT, x);
  }

  /**
   * The cube root, also of negative x, exact for cubes. Within 0.6 ulp. Derivative {@code
   * cbrt(x)^-2 / 3}, +infinity at 0.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor cbrt(Tensor x) {
    return Bind.bind(Unary.CBRT, x);
  }

  /**
   * {@code 2^x}, exact for integers: 0 below -1075, infinite from 1024 up. Within 1 ulp. Derivative
   * {@code log(2) 2^x}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor exp2(Tensor x) {
    return Bind.bind(Unary.EXP2, x);
  }

  /**
   * The logarithm to base 2, exact for powers of two; -infinity at 0 and -0, NaN for negative x.
   * Within 0.51 ulp. Derivative {@code 1 / (x log(2))}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor log2(Tensor x) {
    return Bind.bind(Unary.LOG2, x);
  }

  /**
   * The logarithm to base 10, exact for powers of ten up to 1e22; -infinity at 0 and -0, NaN for
   * negative x. Within 0.51 ulp. Derivative {@code 1 / (x log(10))}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor log10(Tensor x) {
    return Bind.bind(Unary.LOG10, x);
  }
}
