package dini.linalg.dense;

/** Scaling by powers of two, which keeps every digit and keeps squares in range. */
final class Scaling {
  private Scaling() {}

  /**
   * The power of two next below the largest magnitude of some finite numbers; 1 if all are zero.
   */
  static double of(double[] a) {
    double largest = 0;
    for (double value : a) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest == 0
        ? 1
        : Math.scalb(1.0, Math.max(Math.getExponent(largest), Double.MIN_EXPONENT));
  }

  static double[] divided(double[] a, double scale) {
    double[] scaled = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      scaled[i] = a[i] / scale;
    }
    return scaled;
  }

  static void multiply(double[] a, double scale) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= scale;
    }
  }
}
