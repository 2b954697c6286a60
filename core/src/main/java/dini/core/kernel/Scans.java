package dini.core.kernel;

/**
 * Running sums, products and extremes along the middle axis of contiguous (outer, n, inner) arrays.
 *
 * <p>The order is that of the axis, or from its end if {@code reverse}: the first result is the
 * first element, each next one is {@code out = op(out before, x)}, rounded at that step. Where
 * {@code inner} is above 1 a step is one pass over neighbouring elements. There is one
 * implementation, so that all machines give the same bits.
 */
public final class Scans {
  private static final double LN2 = 0x1.62e42fefa39efp-1;

  private Scans() {}

  private static AssertionError noScan(BinaryKernel op) {
    return new AssertionError(op + " is no scan");
  }

  /** {@code out[o, k, i] = op(out[o, k - 1, i], x[o, k, i])} for ADD, MUL, MAX and MIN. */
  public static void scan(
      BinaryKernel op, boolean reverse, double[] x, int outer, int n, int inner, double[] out) {
    int step = reverse ? -inner : inner;
    for (int o = 0; o < outer && n > 0; o++) {
      int at = (o * n + (reverse ? n - 1 : 0)) * inner;
      System.arraycopy(x, at, out, at, inner);
      if (inner == 1) {
        row(op, x, at, step, n, out);
        continue;
      }
      for (int k = 1; k < n; k++) {
        at += step;
        Kernels.chosen().binary(op, out, at - step, x, at, out, at, inner);
      }
    }
  }

  private static void row(BinaryKernel op, double[] x, int from, int step, int n, double[] out) {
    double s = x[from];
    int at = from;
    switch (op) {
      case ADD -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s += x[at];
          out[at] = s;
        }
      }
      case MUL -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s *= x[at];
          out[at] = s;
        }
      }
      case MAX -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s = Math.max(s, x[at]);
          out[at] = s;
        }
      }
      case MIN -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s = Math.min(s, x[at]);
          out[at] = s;
        }
      }
      default -> throw noScan(op);
    }
  }

  /** {@code out[o, k, i] = op(out[o, k - 1, i], x[o, k, i])} for ADD, MUL, MAX and MIN. */
  public static void scan(
      BinaryKernel op, boolean reverse, float[] x, int outer, int n, int inner, float[] out) {
    int step = reverse ? -inner : inner;
    for (int o = 0; o < outer && n > 0; o++) {
      int at = (o * n + (reverse ? n - 1 : 0)) * inner;
      System.arraycopy(x, at, out, at, inner);
      if (inner == 1) {
        row(op, x, at, step, n, out);
        continue;
      }
      for (int k = 1; k < n; k++) {
        at += step;
        Kernels.chosen().binary(op, out, at - step, x, at, out, at, inner);
      }
    }
  }

  private static void row(BinaryKernel op, float[] x, int from, int step, int n, float[] out) {
    float s = x[from];
    int at = from;
    switch (op) {
      case ADD -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s += x[at];
          out[at] = s;
        }
      }
      case MUL -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s *= x[at];
          out[at] = s;
        }
      }
      case MAX -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s = Math.max(s, x[at]);
          out[at] = s;
        }
      }
      case MIN -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s = Math.min(s, x[at]);
          out[at] = s;
        }
      }
      default -> throw noScan(op);
    }
  }

  /** {@code out[o, k, i] = op(out[o, k - 1, i], x[o, k, i])} for ADD, MUL, MAX and MIN. */
  public static void scan(
      BinaryKernel op, boolean reverse, int[] x, int outer, int n, int inner, int[] out) {
    int step = reverse ? -inner : inner;
    for (int o = 0; o < outer && n > 0; o++) {
      int at = (o * n + (reverse ? n - 1 : 0)) * inner;
      System.arraycopy(x, at, out, at, inner);
      if (inner == 1) {
        row(op, x, at, step, n, out);
        continue;
      }
      for (int k = 1; k < n; k++) {
        at += step;
        IntegerKernels.binary(op, out, at - step, x, at, out, at, inner);
      }
    }
  }

  private static void row(BinaryKernel op, int[] x, int from, int step, int n, int[] out) {
    int s = x[from];
    int at = from;
    switch (op) {
      case ADD -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s += x[at];
          out[at] = s;
        }
      }
      case MUL -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s *= x[at];
          out[at] = s;
        }
      }
      case MAX -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s = Math.max(s, x[at]);
          out[at] = s;
        }
      }
      case MIN -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s = Math.min(s, x[at]);
          out[at] = s;
        }
      }
      default -> throw noScan(op);
    }
  }

  /** {@code out[o, k, i] = op(out[o, k - 1, i], x[o, k, i])} for ADD, MUL, MAX and MIN. */
  public static void scan(
      BinaryKernel op, boolean reverse, long[] x, int outer, int n, int inner, long[] out) {
    int step = reverse ? -inner : inner;
    for (int o = 0; o < outer && n > 0; o++) {
      int at = (o * n + (reverse ? n - 1 : 0)) * inner;
      System.arraycopy(x, at, out, at, inner);
      if (inner == 1) {
        row(op, x, at, step, n, out);
        continue;
      }
      for (int k = 1; k < n; k++) {
        at += step;
        IntegerKernels.binary(op, out, at - step, x, at, out, at, inner);
      }
    }
  }

  private static void row(BinaryKernel op, long[] x, int from, int step, int n, long[] out) {
    long s = x[from];
    int at = from;
    switch (op) {
      case ADD -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s += x[at];
          out[at] = s;
        }
      }
      case MUL -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s *= x[at];
          out[at] = s;
        }
      }
      case MAX -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s = Math.max(s, x[at]);
          out[at] = s;
        }
      }
      case MIN -> {
        for (int k = 1; k < n; k++) {
          at += step;
          s = Math.min(s, x[at]);
          out[at] = s;
        }
      }
      default -> throw noScan(op);
    }
  }

  /**
   * {@code out[o, k, i] = log(exp(out[o, k - 1, i]) + exp(x[o, k, i]))}, computed as {@code larger
   * + log1p(exp(smaller - larger))}; -infinity twice gives -infinity, NaN gives NaN.
   */
  public static void logSumExp(
      boolean reverse, double[] x, int outer, int n, int inner, double[] out) {
    int step = reverse ? -inner : inner;
    for (int o = 0; o < outer && n > 0; o++) {
      int at = (o * n + (reverse ? n - 1 : 0)) * inner;
      System.arraycopy(x, at, out, at, inner);
      for (int k = 1; k < n; k++) {
        at += step;
        for (int i = at; i < at + inner; i++) {
          out[i] = logAddExp(out[i - step], x[i]);
        }
      }
    }
  }

  private static double logAddExp(double x, double y) {
    double larger = Math.max(x, y);
    // the difference of equal infinities would be NaN
    return x == y
        ? larger + LN2
        : larger + Logarithm.log1p(Exponential.exp(Math.min(x, y) - larger));
  }

  /**
   * {@code out[o, k, i] = a[o, k, i] * out[o, k - 1, i] + b[o, k, i]}, the product and the sum each
   * rounded; the first result is the first element of b.
   */
  public static void recurrence(
      boolean reverse, double[] a, double[] b, int outer, int n, int inner, double[] out) {
    int step = reverse ? -inner : inner;
    for (int o = 0; o < outer && n > 0; o++) {
      int at = (o * n + (reverse ? n - 1 : 0)) * inner;
      System.arraycopy(b, at, out, at, inner);
      for (int k = 1; k < n; k++) {
        at += step;
        for (int i = at; i < at + inner; i++) {
          out[i] = a[i] * out[i - step] + b[i];
        }
      }
    }
  }

  /** As for double, in float. */
  public static void recurrence(
      boolean reverse, float[] a, float[] b, int outer, int n, int inner, float[] out) {
    int step = reverse ? -inner : inner;
    for (int o = 0; o < outer && n > 0; o++) {
      int at = (o * n + (reverse ? n - 1 : 0)) * inner;
      System.arraycopy(b, at, out, at, inner);
      for (int k = 1; k < n; k++) {
        at += step;
        for (int i = at; i < at + inner; i++) {
          out[i] = a[i] * out[i - step] + b[i];
        }
      }
    }
  }
}
