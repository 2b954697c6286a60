package dini.core.kernel;

import java.util.Arrays;

/**
 * Order of numbers: every number has a key, a {@code long}, and numbers are ordered as their keys
 * are as unsigned numbers. Sorting is of keys only, stable, and by radix: eight passes of a byte
 * each, of which those are left out in which all keys agree, so that its cost does not depend on
 * the order in which numbers come.
 */
public final class Ordering {
  /** Below so many numbers an insertion sort is faster than counting bytes. */
  private static final int FEW = 48;

  private static final int BYTE = 256;

  private Ordering() {}

  /**
   * Writes the keys of {@code n} numbers that stand {@code step} apart. NaN has the largest key,
   * whatever its sign, and -0 that of 0.
   *
   * @param descending whether larger numbers get smaller keys, NaN still the largest
   */
  public static void keys(
      Object x, int from, int step, boolean descending, long[] keys, int to, int n) {
    switch (x) {
      case double[] a -> {
        for (int i = 0; i < n; i++) {
          keys[to + i] = key(a[from + i * step], descending);
        }
      }
      case float[] a -> {
        for (int i = 0; i < n; i++) {
          keys[to + i] = key(a[from + i * step], descending);
        }
      }
      case int[] a -> {
        for (int i = 0; i < n; i++) {
          keys[to + i] = key(a[from + i * step], descending);
        }
      }
      case long[] a -> {
        for (int i = 0; i < n; i++) {
          keys[to + i] = key(a[from + i * step], descending);
        }
      }
      case boolean[] a -> {
        for (int i = 0; i < n; i++) {
          keys[to + i] = key(a[from + i * step] ? 1L : 0L, descending);
        }
      }
      default -> throw new AssertionError(x.getClass());
    }
  }

  private static long key(double x, boolean descending) {
    if (x != x) {
      return -1;
    }
    long key = total(x + 0.0); // -0 + 0 is 0
    return descending ? ~key : key;
  }

  private static long key(long x, boolean descending) {
    long key = x ^ Long.MIN_VALUE;
    return descending ? ~key : key;
  }

  /** The key of a number that is not NaN, with -0 before 0. */
  private static long total(double x) {
    long bits = Double.doubleToRawLongBits(x);
    return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
  }

  /**
   * The numbers 0 .. n - 1 in the order of the keys from an offset on; equal keys stay in order.
   */
  public static void argSort(long[] keys, int from, int n, long[] order, int to, int step) {
    if (n <= FEW) {
      insert(keys, from, n, order, to, step);
    } else {
      radix(keys, from, n, order, to, step);
    }
  }

  private static void insert(long[] keys, int from, int n, long[] order, int to, int step) {
    for (int i = 0; i < n; i++) {
      long key = keys[from + i];
      int j = i;
      while (j > 0
          && Long.compareUnsigned(keys[from + (int) order[to + (j - 1) * step]], key) > 0) {
        order[to + j * step] = order[to + (j - 1) * step];
        j--;
      }
      order[to + j * step] = i;
    }
  }

  private static void radix(long[] keys, int from, int n, long[] order, int to, int step) {
    int[][] counts = counts(keys, from, n);
    long[] sorted = Arrays.copyOfRange(keys, from, from + n);
    long[] nextSorted = new long[n];
    int[] index = new int[n];
    int[] nextIndex = new int[n];
    for (int i = 0; i < n; i++) {
      index[i] = i;
    }
    for (int digit = 0; digit < Long.BYTES; digit++) {
      int shift = digit * Byte.SIZE;
      int[] place = counts[digit];
      if (place[(int) (sorted[0] >>> shift & 0xFF)] == n) {
        continue;
      }
      accumulate(place);
      for (int i = 0; i < n; i++) {
        int at = place[(int) (sorted[i] >>> shift & 0xFF)]++;
        nextSorted[at] = sorted[i];
        nextIndex[at] = index[i];
      }
      long[] keysBefore = sorted;
      int[] indexBefore = index;
      sorted = nextSorted;
      index = nextIndex;
      nextSorted = keysBefore;
      nextIndex = indexBefore;
    }
    for (int i = 0; i < n; i++) {
      order[to + i * step] = index[i];
    }
  }

  /** How often each value of each byte occurs. */
  private static int[][] counts(long[] keys, int from, int n) {
    int[][] counts = new int[Long.BYTES][BYTE];
    for (int i = from; i < from + n; i++) {
      long key = keys[i];
      for (int digit = 0; digit < Long.BYTES; digit++) {
        counts[digit][(int) (key >>> digit * Byte.SIZE & 0xFF)]++;
      }
    }
    return counts;
  }

  /** From counts to the places where their values begin. */
  private static void accumulate(int[] counts) {
    int sum = 0;
    for (int value = 0; value < counts.length; value++) {
      int count = counts[value];
      counts[value] = sum;
      sum += count;
    }
  }

  /**
   * Writes the keys by which the largest of {@code n} numbers come first: of NaN, 0 and -0, NaN is
   * before all numbers and 0 before -0.
   */
  public static void largestFirst(Object x, int from, long[] keys, int n) {
    switch (x) {
      case double[] a -> {
        for (int i = 0; i < n; i++) {
          keys[i] = first(a[from + i]);
        }
      }
      case float[] a -> {
        for (int i = 0; i < n; i++) {
          keys[i] = first(a[from + i]);
        }
      }
      case int[] a -> {
        for (int i = 0; i < n; i++) {
          keys[i] = key(a[from + i], true);
        }
      }
      default -> {
        long[] a = (long[]) x;
        for (int i = 0; i < n; i++) {
          keys[i] = key(a[from + i], true);
        }
      }
    }
  }

  private static long first(double x) {
    return x != x ? 0 : ~total(x);
  }

  /**
   * The first k of the numbers 0 .. n - 1 in the order of their keys, of equal keys the lower ones:
   * by a heap of the best k so far, its worst on top.
   */
  public static void first(long[] keys, int n, int k, long[] order, int to) {
    int[] heap = new int[k];
    for (int i = 0; i < k; i++) {
      heap[i] = i;
    }
    for (int i = k / 2 - 1; i >= 0; i--) {
      sink(keys, heap, i, k);
    }
    for (int i = k; k > 0 && i < n; i++) {
      if (Long.compareUnsigned(keys[i], keys[heap[0]]) < 0) {
        heap[0] = i;
        sink(keys, heap, 0, k);
      }
    }
    for (int size = k; size > 0; size--) {
      order[to + size - 1] = heap[0];
      heap[0] = heap[size - 1];
      sink(keys, heap, 0, size - 1);
    }
  }

  private static void sink(long[] keys, int[] heap, int from, int size) {
    int element = heap[from];
    int hole = from;
    while (2 * hole + 1 < size) {
      int child = 2 * hole + 1;
      if (child + 1 < size && after(keys, heap[child + 1], heap[child])) {
        child++;
      }
      if (!after(keys, heap[child], element)) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    if (size > 0) {
      heap[hole] = element;
    }
  }

  private static boolean after(long[] keys, int i, int j) {
    int comparison = Long.compareUnsigned(keys[i], keys[j]);
    return comparison > 0 || comparison == 0 && i > j;
  }

  /** How many of {@code n} ascending keys are below a key, or not above it if {@code orEqual}. */
  public static int search(long[] keys, int from, int n, long key, boolean orEqual) {
    int low = 0;
    int high = n;
    while (low < high) {
      int middle = low + high >>> 1;
      int comparison = Long.compareUnsigned(keys[from + middle], key);
      if (comparison < 0 || orEqual && comparison == 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
