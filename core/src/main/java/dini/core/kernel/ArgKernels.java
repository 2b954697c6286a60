package dini.core.kernel;

import java.util.Arrays;

/**
 * Positions of extremes along the middle axis of contiguous (outer, n, inner) arrays. Of equal
 * elements the first counts, 0 and -0 are equal, and the first NaN beats all.
 */
public final class ArgKernels {
  private ArgKernels() {}

  /** Whether a value takes the place of the best one before it. */
  private static boolean beats(boolean largest, double x, double best) {
    return best == best && (x != x || (largest ? x > best : x < best));
  }

  private static boolean beats(boolean largest, long x, long best) {
    return largest ? x > best : x < best;
  }

  /** {@code out[o, i]} = the k of the largest (or smallest) of {@code x[o, k, i]}; n is not 0. */
  public static void extreme(boolean largest, double[] x, int outer, int n, int inner, long[] out) {
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = row(largest, x, o * n, n);
      }
      return;
    }
    double[] best = new double[inner];
    Arrays.fill(out, 0, outer * inner, 0);
    for (int o = 0; o < outer; o++) {
      System.arraycopy(x, o * n * inner, best, 0, inner);
      for (int k = 1; k < n; k++) {
        int from = (o * n + k) * inner;
        for (int i = 0; i < inner; i++) {
          if (beats(largest, x[from + i], best[i])) {
            best[i] = x[from + i];
            out[o * inner + i] = k;
          }
        }
      }
    }
  }

  private static int row(boolean largest, double[] x, int xo, int n) {
    int at = 0;
    double best = x[xo];
    for (int k = 1; k < n; k++) {
      if (beats(largest, x[xo + k], best)) {
        best = x[xo + k];
        at = k;
      }
    }
    return at;
  }

  /** {@code out[o, i]} = the k of the largest (or smallest) of {@code x[o, k, i]}; n is not 0. */
  public static void extreme(boolean largest, long[] x, int outer, int n, int inner, long[] out) {
    long[] best = new long[inner];
    Arrays.fill(out, 0, outer * inner, 0);
    for (int o = 0; o < outer; o++) {
      System.arraycopy(x, o * n * inner, best, 0, inner);
      for (int k = 1; k < n; k++) {
        int from = (o * n + k) * inner;
        for (int i = 0; i < inner; i++) {
          if (beats(largest, x[from + i], best[i])) {
            best[i] = x[from + i];
            out[o * inner + i] = k;
          }
        }
      }
    }
  }

  /**
   * {@code out[o, k, i]} = the position of the largest (or smallest) of {@code x[o, 0 .. k, i]}, or
   * of {@code x[o, k .. n - 1, i]} if {@code reverse}, where the last of equal ones counts.
   */
  public static void running(
      boolean largest, boolean reverse, double[] x, int outer, int n, int inner, long[] out) {
    int step = reverse ? -inner : inner;
    double[] best = new double[inner];
    for (int o = 0; o < outer && n > 0; o++) {
      int first = reverse ? n - 1 : 0;
      int at = (o * n + first) * inner;
      System.arraycopy(x, at, best, 0, inner);
      Arrays.fill(out, at, at + inner, first);
      for (int k = 1; k < n; k++) {
        at += step;
        int position = reverse ? n - 1 - k : k;
        for (int i = 0; i < inner; i++) {
          boolean beats = beats(largest, x[at + i], best[i]);
          best[i] = beats ? x[at + i] : best[i];
          out[at + i] = beats ? position : out[at - step + i];
        }
      }
    }
  }
}
