package dini.core.kernel;

/** {@code sigmoid} of float in float arithmetic, by the steps of {@link Logistic}. */
final class Logistic32 {
  private Logistic32() {}

  /** {@code 1 / (1 + exp(-x))}, of full relative accuracy for negative x too: below 2.5 ulp. */
  static float sigmoid(float x) {
    float e = Exponential32.exp(-Math.abs(x));
    return (x < 0.0f ? e : 1.0f) / (1.0f + e);
  }
}
