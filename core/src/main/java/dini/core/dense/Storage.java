package dini.core.dense;

import dini.core.DType;
import java.util.Arrays;

/** Primitive arrays by dtype. */
public final class Storage {
  private Storage() {}

  /** A fresh array of zeros. */
  public static Object allocate(DType dtype, int size) {
    return switch (dtype) {
      case FLOAT64 -> new double[size];
      case FLOAT32 -> new float[size];
      case INT32 -> new int[size];
      case INT64 -> new long[size];
      case BOOL -> new boolean[size];
    };
  }

  /** A copy of an array. */
  public static Object copy(Object data) {
    return switch (data) {
      case double[] x -> x.clone();
      case float[] x -> x.clone();
      case int[] x -> x.clone();
      case long[] x -> x.clone();
      case boolean[] x -> x.clone();
      default -> throw new AssertionError(data.getClass());
    };
  }

  /** Fills an array with one value, converted to its type; a BOOL element is {@code value != 0}. */
  public static void fill(Object data, double value) {
    switch (data) {
      case double[] x -> Arrays.fill(x, value);
      case float[] x -> Arrays.fill(x, (float) value);
      case int[] x -> Arrays.fill(x, (int) value);
      case long[] x -> Arrays.fill(x, (long) value);
      case boolean[] x -> Arrays.fill(x, value != 0);
      default -> throw new AssertionError(data.getClass());
    }
  }

  /** Fills an array with the one element of another. */
  public static void fill(Object data, Object element) {
    switch (data) {
      case double[] x -> Arrays.fill(x, ((double[]) element)[0]);
      case float[] x -> Arrays.fill(x, ((float[]) element)[0]);
      case int[] x -> Arrays.fill(x, ((int[]) element)[0]);
      case long[] x -> Arrays.fill(x, ((long[]) element)[0]);
      case boolean[] x -> Arrays.fill(x, ((boolean[]) element)[0]);
      default -> throw new AssertionError(data.getClass());
    }
  }

  /** Fills a range with one element of another array. */
  public static void fill(Object source, int from, Object target, int to, int n) {
    switch (target) {
      case double[] y -> Arrays.fill(y, to, to + n, ((double[]) source)[from]);
      case float[] y -> Arrays.fill(y, to, to + n, ((float[]) source)[from]);
      case int[] y -> Arrays.fill(y, to, to + n, ((int[]) source)[from]);
      case long[] y -> Arrays.fill(y, to, to + n, ((long[]) source)[from]);
      case boolean[] y -> Arrays.fill(y, to, to + n, ((boolean[]) source)[from]);
      default -> throw new AssertionError(target.getClass());
    }
  }

  /** Fills a range with zeros. */
  public static void clear(Object target, int to, int n) {
    switch (target) {
      case double[] y -> Arrays.fill(y, to, to + n, 0);
      case float[] y -> Arrays.fill(y, to, to + n, 0);
      case int[] y -> Arrays.fill(y, to, to + n, 0);
      case long[] y -> Arrays.fill(y, to, to + n, 0);
      case boolean[] y -> Arrays.fill(y, to, to + n, false);
      default -> throw new AssertionError(target.getClass());
    }
  }

  /**
   * Copies {@code n} elements that stand {@code sourceStep} apart to places {@code targetStep}
   * apart.
   */
  public static void copy(
      Object source, int from, int sourceStep, Object target, int to, int targetStep, int n) {
    if (sourceStep == 1 && targetStep == 1) {
      System.arraycopy(source, from, target, to, n);
      return;
    }
    switch (source) {
      case double[] x -> {
        double[] y = (double[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * targetStep] = x[from + i * sourceStep];
        }
      }
      case float[] x -> {
        float[] y = (float[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * targetStep] = x[from + i * sourceStep];
        }
      }
      case int[] x -> {
        int[] y = (int[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * targetStep] = x[from + i * sourceStep];
        }
      }
      case long[] x -> {
        long[] y = (long[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * targetStep] = x[from + i * sourceStep];
        }
      }
      case boolean[] x -> {
        boolean[] y = (boolean[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * targetStep] = x[from + i * sourceStep];
        }
      }
      default -> throw new AssertionError(source.getClass());
    }
  }
}
