package dini.core.kernel;

/**
 * Comparison and selection of elements; both are exact. Offsets and ranges are as in {@link
 * Kernels}.
 */
public final class Comparison {
  private Comparison() {}

  /** The comparison with its arguments exchanged. */
  private static CompareKernel mirrored(CompareKernel op) {
    return switch (op) {
      case EQ, NE -> op;
      case LT -> CompareKernel.GT;
      case LE -> CompareKernel.GE;
      case GT -> CompareKernel.LT;
      case GE -> CompareKernel.LE;
    };
  }

  private static AssertionError unordered(CompareKernel op) {
    return new AssertionError(op + " is not defined for booleans");
  }

  /** {@code out[i] = op(x[i], y[i])}. */
  public static void compare(
      CompareKernel op, double[] x, int xo, double[] y, int yo, boolean[] out, int oo, int n) {
    switch (op) {
      case EQ -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] == y[yo + i];
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] != y[yo + i];
        }
      }
      case LT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] < y[yo + i];
        }
      }
      case LE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] <= y[yo + i];
        }
      }
      default -> compare(mirrored(op), y, yo, x, xo, out, oo, n);
    }
  }

  /** {@code out[i] = op(x[i], y)}. */
  public static void compare(
      CompareKernel op, double[] x, int xo, double y, boolean[] out, int oo, int n) {
    switch (op) {
      case EQ -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] == y;
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] != y;
        }
      }
      case LT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] < y;
        }
      }
      case LE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] <= y;
        }
      }
      case GT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] > y;
        }
      }
      case GE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] >= y;
        }
      }
    }
  }

  /** {@code out[i] = op(x, y[i])}. */
  public static void compare(
      CompareKernel op, double x, double[] y, int yo, boolean[] out, int oo, int n) {
    compare(mirrored(op), y, yo, x, out, oo, n);
  }

  /** {@code out[i] = q[i] ? x[i] : y[i]}. */
  public static void select(
      boolean[] q, int qo, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = q[qo + i] ? x[xo + i] : y[yo + i];
    }
  }

  /** {@code out[i] = op(x[i], y[i])}. */
  public static void compare(
      CompareKernel op, float[] x, int xo, float[] y, int yo, boolean[] out, int oo, int n) {
    switch (op) {
      case EQ -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] == y[yo + i];
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] != y[yo + i];
        }
      }
      case LT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] < y[yo + i];
        }
      }
      case LE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] <= y[yo + i];
        }
      }
      default -> compare(mirrored(op), y, yo, x, xo, out, oo, n);
    }
  }

  /** {@code out[i] = op(x[i], y)}. */
  public static void compare(
      CompareKernel op, float[] x, int xo, float y, boolean[] out, int oo, int n) {
    switch (op) {
      case EQ -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] == y;
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] != y;
        }
      }
      case LT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] < y;
        }
      }
      case LE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] <= y;
        }
      }
      case GT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] > y;
        }
      }
      case GE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] >= y;
        }
      }
    }
  }

  /** {@code out[i] = op(x, y[i])}. */
  public static void compare(
      CompareKernel op, float x, float[] y, int yo, boolean[] out, int oo, int n) {
    compare(mirrored(op), y, yo, x, out, oo, n);
  }

  /** {@code out[i] = q[i] ? x[i] : y[i]}. */
  public static void select(
      boolean[] q, int qo, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = q[qo + i] ? x[xo + i] : y[yo + i];
    }
  }

  /** {@code out[i] = op(x[i], y[i])}. */
  public static void compare(
      CompareKernel op, int[] x, int xo, int[] y, int yo, boolean[] out, int oo, int n) {
    switch (op) {
      case EQ -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] == y[yo + i];
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] != y[yo + i];
        }
      }
      case LT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] < y[yo + i];
        }
      }
      case LE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] <= y[yo + i];
        }
      }
      default -> compare(mirrored(op), y, yo, x, xo, out, oo, n);
    }
  }

  /** {@code out[i] = op(x[i], y)}. */
  public static void compare(
      CompareKernel op, int[] x, int xo, int y, boolean[] out, int oo, int n) {
    switch (op) {
      case EQ -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] == y;
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] != y;
        }
      }
      case LT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] < y;
        }
      }
      case LE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] <= y;
        }
      }
      case GT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] > y;
        }
      }
      case GE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] >= y;
        }
      }
    }
  }

  /** {@code out[i] = op(x, y[i])}. */
  public static void compare(
      CompareKernel op, int x, int[] y, int yo, boolean[] out, int oo, int n) {
    compare(mirrored(op), y, yo, x, out, oo, n);
  }

  /** {@code out[i] = q[i] ? x[i] : y[i]}. */
  public static void select(
      boolean[] q, int qo, int[] x, int xo, int[] y, int yo, int[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = q[qo + i] ? x[xo + i] : y[yo + i];
    }
  }

  /** {@code out[i] = op(x[i], y[i])}. */
  public static void compare(
      CompareKernel op, long[] x, int xo, long[] y, int yo, boolean[] out, int oo, int n) {
    switch (op) {
      case EQ -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] == y[yo + i];
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] != y[yo + i];
        }
      }
      case LT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] < y[yo + i];
        }
      }
      case LE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] <= y[yo + i];
        }
      }
      default -> compare(mirrored(op), y, yo, x, xo, out, oo, n);
    }
  }

  /** {@code out[i] = op(x[i], y)}. */
  public static void compare(
      CompareKernel op, long[] x, int xo, long y, boolean[] out, int oo, int n) {
    switch (op) {
      case EQ -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] == y;
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] != y;
        }
      }
      case LT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] < y;
        }
      }
      case LE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] <= y;
        }
      }
      case GT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] > y;
        }
      }
      case GE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] >= y;
        }
      }
    }
  }

  /** {@code out[i] = op(x, y[i])}. */
  public static void compare(
      CompareKernel op, long x, long[] y, int yo, boolean[] out, int oo, int n) {
    compare(mirrored(op), y, yo, x, out, oo, n);
  }

  /** {@code out[i] = q[i] ? x[i] : y[i]}. */
  public static void select(
      boolean[] q, int qo, long[] x, int xo, long[] y, int yo, long[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = q[qo + i] ? x[xo + i] : y[yo + i];
    }
  }

  /** {@code out[i] = op(x[i], y[i])}, for EQ and NE. */
  public static void compare(
      CompareKernel op, boolean[] x, int xo, boolean[] y, int yo, boolean[] out, int oo, int n) {
    switch (op) {
      case EQ -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] == y[yo + i];
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] != y[yo + i];
        }
      }
      default -> throw unordered(op);
    }
  }

  /** {@code out[i] = op(x[i], y)}, for EQ and NE. */
  public static void compare(
      CompareKernel op, boolean[] x, int xo, boolean y, boolean[] out, int oo, int n) {
    switch (op) {
      case EQ -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] == y;
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] != y;
        }
      }
      default -> throw unordered(op);
    }
  }

  /** {@code out[i] = op(x, y[i])}, for EQ and NE. */
  public static void compare(
      CompareKernel op, boolean x, boolean[] y, int yo, boolean[] out, int oo, int n) {
    compare(mirrored(op), y, yo, x, out, oo, n);
  }

  /** {@code out[i] = q[i] ? x[i] : y[i]}. */
  public static void select(
      boolean[] q, int qo, boolean[] x, int xo, boolean[] y, int yo, boolean[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = q[qo + i] ? x[xo + i] : y[yo + i];
    }
  }
}
