package dini.core.kernel;

/**
 * {@code sigmoid} and {@code softplus}: straight-line code over {@link Exponential} and {@link
 * Logarithm}, to be copied operation by operation.
 */
final class Logistic {

  private Logistic() {}

  /** {@code 1 / (1 + exp(-x))}, of full relative accuracy for negative x too. */
  static double sigmoid(double x) {
    double e = Exponential.exp(-Math.abs(x));
    return (x < 0.0 ? e : 1.0) / (1.0 + e);
  }

  /** {@code log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|))}. */
  static double softplus(double x) {
    return Math.max(x, 0.0) + Logarithm.log1p(Exponential.exp(-Math.abs(x)));
  }
}
