package dini.core.kernel;

import java.util.Arrays;

/** Reductions over the middle axis of contiguous (outer, n, inner) arrays. */
final class ScalarReduction {
  private ScalarReduction() {}

  private static AssertionError noReduction(BinaryKernel op) {
    return new AssertionError(op + " is no reduction");
  }

  static void reduce(BinaryKernel op, double[] x, int outer, int n, int inner, double[] out) {
    if (inner == 1) {
      rows(op, x, outer, n, out);
      return;
    }
    double identity =
        switch (op) {
          case ADD -> 0;
          case MUL -> 1;
          case MAX -> Double.NEGATIVE_INFINITY;
          case MIN -> Double.POSITIVE_INFINITY;
          default -> throw noReduction(op);
        };
    if (n == 0) {
      Arrays.fill(out, 0, outer * inner, identity);
      return;
    }
    for (int o = 0; o < outer; o++) {
      // first from x, so that out may be x where n is 1
      ScalarBinary.apply(op, identity, x, o * n * inner, out, o * inner, inner);
      for (int k = 1; k < n; k++) {
        ScalarBinary.apply(op, out, o * inner, x, (o * n + k) * inner, out, o * inner, inner);
      }
    }
  }

  private static void rows(BinaryKernel op, double[] x, int outer, int n, double[] out) {
    switch (op) {
      case ADD -> {
        for (int o = 0; o < outer; o++) {
          out[o] = ScalarSums.sum(x, o * n, n);
        }
      }
      case MUL -> {
        for (int o = 0; o < outer; o++) {
          out[o] = product(x, o * n, n);
        }
      }
      case MAX -> {
        for (int o = 0; o < outer; o++) {
          out[o] = ScalarNorms.max(x, o * n, n);
        }
      }
      case MIN -> {
        for (int o = 0; o < outer; o++) {
          out[o] = ScalarNorms.min(x, o * n, n);
        }
      }
      default -> throw noReduction(op);
    }
  }

  private static double product(double[] x, int xo, int n) {
    double p = 1;
    for (int i = xo; i < xo + n; i++) {
      p *= x[i];
    }
    return p;
  }

  static void reduce(BinaryKernel op, float[] x, int outer, int n, int inner, float[] out) {
    if (inner == 1) {
      rows(op, x, outer, n, out);
      return;
    }
    float identity =
        switch (op) {
          case ADD -> 0;
          case MUL -> 1;
          case MAX -> Float.NEGATIVE_INFINITY;
          case MIN -> Float.POSITIVE_INFINITY;
          default -> throw noReduction(op);
        };
    if (n == 0) {
      Arrays.fill(out, 0, outer * inner, identity);
      return;
    }
    for (int o = 0; o < outer; o++) {
      // first from x, so that out may be x where n is 1
      ScalarBinary.apply(op, identity, x, o * n * inner, out, o * inner, inner);
      for (int k = 1; k < n; k++) {
        ScalarBinary.apply(op, out, o * inner, x, (o * n + k) * inner, out, o * inner, inner);
      }
    }
  }

  private static void rows(BinaryKernel op, float[] x, int outer, int n, float[] out) {
    switch (op) {
      case ADD -> {
        for (int o = 0; o < outer; o++) {
          out[o] = ScalarSums.sum(x, o * n, n);
        }
      }
      case MUL -> {
        for (int o = 0; o < outer; o++) {
          out[o] = product(x, o * n, n);
        }
      }
      case MAX -> {
        for (int o = 0; o < outer; o++) {
          out[o] = ScalarNorms.max(x, o * n, n);
        }
      }
      case MIN -> {
        for (int o = 0; o < outer; o++) {
          out[o] = ScalarNorms.min(x, o * n, n);
        }
      }
      default -> throw noReduction(op);
    }
  }

  private static float product(float[] x, int xo, int n) {
    float p = 1;
    for (int i = xo; i < xo + n; i++) {
      p *= x[i];
    }
    return p;
  }
}
