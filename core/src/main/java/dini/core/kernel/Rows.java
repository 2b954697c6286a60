package dini.core.kernel;

/**
 * Rows of equal length, read from or combined into places of an array that are data: the loops
 * behind gathering and scattering. Row r is the elements {@code r * length ..} of the smaller side;
 * {@code places[r]} is where it begins on the other, or negative for nowhere. Rows are taken in
 * order.
 */
public final class Rows {
  private Rows() {}

  /** {@code out[r] = x at places[r]}; a row that is nowhere is left as it is. */
  public static void gather(Object x, int[] places, int length, Object out) {
    if (length != 1) {
      for (int r = 0; r < places.length; r++) {
        if (places[r] >= 0) {
          System.arraycopy(x, places[r], out, r * length, length);
        }
      }
      return;
    }
    switch (x) {
      case double[] from -> single(from, places, (double[]) out);
      case float[] from -> single(from, places, (float[]) out);
      case int[] from -> single(from, places, (int[]) out);
      case long[] from -> single(from, places, (long[]) out);
      case boolean[] from -> single(from, places, (boolean[]) out);
      default -> throw new AssertionError(x.getClass());
    }
  }

  private static void single(double[] x, int[] places, double[] out) {
    for (int r = 0; r < places.length; r++) {
      if (places[r] >= 0) {
        out[r] = x[places[r]];
      }
    }
  }

  private static void single(float[] x, int[] places, float[] out) {
    for (int r = 0; r < places.length; r++) {
      if (places[r] >= 0) {
        out[r] = x[places[r]];
      }
    }
  }

  private static void single(int[] x, int[] places, int[] out) {
    for (int r = 0; r < places.length; r++) {
      if (places[r] >= 0) {
        out[r] = x[places[r]];
      }
    }
  }

  private static void single(long[] x, int[] places, long[] out) {
    for (int r = 0; r < places.length; r++) {
      if (places[r] >= 0) {
        out[r] = x[places[r]];
      }
    }
  }

  private static void single(boolean[] x, int[] places, boolean[] out) {
    for (int r = 0; r < places.length; r++) {
      if (places[r] >= 0) {
        out[r] = x[places[r]];
      }
    }
  }

  /** {@code out at places[r] = x[r]}: of rows at one place, the last stays. */
  public static void set(Object x, int[] places, int length, Object out) {
    for (int r = 0; r < places.length; r++) {
      if (places[r] >= 0) {
        System.arraycopy(x, r * length, out, places[r], length);
      }
    }
  }

  /** {@code out at places[r] = op(out at places[r], x[r])} for ADD, MUL, MAX and MIN. */
  public static void combine(BinaryKernel op, double[] x, int[] places, int length, double[] out) {
    for (int r = 0; r < places.length; r++) {
      int to = places[r];
      if (to >= 0) {
        combine(op, x, r * length, out, to, length);
      }
    }
  }

  private static void combine(BinaryKernel op, double[] x, int from, double[] out, int to, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[to + i] += x[from + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[to + i] *= x[from + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[to + i] = Math.max(out[to + i], x[from + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[to + i] = Math.min(out[to + i], x[from + i]);
        }
      }
      default -> throw new AssertionError(op);
    }
  }

  /** {@code out at places[r] = op(out at places[r], x[r])} for ADD, MUL, MAX and MIN. */
  public static void combine(BinaryKernel op, float[] x, int[] places, int length, float[] out) {
    for (int r = 0; r < places.length; r++) {
      int to = places[r];
      if (to >= 0) {
        combine(op, x, r * length, out, to, length);
      }
    }
  }

  private static void combine(BinaryKernel op, float[] x, int from, float[] out, int to, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[to + i] += x[from + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[to + i] *= x[from + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[to + i] = Math.max(out[to + i], x[from + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[to + i] = Math.min(out[to + i], x[from + i]);
        }
      }
      default -> throw new AssertionError(op);
    }
  }

  /** {@code out at places[r] = op(out at places[r], x[r])} for ADD, MUL, MAX and MIN. */
  public static void combine(BinaryKernel op, int[] x, int[] places, int length, int[] out) {
    for (int r = 0; r < places.length; r++) {
      int to = places[r];
      if (to >= 0) {
        combine(op, x, r * length, out, to, length);
      }
    }
  }

  private static void combine(BinaryKernel op, int[] x, int from, int[] out, int to, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[to + i] += x[from + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[to + i] *= x[from + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[to + i] = Math.max(out[to + i], x[from + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[to + i] = Math.min(out[to + i], x[from + i]);
        }
      }
      default -> throw new AssertionError(op);
    }
  }

  /** {@code out at places[r] = op(out at places[r], x[r])} for ADD, MUL, MAX and MIN. */
  public static void combine(BinaryKernel op, long[] x, int[] places, int length, long[] out) {
    for (int r = 0; r < places.length; r++) {
      int to = places[r];
      if (to >= 0) {
        combine(op, x, r * length, out, to, length);
      }
    }
  }

  private static void combine(BinaryKernel op, long[] x, int from, long[] out, int to, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[to + i] += x[from + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[to + i] *= x[from + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[to + i] = Math.max(out[to + i], x[from + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[to + i] = Math.min(out[to + i], x[from + i]);
        }
      }
      default -> throw new AssertionError(op);
    }
  }
}
