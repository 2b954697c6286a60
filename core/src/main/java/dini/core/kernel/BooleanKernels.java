package dini.core.kernel;

import java.util.Arrays;

/** Reductions of truth values over the middle axis of contiguous (outer, n, inner) arrays. */
public final class BooleanKernels {
  private BooleanKernels() {}

  /** {@code out[o, i]} = whether all {@code x[o, k, i]} hold; true of none. */
  public static void all(boolean[] x, int outer, int n, int inner, boolean[] out) {
    Arrays.fill(out, 0, outer * inner, true);
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = !found(false, x, o * n, n);
      }
      return;
    }
    for (int o = 0; o < outer; o++) {
      for (int k = 0; k < n; k++) {
        int from = (o * n + k) * inner;
        for (int i = 0; i < inner; i++) {
          out[o * inner + i] &= x[from + i];
        }
      }
    }
  }

  /** {@code out[o, i]} = whether any {@code x[o, k, i]} holds; false of none. */
  public static void any(boolean[] x, int outer, int n, int inner, boolean[] out) {
    Arrays.fill(out, 0, outer * inner, false);
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = found(true, x, o * n, n);
      }
      return;
    }
    for (int o = 0; o < outer; o++) {
      for (int k = 0; k < n; k++) {
        int from = (o * n + k) * inner;
        for (int i = 0; i < inner; i++) {
          out[o * inner + i] |= x[from + i];
        }
      }
    }
  }

  private static boolean found(boolean wanted, boolean[] x, int xo, int n) {
    for (int i = xo; i < xo + n; i++) {
      if (x[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  /** {@code out[o, i]} = how many {@code x[o, k, i]} hold. */
  public static void count(boolean[] x, int outer, int n, int inner, long[] out) {
    Arrays.fill(out, 0, outer * inner, 0);
    for (int o = 0; o < outer; o++) {
      for (int k = 0; k < n; k++) {
        int from = (o * n + k) * inner;
        for (int i = 0; i < inner; i++) {
          out[o * inner + i] += x[from + i] ? 1 : 0;
        }
      }
    }
  }
}
