package dini.core.kernel;

import java.util.Arrays;

/** Products of a matrix and a vector, and transposition. */
final class ScalarMatrices {
  private static final int TILE = 32;

  private ScalarMatrices() {}

  static void gemv(
      boolean transposed,
      int m,
      int n,
      double[] a,
      int ao,
      double[] x,
      int xo,
      double[] y,
      int yo) {
    int length = transposed ? m : n;
    double[] v = x == y ? Arrays.copyOfRange(x, xo, xo + length) : x;
    int vo = x == y ? 0 : xo;
    if (!transposed) {
      for (int i = 0; i < m; i++) {
        y[yo + i] = ScalarSums.dot(a, ao + i * n, v, vo, n);
      }
      return;
    }
    Arrays.fill(y, yo, yo + n, 0);
    for (int i = 0; i < m; i++) {
      ScalarBinary.axpy(v[vo + i], a, ao + i * n, y, yo, n);
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
    double[] v = x == y ? Arrays.copyOfRange(x, xo, xo + n) : x;
    int vo = x == y ? 0 : xo;
    Arrays.fill(y, yo, yo + n, 0);
    for (int i = 0; i < m; i++) {
      double r = ScalarSums.dot(a, ao + i * n, v, vo, n);
      r = w.length == 0 ? r : w[wo + i] * r;
      ScalarBinary.axpy(r, a, ao + i * n, y, yo, n);
    }
  }

  static void transpose(int m, int n, double[] x, int xo, double[] out, int oo) {
    double[] from = x == out ? Arrays.copyOfRange(x, xo, xo + m * n) : x;
    int fo = x == out ? 0 : xo;
    for (int ib = 0; ib < m; ib += TILE) {
      for (int jb = 0; jb < n; jb += TILE) {
        int iEnd = Math.min(m, ib + TILE);
        int jEnd = Math.min(n, jb + TILE);
        for (int j = jb; j < jEnd; j++) {
          for (int i = ib; i < iEnd; i++) {
            out[oo + j * m + i] = from[fo + i * n + j];
          }
        }
      }
    }
  }

  static void gemv(
      boolean transposed, int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    int length = transposed ? m : n;
    float[] v = x == y ? Arrays.copyOfRange(x, xo, xo + length) : x;
    int vo = x == y ? 0 : xo;
    if (!transposed) {
      for (int i = 0; i < m; i++) {
        y[yo + i] = ScalarSums.dot(a, ao + i * n, v, vo, n);
      }
      return;
    }
    Arrays.fill(y, yo, yo + n, 0);
    for (int i = 0; i < m; i++) {
      ScalarBinary.axpy(v[vo + i], a, ao + i * n, y, yo, n);
    }
  }

  static void gram(
      int m, int n, float[] a, int ao, float[] w, int wo, float[] x, int xo, float[] y, int yo) {
    float[] v = x == y ? Arrays.copyOfRange(x, xo, xo + n) : x;
    int vo = x == y ? 0 : xo;
    Arrays.fill(y, yo, yo + n, 0);
    for (int i = 0; i < m; i++) {
      float r = ScalarSums.dot(a, ao + i * n, v, vo, n);
      r = w.length == 0 ? r : w[wo + i] * r;
      ScalarBinary.axpy(r, a, ao + i * n, y, yo, n);
    }
  }

  static void transpose(int m, int n, float[] x, int xo, float[] out, int oo) {
    float[] from = x == out ? Arrays.copyOfRange(x, xo, xo + m * n) : x;
    int fo = x == out ? 0 : xo;
    for (int ib = 0; ib < m; ib += TILE) {
      for (int jb = 0; jb < n; jb += TILE) {
        int iEnd = Math.min(m, ib + TILE);
        int jEnd = Math.min(n, jb + TILE);
        for (int j = jb; j < jEnd; j++) {
          for (int i = ib; i < iEnd; i++) {
            out[oo + j * m + i] = from[fo + i * n + j];
          }
        }
      }
    }
  }
}
