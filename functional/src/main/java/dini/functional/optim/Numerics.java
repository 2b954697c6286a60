package dini.functional.optim;

import static dini.core.Comparisons.where;

import dini.core.Elementwise;
import dini.core.Tensor;

/** Roots and quotients as optimizers need them: without NaN where a gradient is 0. */
final class Numerics {
  private Numerics() {}

  /**
   * The square root of what is not negative but for rounding, with derivative 0 at 0.
   *
   * <p>That is the right one in {@code m / (root(v) + eps)}: v is 0 only where all gradients were,
   * where m is 0 and so the derivative with respect to v. NaN stays NaN.
   */
  static Tensor root(Tensor x) {
    Tensor none = x.le(0);
    return where(none, 0, Elementwise.sqrt(where(none, 1, x)));
  }

  /** {@code x / y}, and 0 with derivative 0 where y is 0. */
  static Tensor quotient(Tensor x, Tensor y) {
    Tensor none = y.eq(0);
    return where(none, 0, x.div(where(none, 1, y)));
  }

  /** Whether it is known to be this number. */
  static boolean isConstant(Hyperparameter hyperparameter, double number) {
    return hyperparameter instanceof Hyperparameter.Constant constant && constant.value() == number;
  }

  /** Whether it is known to be positive. */
  static boolean isPositive(Hyperparameter hyperparameter) {
    return hyperparameter instanceof Hyperparameter.Constant constant && constant.value() > 0;
  }

  /** {@code x / (root(square) + eps)}. */
  static Tensor overRoot(Tensor x, Tensor square, Hyperparameter eps, Tensor epsilon) {
    Tensor divisor = root(square).add(epsilon);
    return isPositive(eps) ? x.div(divisor) : quotient(x, divisor);
  }

  /** {@code x / sqrt(square + eps)} of a square that is not negative but for rounding. */
  static Tensor underRoot(Tensor x, Tensor square, Hyperparameter eps, Tensor epsilon) {
    return isPositive(eps)
        ? x.div(Elementwise.sqrt(square.add(epsilon)))
        : quotient(x, root(square.add(epsilon)));
  }
}
