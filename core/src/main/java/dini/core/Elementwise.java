package dini.core;

import dini.core.primitive.Binary;
import dini.core.primitive.StopGradient;
import dini.core.primitive.Unary;
import dini.core.trace.Bind;

/**
 * Operations on corresponding elements. Operands of two broadcast as in NumPy: axes are aligned
 * from the last, an extent of 1 or a missing axis repeats. Both must have one dtype; a {@code
 * double} literal takes the tensor's. Arithmetic is that of IEEE 754: NaN and infinities propagate.
 *
 * <p>An operation costs one pass over its elements and the memory of its result. Error bounds are
 * in units in the last place (ulp) of the dtype; tests hold those of FLOAT64 against an oracle of
 * 40 digits. Of FLOAT32, {@code exp}, {@code log}, {@code sin}, {@code cos}, {@code tanh}, {@code
 * sechSquared} and {@code sigmoid} are computed in its own arithmetic, with these bounds for every
 * float, the others in double and rounded, within 1 ulp. Where a result overflows or vanishes is
 * said of FLOAT64.
 *
 * <p>More functions of elements are in {@link Powers}, {@link Trigonometric}, {@link Special} and
 * {@link Activations}.
 *
 * <p>Functions other than arithmetic need a floating dtype. Errors: {@link DTypeException} and
 * {@link ShapeException}, naming the operation and what came.
 */
public final class Elementwise {
  private Elementwise() {}

  /**
   * {@code -x}. Also for integers.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor neg(Tensor x) {
    return Bind.bind(Unary.NEG, x);
  }

  /**
   * {@code |x|}. Derivative sign(x), 0 at 0. Also for integers.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor abs(Tensor x) {
    return Bind.bind(Unary.ABS, x);
  }

  /**
   * -1, 0 or 1; sign(-0) is -0. Derivative 0. Also for integers.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor sign(Tensor x) {
    return Bind.bind(Unary.SIGN, x);
  }

  /**
   * {@code x * x}. Also for integers.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor square(Tensor x) {
    return Bind.bind(Unary.SQUARE, x);
  }

  /**
   * {@code 1 / x}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor reciprocal(Tensor x) {
    return Bind.bind(Unary.RECIPROCAL, x);
  }

  /**
   * The square root, correctly rounded; NaN for negative x. Derivative +infinity at 0; see {@code
   * norm} for a form that is safe there.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor sqrt(Tensor x) {
    return Bind.bind(Unary.SQRT, x);
  }

  /**
   * {@code e^x}: 0 below -745.14, infinite above 709.79. Within 1 ulp. Derivative {@code e^x}, the
   * result itself.
   *
   * <pre>{@code
   * Tensor y = exp(tensor(0, 1));   // [1. 2.71828183]
   * }</pre>
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor exp(Tensor x) {
    return Bind.bind(Unary.EXP, x);
  }

  /**
   * {@code e^x - 1}, accurate near 0, where the difference would cancel; -1 at -infinity. Within 2
   * ulp. Derivative {@code e^x}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor expm1(Tensor x) {
    return Bind.bind(Unary.EXPM1, x);
  }

  /**
   * The natural logarithm; -infinity at 0 and -0, NaN for negative x. Within 1 ulp. Derivative
   * {@code 1 / x}, infinite at 0; {@link Comparisons#safeWhere} keeps such points out.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor log(Tensor x) {
    return Bind.bind(Unary.LOG, x);
  }

  /**
   * {@code log(1 + x)}, accurate near 0, where the sum would round x away; -infinity at -1, NaN
   * below. Within 1 ulp. Derivative {@code 1 / (1 + x)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor log1p(Tensor x) {
    return Bind.bind(Unary.LOG1P, x);
  }

  /**
   * The sine, of radians, for every finite argument; NaN at the infinities. Within 1 ulp.
   * Derivative {@code cos(x)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor sin(Tensor x) {
    return Bind.bind(Unary.SIN, x);
  }

  /**
   * The cosine, of radians, for every finite argument; NaN at the infinities. Within 1 ulp.
   * Derivative {@code -sin(x)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor cos(Tensor x) {
    return Bind.bind(Unary.COS, x);
  }

  /**
   * The hyperbolic tangent; 1 and -1 at the infinities. Within 2 ulp. Derivative {@link
   * #sechSquared}, accurate in the tails, where {@code 1 - tanh(x)^2} has no digits left.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor tanh(Tensor x) {
    return Bind.bind(Unary.TANH, x);
  }

  /**
   * {@code 1 / cosh(x)^2}, the derivative of tanh; 0 at the infinities. Within 3 ulp. Derivative
   * {@code -2 tanh(x) / cosh(x)^2}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor sechSquared(Tensor x) {
    return Bind.bind(Unary.SECH_SQUARED, x);
  }

  /**
   * {@code 1 / (1 + e^-x)}; 0 at -infinity, 1 at +infinity. Within 2.5 ulp. Derivative {@code
   * sigmoid(x) sigmoid(-x)}, accurate in both tails.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor sigmoid(Tensor x) {
    return Bind.bind(Unary.SIGMOID, x);
  }

  /**
   * {@code log(1 + e^x)}, without overflow; 0 at -infinity. Within 2 ulp. Derivative {@code
   * sigmoid(x)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor softplus(Tensor x) {
    return Bind.bind(Unary.SOFTPLUS, x);
  }

  /**
   * max(x, 0). Derivative 0 at 0. Also for integers.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor relu(Tensor x) {
    return Bind.bind(Unary.RELU, x);
  }

  /**
   * The largest integer not above x. Derivative 0.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor floor(Tensor x) {
    return Bind.bind(Unary.FLOOR, x);
  }

  /**
   * The smallest integer not below x. Derivative 0.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor ceil(Tensor x) {
    return Bind.bind(Unary.CEIL, x);
  }

  /**
   * The nearest integer, halves to even. Derivative 0.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor round(Tensor x) {
    return Bind.bind(Unary.ROUND, x);
  }

  /**
   * {@code x + y}. Also for integers.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor add(Tensor x, Tensor y) {
    return Bind.bind(Binary.ADD, x, y);
  }

  /**
   * {@code x + y}. Also for integers.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return the result, of the shape of x
   */
  public static Tensor add(Tensor x, double y) {
    return Bind.bind(Binary.ADD, x, Tensors.literal("add", y, x));
  }

  /**
   * {@code x + y}. Also for integers.
   *
   * @param x the first argument, in the dtype of y
   * @param y the second argument
   * @return the result, of the shape of y
   */
  public static Tensor add(double x, Tensor y) {
    return Bind.bind(Binary.ADD, Tensors.literal("add", x, y), y);
  }

  /**
   * {@code x - y}. Also for integers.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor sub(Tensor x, Tensor y) {
    return Bind.bind(Binary.SUB, x, y);
  }

  /**
   * {@code x - y}. Also for integers.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return the result, of the shape of x
   */
  public static Tensor sub(Tensor x, double y) {
    return Bind.bind(Binary.SUB, x, Tensors.literal("sub", y, x));
  }

  /**
   * {@code x - y}. Also for integers.
   *
   * @param x the first argument, in the dtype of y
   * @param y the second argument
   * @return the result, of the shape of y
   */
  public static Tensor sub(double x, Tensor y) {
    return Bind.bind(Binary.SUB, Tensors.literal("sub", x, y), y);
  }

  /**
   * {@code x * y}. Also for integers.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor mul(Tensor x, Tensor y) {
    return Bind.bind(Binary.MUL, x, y);
  }

  /**
   * {@code x * y}. Also for integers.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return the result, of the shape of x
   */
  public static Tensor mul(Tensor x, double y) {
    return Bind.bind(Binary.MUL, x, Tensors.literal("mul", y, x));
  }

  /**
   * {@code x * y}. Also for integers.
   *
   * @param x the first argument, in the dtype of y
   * @param y the second argument
   * @return the result, of the shape of y
   */
  public static Tensor mul(double x, Tensor y) {
    return Bind.bind(Binary.MUL, Tensors.literal("mul", x, y), y);
  }

  /**
   * {@code x / y}. Integers are refused: convert them first.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor div(Tensor x, Tensor y) {
    return Bind.bind(Binary.DIV, x, y);
  }

  /**
   * {@code x / y}. Integers are refused: convert them first.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return the result, of the shape of x
   */
  public static Tensor div(Tensor x, double y) {
    return Bind.bind(Binary.DIV, x, Tensors.literal("div", y, x));
  }

  /**
   * {@code x / y}. Integers are refused: convert them first.
   *
   * @param x the first argument, in the dtype of y
   * @param y the second argument
   * @return the result, of the shape of y
   */
  public static Tensor div(double x, Tensor y) {
    return Bind.bind(Binary.DIV, Tensors.literal("div", x, y), y);
  }

  /**
   * The larger; NaN if either is NaN; the maximum of 0 and -0 is +0. At ties each argument takes
   * half of the derivative. Also for integers.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor maximum(Tensor x, Tensor y) {
    return Bind.bind(Binary.MAXIMUM, x, y);
  }

  /**
   * The larger; NaN if either is NaN; the maximum of 0 and -0 is +0. At ties each argument takes
   * half of the derivative. Also for integers.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return the result, of the shape of x
   */
  public static Tensor maximum(Tensor x, double y) {
    return Bind.bind(Binary.MAXIMUM, x, Tensors.literal("maximum", y, x));
  }

  /**
   * The larger; NaN if either is NaN; the maximum of 0 and -0 is +0. At ties each argument takes
   * half of the derivative. Also for integers.
   *
   * @param x the first argument, in the dtype of y
   * @param y the second argument
   * @return the result, of the shape of y
   */
  public static Tensor maximum(double x, Tensor y) {
    return Bind.bind(Binary.MAXIMUM, Tensors.literal("maximum", x, y), y);
  }

  /**
   * The smaller; NaN if either is NaN; the minimum of 0 and -0 is -0. At ties each argument takes
   * half of the derivative. Also for integers.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor minimum(Tensor x, Tensor y) {
    return Bind.bind(Binary.MINIMUM, x, y);
  }

  /**
   * The smaller; NaN if either is NaN; the minimum of 0 and -0 is -0. At ties each argument takes
   * half of the derivative. Also for integers.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return the result, of the shape of x
   */
  public static Tensor minimum(Tensor x, double y) {
    return Bind.bind(Binary.MINIMUM, x, Tensors.literal("minimum", y, x));
  }

  /**
   * The smaller; NaN if either is NaN; the minimum of 0 and -0 is -0. At ties each argument takes
   * half of the derivative. Also for integers.
   *
   * @param x the first argument, in the dtype of y
   * @param y the second argument
   * @return the result, of the shape of y
   */
  public static Tensor minimum(double x, Tensor y) {
    return Bind.bind(Binary.MINIMUM, Tensors.literal("minimum", x, y), y);
  }

  /**
   * X^y; pow(x, 0) = pow(1, y) = 1 even for NaN, and pow(-1, ±infinity) = 1; NaN where x is
   * negative and y no integer. Within 1 ulp. Derivatives y x^(y-1) and x^y log x; at x = 0 the
   * second is 0, and at (0, 0) both are. Also for integers, modulo 2^32 or 2^64, where a negative
   * exponent is an error.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor pow(Tensor x, Tensor y) {
    return Bind.bind(Binary.POW, x, y);
  }

  /**
   * X^y; pow(x, 0) = pow(1, y) = 1 even for NaN, and pow(-1, ±infinity) = 1; NaN where x is
   * negative and y no integer. Within 1 ulp. Derivatives y x^(y-1) and x^y log x; at x = 0 the
   * second is 0, and at (0, 0) both are. Also for integers, modulo 2^32 or 2^64, where a negative
   * exponent is an error.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return the result, of the shape of x
   */
  public static Tensor pow(Tensor x, double y) {
    return Bind.bind(Binary.POW, x, Tensors.literal("pow", y, x));
  }

  /**
   * X^y; pow(x, 0) = pow(1, y) = 1 even for NaN, and pow(-1, ±infinity) = 1; NaN where x is
   * negative and y no integer. Within 1 ulp. Derivatives y x^(y-1) and x^y log x; at x = 0 the
   * second is 0, and at (0, 0) both are. Also for integers, modulo 2^32 or 2^64, where a negative
   * exponent is an error.
   *
   * @param x the first argument, in the dtype of y
   * @param y the second argument
   * @return the result, of the shape of y
   */
  public static Tensor pow(double x, Tensor y) {
    return Bind.bind(Binary.POW, Tensors.literal("pow", x, y), y);
  }

  /**
   * {@code x - floor(x / y) y}: the remainder of the sign of y, also where it is 0, as in NumPy;
   * exact but for one rounding, NaN for y = 0. Derivatives 1 and {@code -floor(x / y)}. Also for
   * integers, where a divisor of 0 is an error.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor mod(Tensor x, Tensor y) {
    return Bind.bind(Binary.MOD, x, y);
  }

  /**
   * {@code x - floor(x / y) y}: the remainder of the sign of y, also where it is 0, as in NumPy;
   * exact but for one rounding, NaN for y = 0. Derivatives 1 and {@code -floor(x / y)}. Also for
   * integers, where a divisor of 0 is an error.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return the result, of the shape of x
   */
  public static Tensor mod(Tensor x, double y) {
    return Bind.bind(Binary.MOD, x, Tensors.literal("mod", y, x));
  }

  /**
   * {@code floor(x / y)} of the exact quotient, as in NumPy; {@code x / y} for y = 0. Derivative 0.
   * Also for integers, where a divisor of 0 is an error and the least one divided by -1 wraps.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor floorDiv(Tensor x, Tensor y) {
    return Bind.bind(Binary.FLOOR_DIV, x, y);
  }

  /**
   * {@code floor(x / y)} of the exact quotient, as in NumPy; {@code x / y} for y = 0. Derivative 0.
   * Also for integers, where a divisor of 0 is an error and the least one divided by -1 wraps.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return the result, of the shape of x
   */
  public static Tensor floorDiv(Tensor x, double y) {
    return Bind.bind(Binary.FLOOR_DIV, x, Tensors.literal("floorDiv", y, x));
  }

  /**
   * {@code |x|} with the sign of y, also of a zero; NaN counts as positive. Derivatives 1 or -1, as
   * the sign is kept or turned, and 0.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor copySign(Tensor x, Tensor y) {
    return Bind.bind(Binary.COPY_SIGN, x, y);
  }

  /**
   * The elements held between two bounds: {@code min(max(x, low), high)}. At a bound the derivative
   * is 1/2.
   *
   * @param x the argument
   * @param low the smallest value
   * @param high the largest value
   * @return the result, of the shape and dtype of x
   * @throws IllegalArgumentException if {@code low > high}
   */
  public static Tensor clip(Tensor x, double low, double high) {
    if (low > high) {
      throw new IllegalArgumentException("clip: low " + low + " is above high " + high);
    }
    return clip(x, Tensors.literal("clip", low, x), Tensors.literal("clip", high, x));
  }

  /**
   * The elements held between two bounds: {@code min(max(x, low), high)}, of the common shape; high
   * where {@code low > high}. At a bound x and the bound take half of the derivative each.
   *
   * @param x the argument
   * @param low the smallest values
   * @param high the largest values
   * @return the result
   */
  public static Tensor clip(Tensor x, Tensor low, Tensor high) {
    TensorType least = Binary.MAXIMUM.type("clip", x.type(), low.type());
    Binary.MINIMUM.type("clip", least, high.type());
    return minimum(maximum(x, low), high);
  }

  /**
   * The identity, with derivatives of every order zero.
   *
   * @param x the argument
   * @return x
   */
  public static Tensor stopGradient(Tensor x) {
    return Bind.bind(StopGradient.STOP_GRADIENT, x);
  }
}
