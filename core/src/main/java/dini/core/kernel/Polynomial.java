package dini.core.kernel;

/** Polynomials of doubles. */
final class Polynomial {
  private Polynomial() {}

  /** Horner's rule with fused steps; the highest coefficient comes first. */
  static double at(double x, double[] coefficients) {
    double y = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      y = Math.fma(y, x, coefficients[i]);
    }
    return y;
  }
}
