package dini.core.kernel;

/** Euclidean norms and extremes of contiguous ranges. */
final class ScalarNorms {
  private ScalarNorms() {}

  static double nrm2(double[] x, int xo, int n) {
    double s = ScalarSums.dot(x, xo, x, xo, n);
    return isSafe(s) ? Math.sqrt(s) : scaled(x, xo, n);
  }

  /** Is this sum of squares one whose terms can neither have overflowed nor lost digits? */
  static boolean isSafe(double s) {
    return s >= 0x1p-900 && s <= 0x1p1000;
  }

  private static double scaled(double[] x, int xo, int n) {
    double largest = 0;
    for (int i = xo; i < xo + n; i++) {
      largest = Math.max(largest, Math.abs(x[i]));
    }
    if (largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    int e = Math.max(Math.getExponent(largest), Double.MIN_EXPONENT);
    double down = Math.scalb(1.0, -e);
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = x[xo + i] * down;
    }
    double root = Math.sqrt(ScalarSums.dot(y, 0, y, 0, n));
    return root * Math.scalb(1.0, e);
  }

  static double max(double[] x, int xo, int n) {
    double a = Double.NEGATIVE_INFINITY;
    double b = a;
    double c = a;
    double d = a;
    int i = xo;
    for (; i < xo + (n & -4); i += 4) {
      a = Math.max(a, x[i]);
      b = Math.max(b, x[i + 1]);
      c = Math.max(c, x[i + 2]);
      d = Math.max(d, x[i + 3]);
    }
    for (; i < xo + n; i++) {
      a = Math.max(a, x[i]);
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }

  static double amax(double[] x, int xo, int n) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = xo;
    for (; i < xo + (n & -4); i += 4) {
      a = Math.max(a, Math.abs(x[i]));
      b = Math.max(b, Math.abs(x[i + 1]));
      c = Math.max(c, Math.abs(x[i + 2]));
      d = Math.max(d, Math.abs(x[i + 3]));
    }
    for (; i < xo + n; i++) {
      a = Math.max(a, Math.abs(x[i]));
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }

  static double min(double[] x, int xo, int n) {
    double a = Double.POSITIVE_INFINITY;
    double b = a;
    double c = a;
    double d = a;
    int i = xo;
    for (; i < xo + (n & -4); i += 4) {
      a = Math.min(a, x[i]);
      b = Math.min(b, x[i + 1]);
      c = Math.min(c, x[i + 2]);
      d = Math.min(d, x[i + 3]);
    }
    for (; i < xo + n; i++) {
      a = Math.min(a, x[i]);
    }
    return Math.min(Math.min(a, b), Math.min(c, d));
  }

  static float nrm2(float[] x, int xo, int n) {
    float s = ScalarSums.dot(x, xo, x, xo, n);
    return isSafe(s) ? (float) Math.sqrt(s) : scaled(x, xo, n);
  }

  static boolean isSafe(float s) {
    return s >= 0x1p-100f && s <= 0x1p120f;
  }

  private static float scaled(float[] x, int xo, int n) {
    float largest = 0;
    for (int i = xo; i < xo + n; i++) {
      largest = Math.max(largest, Math.abs(x[i]));
    }
    if (largest == 0 || !Float.isFinite(largest)) {
      return largest;
    }
    int e = Math.max(Math.getExponent(largest), Float.MIN_EXPONENT);
    float down = Math.scalb(1.0f, -e);
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      y[i] = x[xo + i] * down;
    }
    float root = (float) Math.sqrt(ScalarSums.dot(y, 0, y, 0, n));
    return root * Math.scalb(1.0f, e);
  }

  static float max(float[] x, int xo, int n) {
    float a = Float.NEGATIVE_INFINITY;
    float b = a;
    float c = a;
    float d = a;
    int i = xo;
    for (; i < xo + (n & -4); i += 4) {
      a = Math.max(a, x[i]);
      b = Math.max(b, x[i + 1]);
      c = Math.max(c, x[i + 2]);
      d = Math.max(d, x[i + 3]);
    }
    for (; i < xo + n; i++) {
      a = Math.max(a, x[i]);
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }

  static float min(float[] x, int xo, int n) {
    float a = Float.POSITIVE_INFINITY;
    float b = a;
    float c = a;
    float d = a;
    int i = xo;
    for (; i < xo + (n & -4); i += 4) {
      a = Math.min(a, x[i]);
      b = Math.min(b, x[i + 1]);
      c = Math.min(c, x[i + 2]);
      d = Math.min(d, x[i + 3]);
    }
    for (; i < xo + n; i++) {
      a = Math.min(a, x[i]);
    }
    return Math.min(Math.min(a, b), Math.min(c, d));
  }
}
