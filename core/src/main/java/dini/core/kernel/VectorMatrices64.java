package dini.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** FLOAT64 products of a matrix and a vector in the orders of {@link ScalarMatrices}. */
final class VectorMatrices64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final boolean WIDE = VectorKernels.BITS == 512;

  private static final int V = S.length();

  /** Elements of the rows that stay in a cache of level 2 between their two uses: 128 KB. */
  private static final int BLOCK = 16384;

  /**
   * Elements of a matrix up to which it may be read in panels of columns: 1 MB, a cache of level 2.
   * Larger ones are read row by row, measured at 2000 x 500: 111 instead of 121 microseconds.
   */
  static final int IN_CACHE = 1 << 17;

  /** Their products with x, for one block. */
  private static final ThreadLocal<double[]> IMAGES =
      ThreadLocal.withInitial(() -> new double[BLOCK / 16]);

  private VectorMatrices64() {}

  static void gemv(int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    if (n > ScalarSums.BLOCK) {
      for (int i = 0; i < m; i++) {
        y[yo + i] = VectorSums64.dot(a, ao + i * n, x, xo, n);
      }
    } else if (WIDE && Resident64.fits(n)) {
      Resident64.rows(m, n, a, ao, x, xo, y, yo);
    } else if (WIDE) {
      Wide64.rows(m, n, a, ao, x, xo, y, yo);
    } else {
      Narrow64.rows(m, n, a, ao, x, xo, y, yo);
    }
  }

  static void transposedGemv(
      int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    if (WIDE && Lines64.suitsTransposed(m, n)) {
      Lines64.transposedGemv(m, n, a, ao, x, xo, y, yo);
      return;
    }
    Arrays.fill(y, yo, yo + n, 0);
    if (n <= 4 * V || WIDE && (n < 128 || (long) m * n <= IN_CACHE)) {
      addColumns(m, n, a, ao, n, x, xo, y, yo);
    } else {
      addRows(m, n, a, ao, x, xo, y, yo);
    }
  }

  /** {@code y += A' x} over the rows in order, n columns of which are in registers at a time. */
  static void addColumns(
      int m, int n, double[] a, int ao, int line, double[] x, int xo, double[] y, int yo) {
    int j = 0;
    // a panel takes all that is left, or leaves V columns or more
    while (WIDE && n - j >= 12 * V) {
      int width = n - j <= 13 * V ? n - j : 12 * V;
      Resident64.columns(m, width, a, ao + j, line, x, xo, y, yo + j);
      j += width;
    }
    while (n - j > 2 * V) {
      int width = n - j <= 5 * V ? n - j : 4 * V;
      fiveColumns(m, width, a, ao + j, line, x, xo, y, yo + j);
      j += width;
    }
    if (n - j >= V) {
      twoColumns(m, n - j, a, ao + j, line, x, xo, y, yo + j);
    } else if (j < n) {
      for (int i = 0, at = ao + j; i < m; i++, at += line) {
        ScalarBinary.axpy(x[xo + i], a, at, y, yo + j, n - j);
      }
    }
  }

  /** For V to 2V columns: y in two registers, which overlap. */
  private static void twoColumns(
      int m, int n, double[] a, int ao, int line, double[] x, int xo, double[] y, int yo) {
    DoubleVector y0 = DoubleVector.fromArray(S, y, yo);
    DoubleVector y1 = DoubleVector.fromArray(S, y, yo + n - V);
    for (int i = 0, at = ao; i < m; i++, at += line) {
      DoubleVector t = DoubleVector.broadcast(S, x[xo + i]);
      y0 = DoubleVector.fromArray(S, a, at).fma(t, y0);
      y1 = DoubleVector.fromArray(S, a, at + n - V).fma(t, y1);
    }
    y0.intoArray(y, yo);
    y1.intoArray(y, yo + n - V);
  }

  /** For 2V to 5V columns: y in five registers, which overlap. */
  private static void fiveColumns(
      int m, int n, double[] a, int ao, int line, double[] x, int xo, double[] y, int yo) {
    int second = Math.min(V, n - 2 * V);
    int third = Math.min(2 * V, n - 2 * V);
    int fourth = Math.min(3 * V, n - V);
    DoubleVector y0 = DoubleVector.fromArray(S, y, yo);
    DoubleVector y1 = DoubleVector.fromArray(S, y, yo + second);
    DoubleVector y2 = DoubleVector.fromArray(S, y, yo + third);
    DoubleVector y3 = DoubleVector.fromArray(S, y, yo + fourth);
    DoubleVector y4 = DoubleVector.fromArray(S, y, yo + n - V);
    for (int i = 0, at = ao; i < m; i++, at += line) {
      DoubleVector t = DoubleVector.broadcast(S, x[xo + i]);
      y0 = DoubleVector.fromArray(S, a, at).fma(t, y0);
      y1 = DoubleVector.fromArray(S, a, at + second).fma(t, y1);
      y2 = DoubleVector.fromArray(S, a, at + third).fma(t, y2);
      y3 = DoubleVector.fromArray(S, a, at + fourth).fma(t, y3);
      y4 = DoubleVector.fromArray(S, a, at + n - V).fma(t, y4);
    }
    y0.intoArray(y, yo);
    y1.intoArray(y, yo + second);
    y2.intoArray(y, yo + third);
    y3.intoArray(y, yo + fourth);
    y4.intoArray(y, yo + n - V);
  }

  /** {@code y += A' x} over the rows in order. */
  private static void addRows(
      int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    int i = 0;
    for (; i < m - 7; i += 8) {
      addEightRows(n, a, ao + i * n, x, xo + i, y, yo);
    }
    for (; i < m; i++) {
      ScalarBinary.axpy(x[xo + i], a, ao + i * n, y, yo, n);
    }
  }

  /** {@code y[j] = fma(x[i], a[i][j], y[j])} for eight rows in order. */
  private static void addEightRows(
      int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    double x0 = x[xo];
    double x1 = x[xo + 1];
    double x2 = x[xo + 2];
    double x3 = x[xo + 3];
    double x4 = x[xo + 4];
    double x5 = x[xo + 5];
    double x6 = x[xo + 6];
    double x7 = x[xo + 7];
    int a1 = ao + n;
    int a2 = a1 + n;
    int a3 = a2 + n;
    int a4 = a3 + n;
    int a5 = a4 + n;
    int a6 = a5 + n;
    int a7 = a6 + n;
    DoubleVector v0 = DoubleVector.broadcast(S, x0);
    DoubleVector v1 = DoubleVector.broadcast(S, x1);
    DoubleVector v2 = DoubleVector.broadcast(S, x2);
    DoubleVector v3 = DoubleVector.broadcast(S, x3);
    DoubleVector v4 = DoubleVector.broadcast(S, x4);
    DoubleVector v5 = DoubleVector.broadcast(S, x5);
    DoubleVector v6 = DoubleVector.broadcast(S, x6);
    DoubleVector v7 = DoubleVector.broadcast(S, x7);
    int j = 0;
    for (int end = n & -V; j < end; j += V) {
      DoubleVector s = DoubleVector.fromArray(S, y, yo + j);
      s = DoubleVector.fromArray(S, a, ao + j).fma(v0, s);
      s = DoubleVector.fromArray(S, a, a1 + j).fma(v1, s);
      s = DoubleVector.fromArray(S, a, a2 + j).fma(v2, s);
      s = DoubleVector.fromArray(S, a, a3 + j).fma(v3, s);
      s = DoubleVector.fromArray(S, a, a4 + j).fma(v4, s);
      s = DoubleVector.fromArray(S, a, a5 + j).fma(v5, s);
      s = DoubleVector.fromArray(S, a, a6 + j).fma(v6, s);
      s = DoubleVector.fromArray(S, a, a7 + j).fma(v7, s);
      s.intoArray(y, yo + j);
    }
    for (; j < n; j++) {
      double s = Math.fma(x0, a[ao + j], y[yo + j]);
      s = Math.fma(x1, a[a1 + j], s);
      s = Math.fma(x2, a[a2 + j], s);
      s = Math.fma(x3, a[a3 + j], s);
      s = Math.fma(x4, a[a4 + j], s);
      s = Math.fma(x5, a[a5 + j], s);
      s = Math.fma(x6, a[a6 + j], s);
      y[yo + j] = Math.fma(x7, a[a7 + j], s);
    }
  }

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
    if (n < 16) {
      if (WIDE) {
        Wide64.shortGram(m, n, a, ao, w, wo, x, xo, y, yo);
      } else {
        Narrow64.shortGram(m, n, a, ao, w, wo, x, xo, y, yo);
      }
      return;
    }
    if (WIDE && n >= 96 && n < 104) {
      Resident64.gram(m, n, a, ao, w, wo, x, xo, y, yo);
      return;
    }
    if (WIDE && Lines64.suitsGram(m, n)) {
      Lines64.gram(m, n, a, ao, w, wo, x, xo, y, yo);
      return;
    }
    Arrays.fill(y, yo, yo + n, 0);
    int block = Math.max(1, BLOCK / n);
    double[] r = IMAGES.get();
    for (int i = 0; i < m; i += block) {
      int rows = Math.min(block, m - i);
      gemv(rows, n, a, ao + i * n, x, xo, r, 0);
      for (int k = 0; k < rows && w.length != 0; k++) {
        r[k] = w[wo + i + k] * r[k];
      }
      if (WIDE) {
        int lead = lead(m, n, ao);
        int at = ao + i * n;
        if (lead > 0) {
          twoColumns(rows, lead, a, at, n, r, 0, y, yo);
        }
        addColumns(rows, n - lead, a, at + lead, n, r, 0, y, yo + lead);
      } else {
        addRows(rows, n, a, ao + i * n, r, 0, y, yo);
      }
    }
  }

  /**
   * Columns to take beforehand, so that of all others every second row, or every row, is read in
   * whole lines of the cache. Measured at 1000 x 1000: 190 instead of 205 microseconds.
   */
  private static int lead(int m, int n, int ao) {
    return (long) m * n > IN_CACHE && n >= 16 * V ? V + (-Lines64.shift(ao) & V - 1) : 0;
  }
}
