package dini.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** FLOAT32 products of a matrix and a vector in the orders of {@link ScalarMatrices}. */
final class VectorMatrices32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final boolean WIDE = VectorKernels.BITS == 512;

  private static final int V = S.length();

  /** Columns up to which eight rows stay in a cache of level 1 or 2 between their two uses. */
  private static final int EIGHT_ROWS = 4096;

  private VectorMatrices32() {}

  static void gemv(int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    if (n > ScalarSums.BLOCK) {
      for (int i = 0; i < m; i++) {
        y[yo + i] = VectorSums32.dot(a, ao + i * n, x, xo, n);
      }
    } else if (WIDE) {
      Wide32.rows(m, n, a, ao, x, xo, y, yo);
    } else {
      Narrow32.rows(m, n, a, ao, x, xo, y, yo);
    }
  }

  static void transposedGemv(
      int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
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
      int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    FloatVector y0 = FloatVector.zero(S);
    FloatVector y1 = y0;
    for (int i = 0, at = ao; i < m; i++, at += n) {
      FloatVector t = FloatVector.broadcast(S, x[xo + i]);
      y0 = FloatVector.fromArray(S, a, at).fma(t, y0);
      y1 = FloatVector.fromArray(S, a, at + n - V).fma(t, y1);
    }
    y0.intoArray(y, yo);
    y1.intoArray(y, yo + n - V);
  }

  /** For n from 2V to 4V: y in four registers, which overlap. */
  private static void fourColumns(
      int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    FloatVector y0 = FloatVector.zero(S);
    FloatVector y1 = y0;
    FloatVector y2 = y0;
    FloatVector y3 = y0;
    for (int i = 0, at = ao; i < m; i++, at += n) {
      FloatVector t = FloatVector.broadcast(S, x[xo + i]);
      y0 = FloatVector.fromArray(S, a, at).fma(t, y0);
      y1 = FloatVector.fromArray(S, a, at + V).fma(t, y1);
      y2 = FloatVector.fromArray(S, a, at + n - 2 * V).fma(t, y2);
      y3 = FloatVector.fromArray(S, a, at + n - V).fma(t, y3);
    }
    y0.intoArray(y, yo);
    y1.intoArray(y, yo + V);
    y2.intoArray(y, yo + n - 2 * V);
    y3.intoArray(y, yo + n - V);
  }

  /** {@code y[j] = fma(x[i], a[i][j], y[j])} for eight rows in order. */
  private static void addEightRows(int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    float x0 = x[xo];
    float x1 = x[xo + 1];
    float x2 = x[xo + 2];
    float x3 = x[xo + 3];
    float x4 = x[xo + 4];
    float x5 = x[xo + 5];
    float x6 = x[xo + 6];
    float x7 = x[xo + 7];
    int a1 = ao + n;
    int a2 = a1 + n;
    int a3 = a2 + n;
    int a4 = a3 + n;
    int a5 = a4 + n;
    int a6 = a5 + n;
    int a7 = a6 + n;
    FloatVector v0 = FloatVector.broadcast(S, x0);
    FloatVector v1 = FloatVector.broadcast(S, x1);
    FloatVector v2 = FloatVector.broadcast(S, x2);
    FloatVector v3 = FloatVector.broadcast(S, x3);
    FloatVector v4 = FloatVector.broadcast(S, x4);
    FloatVector v5 = FloatVector.broadcast(S, x5);
    FloatVector v6 = FloatVector.broadcast(S, x6);
    FloatVector v7 = FloatVector.broadcast(S, x7);
    int j = 0;
    for (int end = n & -V; j < end; j += V) {
      FloatVector s = FloatVector.fromArray(S, y, yo + j);
      s = FloatVector.fromArray(S, a, ao + j).fma(v0, s);
      s = FloatVector.fromArray(S, a, a1 + j).fma(v1, s);
      s = FloatVector.fromArray(S, a, a2 + j).fma(v2, s);
      s = FloatVector.fromArray(S, a, a3 + j).fma(v3, s);
      s = FloatVector.fromArray(S, a, a4 + j).fma(v4, s);
      s = FloatVector.fromArray(S, a, a5 + j).fma(v5, s);
      s = FloatVector.fromArray(S, a, a6 + j).fma(v6, s);
      s = FloatVector.fromArray(S, a, a7 + j).fma(v7, s);
      s.intoArray(y, yo + j);
    }
    for (; j < n; j++) {
      float s = Math.fma(x0, a[ao + j], y[yo + j]);
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
      int m, int n, float[] a, int ao, float[] w, int wo, float[] x, int xo, float[] y, int yo) {
    if (n < 16) {
      if (WIDE) {
        Wide32.shortGram(m, n, a, ao, w, wo, x, xo, y, yo);
      } else {
        Narrow32.shortGram(m, n, a, ao, w, wo, x, xo, y, yo);
      }
      return;
    }
    Arrays.fill(y, yo, yo + n, 0);
    float[] r = new float[8];
    int i = 0;
    if (n <= EIGHT_ROWS) {
      for (; i < m - 7; i += 8) {
        gemv(8, n, a, ao + i * n, x, xo, r, 0);
        for (int k = 0; k < 8 && w.length != 0; k++) {
          r[k] = w[wo + i + k] * r[k];
        }
        addEightRows(n, a, ao + i * n, r, 0, y, yo);
      }
    }
    for (; i < m; i++) {
      float s = VectorSums32.dot(a, ao + i * n, x, xo, n);
      s = w.length == 0 ? s : w[wo + i] * s;
      ScalarBinary.axpy(s, a, ao + i * n, y, yo, n);
    }
  }
}
