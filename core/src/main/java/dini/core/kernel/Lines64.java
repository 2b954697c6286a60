package dini.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * FLOAT64 {@code A' x} and {@code A' (w * (A x))} with vectors of 512 bits, for a matrix that is
 * larger than a cache of level 2. Its rows are read in whole lines of the cache, every second one
 * where the length of a row is only a multiple of half a line: a load that straddles two lines
 * costs as much as two.
 *
 * <p>Where a line begins is a guess, which only speed depends on: the collector G1 gives a large
 * array a region of its own, with 16 bytes of a header before its elements. Since a line begins
 * before a row does, the sums hold some lanes in front of the first column, which nobody reads.
 *
 * <p>The few rows that {@code A' (w * (A x))} reads twice stay in a cache of level 1. Measured, in
 * microseconds, against blocks of rows that stay in level 2: 178 instead of 191 at 2000 x 500, 175
 * instead of 221 at 4000 x 256, but 199 instead of 189 at 1000 x 1000.
 */
final class Lines64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_512;

  /** Elements of the header of an array. */
  private static final int HEADER = 2;

  /** Columns of the widest matrix. */
  private static final int WIDEST = 1024;

  /** Columns of the widest matrix four rows of which stay in a cache of level 1. */
  private static final int FOUR_ROWS = 768;

  private static final int FEWEST_ROWS = 24;

  /** Eight products of rows, then the sums of columns with a vector's width to either side. */
  private static final ThreadLocal<double[]> SUMS =
      ThreadLocal.withInitial(() -> new double[8 + 8 + WIDEST + 8]);

  private static final int FIRST = 16;

  private Lines64() {}

  private static boolean isLarge(int m, int n) {
    return (long) m * n > VectorMatrices64.IN_CACHE && m >= FEWEST_ROWS && n >= 128;
  }

  static boolean suitsTransposed(int m, int n) {
    return isLarge(m, n) && n <= WIDEST;
  }

  static boolean suitsGram(int m, int n) {
    return isLarge(m, n) && n <= FOUR_ROWS;
  }

  /** {@code y = A' x}, over the rows in order. */
  static void transposedGemv(
      int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    double[] sums = SUMS.get();
    Arrays.fill(sums, FIRST, FIRST + n, 0);
    for (int i = 0; i < m; i += 8) {
      add(8, i, m, n, a, ao, x, xo + i, sums);
    }
    System.arraycopy(sums, FIRST, y, yo, n);
  }

  /** {@code y = A' (w * (A x))}, over the rows in order; w of length 0 stands for ones. */
  static void gram(
      int m,
      int n,
      double[] a,
      int ao,
      double[] w,
      int wo,
      double[] x,
      int xo,
      double[] y,
      int yo) {
    double[] sums = SUMS.get();
    Arrays.fill(sums, FIRST, FIRST + n, 0);
    int group = 2 * n <= FOUR_ROWS ? 8 : 4;
    for (int i = 0; i < m; i += group) {
      int rows = Math.min(group, m - i);
      VectorMatrices64.gemv(rows, n, a, ao + i * n, x, xo, sums, 0);
      for (int k = 0; k < rows && w.length != 0; k++) {
        sums[k] = w[wo + i + k] * sums[k];
      }
      add(group, i, m, n, a, ao, sums, 0, sums);
    }
    System.arraycopy(sums, FIRST, y, yo, n);
  }

  /** Adds the rows from i on, at most {@code group}, times x. */
  private static void add(
      int group, int i, int m, int n, double[] a, int ao, double[] x, int xo, double[] sums) {
    int at = ao + i * n;
    if (i == 0 || i + group >= m) {
      // whole lines could begin before the matrix or end behind it
      VectorMatrices64.addColumns(Math.min(group, m - i), n, a, at, n, x, xo, sums, FIRST);
    } else if (group == 8) {
      addEight(n, a, at, shift(ao), x, xo, sums);
    } else {
      addFour(n, a, at, shift(ao), x, xo, sums);
    }
  }

  /** Elements between the beginning of a line and that of the matrix. */
  static int shift(int ao) {
    return HEADER + ao & 7;
  }

  private static void addFour(
      int n, double[] a, int ao, int shift, double[] x, int xo, double[] sums) {
    DoubleVector x0 = DoubleVector.broadcast(S, x[xo]);
    DoubleVector x1 = DoubleVector.broadcast(S, x[xo + 1]);
    DoubleVector x2 = DoubleVector.broadcast(S, x[xo + 2]);
    DoubleVector x3 = DoubleVector.broadcast(S, x[xo + 3]);
    int a1 = ao + n;
    int a2 = a1 + n;
    int a3 = a2 + n;
    for (int j = -shift; j < n; j += 8) {
      DoubleVector s = DoubleVector.fromArray(S, sums, FIRST + j);
      s = DoubleVector.fromArray(S, a, ao + j).fma(x0, s);
      s = DoubleVector.fromArray(S, a, a1 + j).fma(x1, s);
      s = DoubleVector.fromArray(S, a, a2 + j).fma(x2, s);
      s = DoubleVector.fromArray(S, a, a3 + j).fma(x3, s);
      s.intoArray(sums, FIRST + j);
    }
  }

  private static void addEight(
      int n, double[] a, int ao, int shift, double[] x, int xo, double[] sums) {
    DoubleVector x0 = DoubleVector.broadcast(S, x[xo]);
    DoubleVector x1 = DoubleVector.broadcast(S, x[xo + 1]);
    DoubleVector x2 = DoubleVector.broadcast(S, x[xo + 2]);
    DoubleVector x3 = DoubleVector.broadcast(S, x[xo + 3]);
    DoubleVector x4 = DoubleVector.broadcast(S, x[xo + 4]);
    DoubleVector x5 = DoubleVector.broadcast(S, x[xo + 5]);
    DoubleVector x6 = DoubleVector.broadcast(S, x[xo + 6]);
    DoubleVector x7 = DoubleVector.broadcast(S, x[xo + 7]);
    int a1 = ao + n;
    int a2 = a1 + n;
    int a3 = a2 + n;
    int a4 = a3 + n;
    int a5 = a4 + n;
    int a6 = a5 + n;
    int a7 = a6 + n;
    for (int j = -shift; j < n; j += 8) {
      DoubleVector s = DoubleVector.fromArray(S, sums, FIRST + j);
      s = DoubleVector.fromArray(S, a, ao + j).fma(x0, s);
      s = DoubleVector.fromArray(S, a, a1 + j).fma(x1, s);
      s = DoubleVector.fromArray(S, a, a2 + j).fma(x2, s);
      s = DoubleVector.fromArray(S, a, a3 + j).fma(x3, s);
      s = DoubleVector.fromArray(S, a, a4 + j).fma(x4, s);
      s = DoubleVector.fromArray(S, a, a5 + j).fma(x5, s);
      s = DoubleVector.fromArray(S, a, a6 + j).fma(x6, s);
      s = DoubleVector.fromArray(S, a, a7 + j).fma(x7, s);
      s.intoArray(sums, FIRST + j);
    }
  }
}
