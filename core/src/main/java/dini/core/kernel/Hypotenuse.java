package dini.core.kernel;

/** The length of a vector of two. */
final class Hypotenuse {
  private Hypotenuse() {}

  /** {@code sqrt(x^2 + y^2)}: below 1 ulp; infinite if either is, even beside NaN. */
  static double of(double x, double y) {
    if (Double.isInfinite(x) || Double.isInfinite(y)) {
      return Double.POSITIVE_INFINITY;
    }
    double a = Math.max(Math.abs(x), Math.abs(y));
    double b = Math.min(Math.abs(x), Math.abs(y));
    if (b <= a * 0x1p-54) {
      return a + b;
    }
    if (a > 0x1p510) {
      return corrected(a * 0x1p-600, b * 0x1p-600) * 0x1p600;
    }
    if (b < 0x1p-459) {
      return corrected(a * 0x1p600, b * 0x1p600) * 0x1p-600;
    }
    return corrected(a, b);
  }

  /**
   * The square root and one step of Newton's method with the residual by fused operations: Borges,
   * Algorithm 1014: An Improved Algorithm for hypot(x, y), ACM TOMS 47 (2021).
   */
  private static double corrected(double a, double b) {
    double h = Math.sqrt(Math.fma(a, a, b * b));
    double hSquare = h * h;
    double aSquare = a * a;
    double residual =
        Math.fma(-b, b, hSquare - aSquare) + Math.fma(h, h, -hSquare) - Math.fma(a, a, -aSquare);
    return h - residual / (2.0 * h);
  }
}
