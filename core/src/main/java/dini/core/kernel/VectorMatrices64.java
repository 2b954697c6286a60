package dini.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** FLOAT64 products of a matrix and a vector in the orders of {@link ScalarMatrices}. */
final class VectorMatrices64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final boolean WIDE = VectorKernels.BITS == 512;

  private static final int V = S.length();

  /** Columns up to which eight rows stay in a cache of level 1 or 2 between their two uses. */
  private static final int EIGHT_ROWS = 4096;

  /** Columns up to which eight rows, x and y take less than half of a level 1 cache of 32 KB. */
  private static final int EIGHT_IN_L1 = 200;

  /** Columns up to which four rows, x and y fit in it. */
  private static final int FOUR_IN_L1 = 600;

  private VectorMatrices64() {}

  static void gemv(int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    if (n > ScalarSums.BLOCK) {
      for (int i = 0; i < m; i++) {
        y[yo + i] = VectorSums64.dot(a, ao + i * n, x, xo, n);
      }
    } else if (WIDE) {
      Wide64.rows(m, n, a, ao, x, xo, y, yo);
    } else {
      Narrow64.rows(m, n, a, ao, x, xo, y, yo);
    }
  }

  static void transposedGemv(
      int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    if (n >= V && n <= 2 * V) {
      twoColumns(m, n, a, ao, x, xo, y, yo);
      return;
    }
    if (n > 2 * V && n <= 4 * V) {
      fourColumns(m, n, a, ao, x, xo, y, yo);
      return;
    }
    Arrays.fill(y, yo, yo + n, 0);
    int i = 0;
    for (; i < m - 7; i += 8) {
      addEightRows(n, a, ao + i * n, x, xo + i, y, yo);
    }
    for (; i < m; i++) {
      ScalarBinary.axpy(x[xo + i], a, ao + i * n, y, yo, n);
    }
  }

  /** For n from V to 2V: y in two registers, which overlap. */
  private static void twoColumns(
      int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    DoubleVector y0 = DoubleVector.zero(S);
    DoubleVector y1 = y0;
    for (int i = 0, at = ao; i < m; i++, at += n) {
      DoubleVector t = DoubleVector.broadcast(S, x[xo + i]);
      y0 = DoubleVector.fromArray(S, a, at).fma(t, y0);
      y1 = DoubleVector.fromArray(S, a, at + n - V).fma(t, y1);
    }
    y0.intoArray(y, yo);
    y1.intoArray(y, yo + n - V);
  }

  /** For n from 2V to 4V: y in four registers, which overlap. */
  private static void fourColumns(
      int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    DoubleVector y0 = DoubleVector.zero(S);
    DoubleVector y1 = y0;
    DoubleVector y2 = y0;
    DoubleVector y3 = y0;
    for (int i = 0, at = ao; i < m; i++, at += n) {
      DoubleVector t = DoubleVector.broadcast(S, x[xo + i]);
      y0 = DoubleVector.fromArray(S, a, at).fma(t, y0);
      y1 = DoubleVector.fromArray(S, a, at + V).fma(t, y1);
      y2 = DoubleVector.fromArray(S, a, at + n - 2 * V).fma(t, y2);
      y3 = DoubleVector.fromArray(S, a, at + n - V).fma(t, y3);
    }
    y0.intoArray(y, yo);
    y1.intoArray(y, yo + V);
    y2.intoArray(y, yo + n - 2 * V);
    y3.intoArray(y, yo + n - V);
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

  /** {@code y[j] = fma(x[i], a[i][j], y[j])} for four rows in order. */
  private static void addFourRows(
      int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    double x0 = x[xo];
    double x1 = x[xo + 1];
    double x2 = x[xo + 2];
    double x3 = x[xo + 3];
    int a1 = ao + n;
    int a2 = a1 + n;
    int a3 = a2 + n;
    DoubleVector v0 = DoubleVector.broadcast(S, x0);
    DoubleVector v1 = DoubleVector.broadcast(S, x1);
    DoubleVector v2 = DoubleVector.broadcast(S, x2);
    DoubleVector v3 = DoubleVector.broadcast(S, x3);
    int j = 0;
    for (int end = n & -V; j < end; j += V) {
      DoubleVector s = DoubleVector.fromArray(S, y, yo + j);
      s = DoubleVector.fromArray(S, a, ao + j).fma(v0, s);
      s = DoubleVector.fromArray(S, a, a1 + j).fma(v1, s);
      s = DoubleVector.fromArray(S, a, a2 + j).fma(v2, s);
      s = DoubleVector.fromArray(S, a, a3 + j).fma(v3, s);
      s.intoArray(y, yo + j);
    }
    for (; j < n; j++) {
      double s = Math.fma(x0, a[ao + j], y[yo + j]);
      s = Math.fma(x1, a[a1 + j], s);
      s = Math.fma(x2, a[a2 + j], s);
      y[yo + j] = Math.fma(x3, a[a3 + j], s);
    }
  }

  static void gram(int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    if (n < 16) {
      if (WIDE) {
        Wide64.shortGram(m, n, a, ao, x, xo, y, yo);
      } else {
        Narrow64.shortGram(m, n, a, ao, x, xo, y, yo);
      }
      return;
    }
    Arrays.fill(y, yo, yo + n, 0);
    double[] r = new double[8];
    int i = 0;
    if (n > EIGHT_IN_L1 && n <= FOUR_IN_L1) {
      for (; i < m - 3; i += 4) {
        gemv(4, n, a, ao + i * n, x, xo, r, 0);
        addFourRows(n, a, ao + i * n, r, 0, y, yo);
      }
    } else if (n <= EIGHT_ROWS) {
      for (; i < m - 7; i += 8) {
        gemv(8, n, a, ao + i * n, x, xo, r, 0);
        addEightRows(n, a, ao + i * n, r, 0, y, yo);
      }
    }
    for (; i < m; i++) {
      double s = VectorSums64.dot(a, ao + i * n, x, xo, n);
      ScalarBinary.axpy(s, a, ao + i * n, y, yo, n);
    }
  }
}
