package dini.core.kernel;

/**
 * Sums and dot products of contiguous ranges in the order that the package documentation states.
 */
final class ScalarSums {
  static final int LANES = 32;

  static final int BLOCK = 32768;

  private ScalarSums() {}

  /**
   * Fewer than 32 elements: the lanes above the eighth stay +0, which changes nothing but a sum of
   * -0, which underflow can leave.
   */
  private static double sumShort(double[] x, int xo, int n) {
    int eights = xo + (n & -8);
    double a = 0;
    double b = 0;
    double c = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    double k = 0;
    for (int i = xo; i < eights; i += 8) {
      a = a + x[i];
      b = b + x[i + 1];
      c = c + x[i + 2];
      e = e + x[i + 3];
      f = f + x[i + 4];
      g = g + x[i + 5];
      h = h + x[i + 6];
      k = k + x[i + 7];
    }
    double s = ((a + f) + (c + h)) + ((b + g) + (e + k)) + 0;
    for (int i = eights; i < xo + n; i++) {
      s = s + x[i];
    }
    return s;
  }

  static double sum(double[] x, int xo, int n) {
    if (n < LANES) {
      return sumShort(x, xo, n);
    }
    if (n <= BLOCK) {
      return sumBlock(x, xo, n);
    }
    double[] parts = new double[(n - 1) / BLOCK + 1];
    for (int b = 0; b < parts.length; b++) {
      int from = b * BLOCK;
      parts[b] = sumBlock(x, xo + from, Math.min(BLOCK, n - from));
    }
    return tree(parts);
  }

  private static double sumBlock(double[] x, int xo, int n) {
    int eights = xo + (n & -8);
    double s = 0;
    if (n >= 8) {
      double[] lanes = new double[LANES];
      int groups = xo + (n & -LANES);
      for (int lane = 0; lane < LANES; lane += 8) {
        sumLanes(x, xo + lane, groups, lanes, lane);
      }
      for (int i = groups; i < eights; i += 8) {
        for (int j = 0; j < 8; j++) {
          lanes[j] = lanes[j] + x[i + j];
        }
      }
      s = fold(lanes);
    }
    for (int i = eights; i < xo + n; i++) {
      s = s + x[i];
    }
    return s;
  }

  /** Eight neighbouring lanes in registers, over all groups of 32. */
  private static void sumLanes(double[] x, int from, int to, double[] lanes, int lane) {
    double a = 0;
    double b = 0;
    double c = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    double k = 0;
    for (int i = from; i < to; i += LANES) {
      a = a + x[i];
      b = b + x[i + 1];
      c = c + x[i + 2];
      e = e + x[i + 3];
      f = f + x[i + 4];
      g = g + x[i + 5];
      h = h + x[i + 6];
      k = k + x[i + 7];
    }
    lanes[lane] = a;
    lanes[lane + 1] = b;
    lanes[lane + 2] = c;
    lanes[lane + 3] = e;
    lanes[lane + 4] = f;
    lanes[lane + 5] = g;
    lanes[lane + 6] = h;
    lanes[lane + 7] = k;
  }

  /**
   * Fewer than 32 elements: the lanes above the eighth stay +0, which changes nothing but a sum of
   * -0, which underflow can leave.
   */
  private static double dotShort(double[] x, int xo, double[] y, int yo, int n) {
    int d = yo - xo;
    int eights = xo + (n & -8);
    double a = 0;
    double b = 0;
    double c = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    double k = 0;
    for (int i = xo; i < eights; i += 8) {
      a = Math.fma(x[i], y[d + i], a);
      b = Math.fma(x[i + 1], y[d + i + 1], b);
      c = Math.fma(x[i + 2], y[d + i + 2], c);
      e = Math.fma(x[i + 3], y[d + i + 3], e);
      f = Math.fma(x[i + 4], y[d + i + 4], f);
      g = Math.fma(x[i + 5], y[d + i + 5], g);
      h = Math.fma(x[i + 6], y[d + i + 6], h);
      k = Math.fma(x[i + 7], y[d + i + 7], k);
    }
    double s = ((a + f) + (c + h)) + ((b + g) + (e + k)) + 0;
    for (int i = eights; i < xo + n; i++) {
      s = Math.fma(x[i], y[d + i], s);
    }
    return s;
  }

  static double dot(double[] x, int xo, double[] y, int yo, int n) {
    if (n < LANES) {
      return dotShort(x, xo, y, yo, n);
    }
    if (n <= BLOCK) {
      return dotBlock(x, xo, y, yo, n);
    }
    double[] parts = new double[(n - 1) / BLOCK + 1];
    for (int b = 0; b < parts.length; b++) {
      int from = b * BLOCK;
      parts[b] = dotBlock(x, xo + from, y, yo + from, Math.min(BLOCK, n - from));
    }
    return tree(parts);
  }

  private static double dotBlock(double[] x, int xo, double[] y, int yo, int n) {
    int d = yo - xo;
    int eights = xo + (n & -8);
    double s = 0;
    if (n >= 8) {
      double[] lanes = new double[LANES];
      int groups = xo + (n & -LANES);
      for (int lane = 0; lane < LANES; lane += 8) {
        dotLanes(x, y, d, xo + lane, groups, lanes, lane);
      }
      for (int i = groups; i < eights; i += 8) {
        for (int j = 0; j < 8; j++) {
          lanes[j] = Math.fma(x[i + j], y[d + i + j], lanes[j]);
        }
      }
      s = fold(lanes);
    }
    for (int i = eights; i < xo + n; i++) {
      s = Math.fma(x[i], y[d + i], s);
    }
    return s;
  }

  /** Eight neighbouring lanes in registers, over all groups of 32. */
  private static void dotLanes(
      double[] x, double[] y, int d, int from, int to, double[] lanes, int lane) {
    double a = 0;
    double b = 0;
    double c = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    double k = 0;
    for (int i = from; i < to; i += LANES) {
      a = Math.fma(x[i], y[d + i], a);
      b = Math.fma(x[i + 1], y[d + i + 1], b);
      c = Math.fma(x[i + 2], y[d + i + 2], c);
      e = Math.fma(x[i + 3], y[d + i + 3], e);
      f = Math.fma(x[i + 4], y[d + i + 4], f);
      g = Math.fma(x[i + 5], y[d + i + 5], g);
      h = Math.fma(x[i + 6], y[d + i + 6], h);
      k = Math.fma(x[i + 7], y[d + i + 7], k);
    }
    lanes[lane] = a;
    lanes[lane + 1] = b;
    lanes[lane + 2] = c;
    lanes[lane + 3] = e;
    lanes[lane + 4] = f;
    lanes[lane + 5] = g;
    lanes[lane + 6] = h;
    lanes[lane + 7] = k;
  }

  private static double fold(double[] l) {
    for (int j = 0; j < 16; j++) {
      l[j] += l[j + 16];
    }
    for (int j = 0; j < 8; j++) {
      l[j] += l[j + 8];
    }
    return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]));
  }

  /** Adds neighbours until one is left; an odd last one moves up as it is. */
  static double tree(double[] parts) {
    int count = parts.length;
    while (count > 1) {
      int pairs = count / 2;
      for (int i = 0; i < pairs; i++) {
        parts[i] = parts[2 * i] + parts[2 * i + 1];
      }
      if (count % 2 == 1) {
        parts[pairs] = parts[count - 1];
      }
      count -= pairs;
    }
    return parts[0];
  }

  /**
   * Fewer than 32 elements: the lanes above the eighth stay +0, which changes nothing but a sum of
   * -0, which underflow can leave.
   */
  private static float sumShort(float[] x, int xo, int n) {
    int eights = xo + (n & -8);
    float a = 0;
    float b = 0;
    float c = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    float k = 0;
    for (int i = xo; i < eights; i += 8) {
      a = a + x[i];
      b = b + x[i + 1];
      c = c + x[i + 2];
      e = e + x[i + 3];
      f = f + x[i + 4];
      g = g + x[i + 5];
      h = h + x[i + 6];
      k = k + x[i + 7];
    }
    float s = ((a + f) + (c + h)) + ((b + g) + (e + k)) + 0;
    for (int i = eights; i < xo + n; i++) {
      s = s + x[i];
    }
    return s;
  }

  static float sum(float[] x, int xo, int n) {
    if (n < LANES) {
      return sumShort(x, xo, n);
    }
    if (n <= BLOCK) {
      return sumBlock(x, xo, n);
    }
    float[] parts = new float[(n - 1) / BLOCK + 1];
    for (int b = 0; b < parts.length; b++) {
      int from = b * BLOCK;
      parts[b] = sumBlock(x, xo + from, Math.min(BLOCK, n - from));
    }
    return tree(parts);
  }

  private static float sumBlock(float[] x, int xo, int n) {
    int eights = xo + (n & -8);
    float s = 0;
    if (n >= 8) {
      float[] lanes = new float[LANES];
      int groups = xo + (n & -LANES);
      for (int lane = 0; lane < LANES; lane += 8) {
        sumLanes(x, xo + lane, groups, lanes, lane);
      }
      for (int i = groups; i < eights; i += 8) {
        for (int j = 0; j < 8; j++) {
          lanes[j] = lanes[j] + x[i + j];
        }
      }
      s = fold(lanes);
    }
    for (int i = eights; i < xo + n; i++) {
      s = s + x[i];
    }
    return s;
  }

  /** Eight neighbouring lanes in registers, over all groups of 32. */
  private static void sumLanes(float[] x, int from, int to, float[] lanes, int lane) {
    float a = 0;
    float b = 0;
    float c = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    float k = 0;
    for (int i = from; i < to; i += LANES) {
      a = a + x[i];
      b = b + x[i + 1];
      c = c + x[i + 2];
      e = e + x[i + 3];
      f = f + x[i + 4];
      g = g + x[i + 5];
      h = h + x[i + 6];
      k = k + x[i + 7];
    }
    lanes[lane] = a;
    lanes[lane + 1] = b;
    lanes[lane + 2] = c;
    lanes[lane + 3] = e;
    lanes[lane + 4] = f;
    lanes[lane + 5] = g;
    lanes[lane + 6] = h;
    lanes[lane + 7] = k;
  }

  /**
   * Fewer than 32 elements: the lanes above the eighth stay +0, which changes nothing but a sum of
   * -0, which underflow can leave.
   */
  private static float dotShort(float[] x, int xo, float[] y, int yo, int n) {
    int d = yo - xo;
    int eights = xo + (n & -8);
    float a = 0;
    float b = 0;
    float c = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    float k = 0;
    for (int i = xo; i < eights; i += 8) {
      a = Math.fma(x[i], y[d + i], a);
      b = Math.fma(x[i + 1], y[d + i + 1], b);
      c = Math.fma(x[i + 2], y[d + i + 2], c);
      e = Math.fma(x[i + 3], y[d + i + 3], e);
      f = Math.fma(x[i + 4], y[d + i + 4], f);
      g = Math.fma(x[i + 5], y[d + i + 5], g);
      h = Math.fma(x[i + 6], y[d + i + 6], h);
      k = Math.fma(x[i + 7], y[d + i + 7], k);
    }
    float s = ((a + f) + (c + h)) + ((b + g) + (e + k)) + 0;
    for (int i = eights; i < xo + n; i++) {
      s = Math.fma(x[i], y[d + i], s);
    }
    return s;
  }

  static float dot(float[] x, int xo, float[] y, int yo, int n) {
    if (n < LANES) {
      return dotShort(x, xo, y, yo, n);
    }
    if (n <= BLOCK) {
      return dotBlock(x, xo, y, yo, n);
    }
    float[] parts = new float[(n - 1) / BLOCK + 1];
    for (int b = 0; b < parts.length; b++) {
      int from = b * BLOCK;
      parts[b] = dotBlock(x, xo + from, y, yo + from, Math.min(BLOCK, n - from));
    }
    return tree(parts);
  }

  private static float dotBlock(float[] x, int xo, float[] y, int yo, int n) {
    int d = yo - xo;
    int eights = xo + (n & -8);
    float s = 0;
    if (n >= 8) {
      float[] lanes = new float[LANES];
      int groups = xo + (n & -LANES);
      for (int lane = 0; lane < LANES; lane += 8) {
        dotLanes(x, y, d, xo + lane, groups, lanes, lane);
      }
      for (int i = groups; i < eights; i += 8) {
        for (int j = 0; j < 8; j++) {
          lanes[j] = Math.fma(x[i + j], y[d + i + j], lanes[j]);
        }
      }
      s = fold(lanes);
    }
    for (int i = eights; i < xo + n; i++) {
      s = Math.fma(x[i], y[d + i], s);
    }
    return s;
  }

  /** Eight neighbouring lanes in registers, over all groups of 32. */
  private static void dotLanes(
      float[] x, float[] y, int d, int from, int to, float[] lanes, int lane) {
    float a = 0;
    float b = 0;
    float c = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    float k = 0;
    for (int i = from; i < to; i += LANES) {
      a = Math.fma(x[i], y[d + i], a);
      b = Math.fma(x[i + 1], y[d + i + 1], b);
      c = Math.fma(x[i + 2], y[d + i + 2], c);
      e = Math.fma(x[i + 3], y[d + i + 3], e);
      f = Math.fma(x[i + 4], y[d + i + 4], f);
      g = Math.fma(x[i + 5], y[d + i + 5], g);
      h = Math.fma(x[i + 6], y[d + i + 6], h);
      k = Math.fma(x[i + 7], y[d + i + 7], k);
    }
    lanes[lane] = a;
    lanes[lane + 1] = b;
    lanes[lane + 2] = c;
    lanes[lane + 3] = e;
    lanes[lane + 4] = f;
    lanes[lane + 5] = g;
    lanes[lane + 6] = h;
    lanes[lane + 7] = k;
  }

  private static float fold(float[] l) {
    for (int j = 0; j < 16; j++) {
      l[j] += l[j + 16];
    }
    for (int j = 0; j < 8; j++) {
      l[j] += l[j + 8];
    }
    return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]));
  }

  /** Adds neighbours until one is left; an odd last one moves up as it is. */
  static float tree(float[] parts) {
    int count = parts.length;
    while (count > 1) {
      int pairs = count / 2;
      for (int i = 0; i < pairs; i++) {
        parts[i] = parts[2 * i] + parts[2 * i + 1];
      }
      if (count % 2 == 1) {
        parts[pairs] = parts[count - 1];
      }
      count -= pairs;
    }
    return parts[0];
  }
}
