package dini.core.primitive;

import static dini.core.Comparisons.lt;
import static dini.core.Comparisons.where;
import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.add;
import static dini.core.Elementwise.clip;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.neg;
import static dini.core.Elementwise.reciprocal;
import static dini.core.Elementwise.sechSquared;
import static dini.core.Elementwise.sigmoid;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.sub;
import static dini.core.Powers.rsqrt;

import dini.core.Special;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Trigonometric;

/**
 * Derivatives of {@link Unary} that are longer than a line.
 *
 * <p>Those of saturating functions are products of x and what vanishes: x is clipped where that has
 * underflowed already, so that no order of derivative meets infinity times zero.
 */
final class Slopes {
  static final double LOG_2 = 0.6931471805599453;
  static final double LOG_10 = 2.302585092994046;
  static final double HALF_ROOT_PI = 0.886226925452758;

  private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;
  private static final double ROOT_HALF = 0.7071067811865476;
  private static final double ROOT_TWO_OVER_PI = 0.7978845608028654;
  private static final double NORMAL_DENSITY_AT_ZERO = 0.3989422804014327;

  /** What the approximation of Hendrycks and Gimpel multiplies the cube with. */
  private static final double CUBIC = 0.044715;

  private Slopes() {}

  /**
   * {@code 1 - x^2}: the product {@code (1 - x) (1 + x)} keeps its digits at both ends, the
   * difference those of its derivative, -2x, about 0.
   */
  private static Tensor oneLessSquare(Tensor x) {
    Tensor product = mul(sub(1, x), add(x, 1));
    return where(lt(abs(x), 0.5), sub(1, square(x)), product);
  }

  /** {@code 1 / sqrt(1 - x^2)}. */
  static Tensor asin(Tensor x) {
    return rsqrt(oneLessSquare(x));
  }

  /** {@code 1 / sqrt(1 + x^2)}, where the square would overflow too. */
  static Tensor asinh(Tensor x) {
    return reciprocal(Trigonometric.hypot(x, Tensors.full(1, x.dtype())));
  }

  /** {@code 1 / sqrt((x - 1) (x + 1))}: two roots, since the product overflows. */
  static Tensor acosh(Tensor x) {
    return mul(rsqrt(sub(x, 1)), rsqrt(add(x, 1)));
  }

  /** {@code 1 / (1 - x^2)}. */
  static Tensor atanh(Tensor x) {
    return reciprocal(oneLessSquare(x));
  }

  /** {@code 2 / sqrt(pi) exp(-x^2)}. */
  static Tensor erf(Tensor x) {
    return mul(exp(neg(square(clip(x, -28, 28)))), TWO_OVER_ROOT_PI);
  }

  /** {@code s(x) + x s'(x)} with the sigmoid s. */
  static Tensor silu(Tensor x) {
    return add(sigmoid(x), mul(clip(x, -800, 800), sigmoidSlope(x)));
  }

  private static Tensor sigmoidSlope(Tensor x) {
    return mul(sechSquared(mul(x, 0.5)), 0.25);
  }

  /** {@code P(Z < x) + x p(x)} with the density p of a normal Z. */
  static Tensor gelu(Tensor x) {
    Tensor distribution = mul(Special.erfc(mul(x, -ROOT_HALF)), 0.5);
    Tensor held = clip(x, -40, 40);
    Tensor density = mul(exp(mul(square(held), -0.5)), NORMAL_DENSITY_AT_ZERO);
    return add(distribution, mul(held, density));
  }

  /** {@code s(u) + x s'(u) u'} with {@code u = 2 sqrt(2 / pi) (x + 0.044715 x^3)}. */
  static Tensor geluTanh(Tensor x) {
    Tensor held = clip(x, -30, 30);
    Tensor square = square(held);
    Tensor u = mul(mul(held, add(mul(square, CUBIC), 1)), 2 * ROOT_TWO_OVER_PI);
    Tensor slope = mul(add(mul(square, 3 * CUBIC), 1), 2 * ROOT_TWO_OVER_PI);
    return add(sigmoid(u), mul(mul(held, sigmoidSlope(u)), slope));
  }
}
