package dini.core.kernel;

import java.util.Arrays;

/**
 * Arithmetic on the elements of integer arrays, modulo 2^32 and 2^64 as in Java. Offsets and ranges
 * are as in {@link Kernels}. Wrap-around arithmetic is associative, so that order does not matter.
 */
public final class IntegerKernels {
  private IntegerKernels() {}

  private static AssertionError notForIntegers(Enum<?> op) {
    return new AssertionError(op + " is not defined for integers");
  }

  /** {@code out[i] = op(x[i])} for NEG, ABS, SIGN, SQUARE and RELU. */
  public static void unary(UnaryKernel op, int[] x, int xo, int[] out, int oo, int n) {
    switch (op) {
      case NEG -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = -x[xo + i];
        }
      }
      case ABS -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.abs(x[xo + i]);
        }
      }
      case SIGN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Integer.signum(x[xo + i]);
        }
      }
      case SQUARE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * x[xo + i];
        }
      }
      case RELU -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x[xo + i], 0);
        }
      }
      default -> throw notForIntegers(op);
    }
  }

  /** {@code out[i] = op(x[i], y[i])} for all but DIV and functions of real numbers. */
  public static void binary(
      BinaryKernel op, int[] x, int xo, int[] y, int yo, int[] out, int oo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] + y[yo + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] - y[yo + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * y[yo + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x[xo + i], y[yo + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.min(x[xo + i], y[yo + i]);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = of(op, x[xo + i], y[yo + i]);
        }
      }
    }
  }

  /** {@code out[i] = op(x[i], y)} for all but DIV and functions of real numbers. */
  public static void binary(BinaryKernel op, int[] x, int xo, int y, int[] out, int oo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] + y;
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] - y;
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * y;
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x[xo + i], y);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.min(x[xo + i], y);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = of(op, x[xo + i], y);
        }
      }
    }
  }

  /** {@code out[i] = op(x, y[i])} for all but DIV and functions of real numbers. */
  public static void binary(BinaryKernel op, int x, int[] y, int yo, int[] out, int oo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x + y[yo + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x - y[yo + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x * y[yo + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x, y[yo + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.min(x, y[yo + i]);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = of(op, x, y[yo + i]);
        }
      }
    }
  }

  /**
   * {@code out[o, i] = op over k of x[o, k, i]} for ADD, MUL, MAX and MIN; of none: 0, 1, the
   * least, the largest value.
   */
  public static void reduce(BinaryKernel op, int[] x, int outer, int n, int inner, int[] out) {
    int identity =
        switch (op) {
          case ADD -> 0;
          case MUL -> 1;
          case MAX -> Integer.MIN_VALUE;
          case MIN -> Integer.MAX_VALUE;
          default -> throw notForIntegers(op);
        };
    if (n == 0) {
      Arrays.fill(out, 0, outer * inner, identity);
      return;
    }
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = row(op, x, o * n, n, identity);
      }
      return;
    }
    for (int o = 0; o < outer; o++) {
      binary(op, identity, x, o * n * inner, out, o * inner, inner);
      for (int k = 1; k < n; k++) {
        binary(op, out, o * inner, x, (o * n + k) * inner, out, o * inner, inner);
      }
    }
  }

  /** The dearer functions. */
  private static int of(BinaryKernel op, int x, int y) {
    return switch (op) {
      case MOD -> Math.floorMod(x, divisor("mod", y));
      case FLOOR_DIV -> Math.floorDiv(x, divisor("floorDiv", y));
      case POW -> power(x, y);
      default -> throw notForIntegers(op);
    };
  }

  /** Integers have no NaN to answer with. */
  private static int divisor(String operation, int y) {
    if (y == 0) {
      throw new IllegalArgumentException(
          operation + ": the divisor of an integer is 0; convert with astype");
    }
    return y;
  }

  private static int power(int x, int y) {
    if (y < 0) {
      throw new IllegalArgumentException(
          "pow: the exponent of an integer is negative: " + y + "; convert with astype");
    }
    int product = 1;
    int square = x;
    for (int bits = y; bits != 0; bits >>= 1) {
      if ((bits & 1) != 0) {
        product *= square;
      }
      square *= square;
    }
    return product;
  }

  private static int row(BinaryKernel op, int[] x, int xo, int n, int identity) {
    int s = identity;
    switch (op) {
      case ADD -> {
        for (int i = xo; i < xo + n; i++) {
          s += x[i];
        }
      }
      case MUL -> {
        for (int i = xo; i < xo + n; i++) {
          s *= x[i];
        }
      }
      case MAX -> {
        for (int i = xo; i < xo + n; i++) {
          s = Math.max(s, x[i]);
        }
      }
      case MIN -> {
        for (int i = xo; i < xo + n; i++) {
          s = Math.min(s, x[i]);
        }
      }
      default -> throw notForIntegers(op);
    }
    return s;
  }

  /** {@code out[i] = op(x[i])} for NEG, ABS, SIGN, SQUARE and RELU. */
  public static void unary(UnaryKernel op, long[] x, int xo, long[] out, int oo, int n) {
    switch (op) {
      case NEG -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = -x[xo + i];
        }
      }
      case ABS -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.abs(x[xo + i]);
        }
      }
      case SIGN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Long.signum(x[xo + i]);
        }
      }
      case SQUARE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * x[xo + i];
        }
      }
      case RELU -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x[xo + i], 0);
        }
      }
      default -> throw notForIntegers(op);
    }
  }

  /** {@code out[i] = op(x[i], y[i])} for all but DIV and functions of real numbers. */
  public static void binary(
      BinaryKernel op, long[] x, int xo, long[] y, int yo, long[] out, int oo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] + y[yo + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] - y[yo + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * y[yo + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x[xo + i], y[yo + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.min(x[xo + i], y[yo + i]);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = of(op, x[xo + i], y[yo + i]);
        }
      }
    }
  }

  /** {@code out[i] = op(x[i], y)} for all but DIV and functions of real numbers. */
  public static void binary(BinaryKernel op, long[] x, int xo, long y, long[] out, int oo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] + y;
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] - y;
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * y;
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x[xo + i], y);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.min(x[xo + i], y);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = of(op, x[xo + i], y);
        }
      }
    }
  }

  /** {@code out[i] = op(x, y[i])} for all but DIV and functions of real numbers. */
  public static void binary(BinaryKernel op, long x, long[] y, int yo, long[] out, int oo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x + y[yo + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x - y[yo + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x * y[yo + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x, y[yo + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.min(x, y[yo + i]);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = of(op, x, y[yo + i]);
        }
      }
    }
  }

  /**
   * {@code out[o, i] = op over k of x[o, k, i]} for ADD, MUL, MAX and MIN; of none: 0, 1, the
   * least, the largest value.
   */
  public static void reduce(BinaryKernel op, long[] x, int outer, int n, int inner, long[] out) {
    long identity =
        switch (op) {
          case ADD -> 0;
          case MUL -> 1;
          case MAX -> Long.MIN_VALUE;
          case MIN -> Long.MAX_VALUE;
          default -> throw notForIntegers(op);
        };
    if (n == 0) {
      Arrays.fill(out, 0, outer * inner, identity);
      return;
    }
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = row(op, x, o * n, n, identity);
      }
      return;
    }
    for (int o = 0; o < outer; o++) {
      binary(op, identity, x, o * n * inner, out, o * inner, inner);
      for (int k = 1; k < n; k++) {
        binary(op, out, o * inner, x, (o * n + k) * inner, out, o * inner, inner);
      }
    }
  }

  /** The dearer functions. */
  private static long of(BinaryKernel op, long x, long y) {
    return switch (op) {
      case MOD -> Math.floorMod(x, divisor("mod", y));
      case FLOOR_DIV -> Math.floorDiv(x, divisor("floorDiv", y));
      case POW -> power(x, y);
      default -> throw notForIntegers(op);
    };
  }

  /** Integers have no NaN to answer with. */
  private static long divisor(String operation, long y) {
    if (y == 0) {
      throw new IllegalArgumentException(
          operation + ": the divisor of an integer is 0; convert with astype");
    }
    return y;
  }

  private static long power(long x, long y) {
    if (y < 0) {
      throw new IllegalArgumentException(
          "pow: the exponent of an integer is negative: " + y + "; convert with astype");
    }
    long product = 1;
    long square = x;
    for (long bits = y; bits != 0; bits >>= 1) {
      if ((bits & 1) != 0) {
        product *= square;
      }
      square *= square;
    }
    return product;
  }

  private static long row(BinaryKernel op, long[] x, int xo, int n, long identity) {
    long s = identity;
    switch (op) {
      case ADD -> {
        for (int i = xo; i < xo + n; i++) {
          s += x[i];
        }
      }
      case MUL -> {
        for (int i = xo; i < xo + n; i++) {
          s *= x[i];
        }
      }
      case MAX -> {
        for (int i = xo; i < xo + n; i++) {
          s = Math.max(s, x[i]);
        }
      }
      case MIN -> {
        for (int i = xo; i < xo + n; i++) {
          s = Math.min(s, x[i]);
        }
      }
      default -> throw notForIntegers(op);
    }
    return s;
  }
}
