package dini.linalg.dense;

/** The choice between a vector and its negative, so that results do not depend on the algorithm. */
final class Signs {
  private Signs() {}

  /**
   * The sign of the first component that is not zero up to rounding, of a unit vector whose {@code
   * n} components stand {@code step} apart.
   */
  static double of(double[] vector, int offset, int step, int n) {
    double rounding = n * Math.ulp(1.0);
    for (int i = 0; i < n; i++) {
      double component = vector[offset + i * step];
      if (Math.abs(component) > rounding) {
        return Math.signum(component);
      }
    }
    return 1;
  }
}
