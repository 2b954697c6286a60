package dini.core;

import dini.core.primitive.Binary;
import dini.core.primitive.Unary;
import dini.core.trace.Bind;

/**
 * Trigonometric and hyperbolic functions, their inverses, and polar coordinates, element by
 * element; {@link Elementwise} has sin, cos and tanh. Angles are in radians. Operands of two
 * broadcast and bounds are meant as there; FLOAT32 is computed in double and rounded.
 *
 * <p>Errors: {@link DTypeException} for a dtype that is not floating and {@link ShapeException},
 * naming the operation and what came.
 */
public final class Trigonometric {
  private Trigonometric() {}

  /**
   * The tangent, for every finite argument; NaN at the infinities. Within 2 ulp. Derivative {@code
   * 1 + tan(x)^2}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor tan(Tensor x) {
    return Bind.bind(Unary.TAN, x);
  }

  /**
   * The angle in [-π/2, π/2] whose sine is x; NaN beyond 1. Within 1 ulp. Derivative {@code 1 /
   * sqrt((1 - x) (1 + x))}, infinite at both ends.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor asin(Tensor x) {
    return Bind.bind(Unary.ASIN, x);
  }

  /**
   * The angle in [0, π] whose cosine is x; NaN beyond 1. Within 1 ulp. Derivative {@code -1 /
   * sqrt((1 - x) (1 + x))}, infinite at both ends.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor acos(Tensor x) {
    return Bind.bind(Unary.ACOS, x);
  }

  /**
   * The angle in [-π/2, π/2] whose tangent is x. Within 1 ulp. Derivative {@code 1 / (1 + x^2)}.
   * See {@link #atan2} for all directions of the plane.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor atan(Tensor x) {
    return Bind.bind(Unary.ATAN, x);
  }

  /**
   * {@code (e^x - e^-x) / 2}; infinite beyond 710.48. Within 2 ulp. Derivative {@code cosh(x)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor sinh(Tensor x) {
    return Bind.bind(Unary.SINH, x);
  }

  /**
   * {@code (e^x + e^-x) / 2}; infinite beyond 710.48. Within 2 ulp. Derivative {@code sinh(x)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor cosh(Tensor x) {
    return Bind.bind(Unary.COSH, x);
  }

  /**
   * The inverse of sinh, {@code log(x + sqrt(x^2 + 1))}, without cancellation or overflow. Within 2
   * ulp. Derivative {@code 1 / sqrt(x^2 + 1)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor asinh(Tensor x) {
    return Bind.bind(Unary.ASINH, x);
  }

  /**
   * The inverse of cosh, {@code log(x + sqrt(x^2 - 1))}, without overflow; NaN below 1. Within 2.5
   * ulp. Derivative {@code 1 / sqrt((x - 1) (x + 1))}, infinite at 1.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor acosh(Tensor x) {
    return Bind.bind(Unary.ACOSH, x);
  }

  /**
   * The inverse of tanh, {@code log((1 + x) / (1 - x)) / 2}; infinite at 1 and -1, NaN beyond.
   * Within 2 ulp. Derivative {@code 1 / ((1 - x) (1 + x))}, infinite at both ends.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor atanh(Tensor x) {
    return Bind.bind(Unary.ATANH, x);
  }

  /**
   * The angle in [-π, π] from the positive x-axis to the point (x, y), as {@link StrictMath#atan2},
   * with its signs of zero: {@code atan2(0, -1) = π}, {@code atan2(-0.0, -1) = -π}. Within 2 ulp.
   * Derivatives {@code x / (x^2 + y^2)} in y and {@code -y / (x^2 + y^2)} in x, without overflow;
   * NaN at the origin.
   *
   * <pre>{@code
   * Tensor angle = atan2(tensor(1, -1), tensor(0, -1));   // [1.57079633 -2.35619449]
   * }</pre>
   *
   * @param y the ordinates
   * @param x the abscissae
   * @return the angles, of the common shape
   */
  public static Tensor atan2(Tensor y, Tensor x) {
    return Bind.bind(Binary.ATAN2, y, x);
  }

  /**
   * {@code sqrt(x^2 + y^2)}, where the squares over- or underflow too; infinite if either argument
   * is, even beside NaN. Within 1 ulp. Derivatives {@code x / hypot(x, y)} and {@code y / hypot(x,
   * y)}; 0 at the origin, in every order. See {@link Reductions#norm} for more components.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor hypot(Tensor x, Tensor y) {
    return Bind.bind(Binary.HYPOT, x, y);
  }
}
