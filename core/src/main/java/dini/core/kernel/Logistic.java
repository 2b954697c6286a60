package dini.core.kernel;

/**
 * {@code sigmoid} and {@code softplus}: straight-line code over {@link Exponential} and {@link
 * Logarithm}, to be copied operation by operation.
 */
final class Logistic {

  /** {@code 2 sqrt(2 / pi)}. */
  static final double STEEPNESS = 2.0 * 0.7978845608028654;

  private Logistic() {}

  /** {@code 1 / (1 + exp(-x))}, of full relative accuracy for negative x too. */
  static double sigmoid(double x) {
    double e = Exponential.exp(-Math.abs(x));
    return (x < 0.0 ? e : 1.0) / (1.0 + e);
  }

  /** {@code x sigmoid(x)}; -0 at -infinity, the limit. */
  static double silu(double x) {
    return x < -750.0 ? -0.0 : x * sigmoid(x);
  }

  /** {@code x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2}, by sigmoid; -0 at -infinity. */
  static double geluTanh(double x) {
    return x < -30.0 ? -0.0 : x * sigmoid(STEEPNESS * (x + 0.044715 * (x * x * x)));
  }

  /** {@code log(exp(x) + exp(y))}, also where both are the same infinity. */
  static double logAddExp(double x, double y) {
    double larger = Math.max(x, y);
    double gap = x == y ? 0.0 : Math.abs(x - y);
    return larger + Logarithm.log1p(Exponential.exp(-gap));
  }

  /** {@code log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|))}. */
  static double softplus(double x) {
    return Math.max(x, 0.0) + Logarithm.log1p(Exponential.exp(-Math.abs(x)));
  }
}
