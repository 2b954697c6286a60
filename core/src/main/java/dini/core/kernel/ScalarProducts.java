package dini.core.kernel;

import java.util.Arrays;

/**
 * Products of matrices: every element is one chain of fma over k in order from 0, whatever the
 * blocking, since each block of k continues from the stored tile.
 */
final class ScalarProducts {

  /** Up to so many multiplications packing does not pay. */
  private static final int SMALL = 1024;

  /** Rows of B in one block. */
  private static final int DEPTH = 64;

  /** Columns of B in one block: with DEPTH it takes 128 or 256 KB, half of a level 2 cache. */
  private static final int WIDTH = 512;

  private ScalarProducts() {}

  static void gemm(
      boolean ta,
      boolean tb,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co) {
    double[] left = a == c ? Arrays.copyOfRange(a, ao, ao + m * k) : a;
    int lo = a == c ? 0 : ao;
    double[] right = b == c ? Arrays.copyOfRange(b, bo, bo + k * n) : b;
    int ro = b == c ? 0 : bo;
    part(tb, m, n, k, left, lo, ta ? 1 : k, ta ? m : 1, right, ro, tb ? k : n, c, co, n);
  }

  /** A part of a product, as {@link Kernels} says. */
  static void part(
      boolean tb,
      int m,
      int n,
      int k,
      double[] left,
      int lo,
      int rowStep,
      int step,
      double[] right,
      int ro,
      int line,
      double[] c,
      int co,
      int cLine) {
    if ((long) m * n * k <= SMALL) {
      small(tb, m, n, k, left, lo, rowStep, step, right, ro, line, c, co, cLine);
      return;
    }
    double[][] rows = new double[Math.min(k, DEPTH)][Math.min(n, WIDTH)];
    double[] tile = new double[Math.min(n, WIDTH)];
    for (int jb = 0; jb < n; jb += WIDTH) {
      int width = Math.min(WIDTH, n - jb);
      for (int lb = 0; lb < k; lb += DEPTH) {
        int depth = Math.min(DEPTH, k - lb);
        pack(tb, line, right, ro, jb, width, lb, depth, rows);
        for (int i = 0; i < m; i++) {
          int at = co + i * cLine + jb;
          if (lb == 0) {
            Arrays.fill(tile, 0, width, 0);
          } else {
            System.arraycopy(c, at, tile, 0, width);
          }
          accumulate(left, lo + i * rowStep + lb * step, step, rows, depth, tile, width);
          System.arraycopy(tile, 0, c, at, width);
        }
      }
    }
  }

  /** {@code tile += row of A times rows of B}, one fused step for each l in order. */
  private static void accumulate(
      double[] a, int at, int step, double[][] rows, int depth, double[] tile, int width) {
    int l = 0;
    for (; l < depth - 3; l += 4) {
      double a0 = a[at + l * step];
      double a1 = a[at + (l + 1) * step];
      double a2 = a[at + (l + 2) * step];
      double a3 = a[at + (l + 3) * step];
      fused(a0, rows[l], a1, rows[l + 1], a2, rows[l + 2], a3, rows[l + 3], tile, width);
    }
    for (; l < depth; l++) {
      double a0 = a[at + l * step];
      double[] row = rows[l];
      for (int j = 0; j < width; j++) {
        tile[j] = Math.fma(a0, row[j], tile[j]);
      }
    }
  }

  /**
   * Four steps in one pass over the tile: all indices are alike, so that C2 vectorizes the loop.
   */
  private static void fused(
      double a0,
      double[] b0,
      double a1,
      double[] b1,
      double a2,
      double[] b2,
      double a3,
      double[] b3,
      double[] tile,
      int width) {
    for (int j = 0; j < width; j++) {
      double s = Math.fma(a0, b0[j], tile[j]);
      s = Math.fma(a1, b1[j], s);
      s = Math.fma(a2, b2[j], s);
      tile[j] = Math.fma(a3, b3[j], s);
    }
  }

  private static void pack(
      boolean tb,
      int line,
      double[] b,
      int bo,
      int jb,
      int width,
      int lb,
      int depth,
      double[][] rows) {
    if (!tb) {
      for (int l = 0; l < depth; l++) {
        System.arraycopy(b, bo + (lb + l) * line + jb, rows[l], 0, width);
      }
      return;
    }
    for (int j = 0; j < width; j++) {
      int at = bo + (jb + j) * line + lb;
      for (int l = 0; l < depth; l++) {
        rows[l][j] = b[at + l];
      }
    }
  }

  private static void small(
      boolean tb,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int rowStep,
      int step,
      double[] b,
      int bo,
      int line,
      double[] c,
      int co,
      int cLine) {
    int columnStep = tb ? line : 1;
    int bStep = tb ? 1 : line;
    for (int i = 0; i < m; i++) {
      int j = 0;
      for (; j < n - 3; j += 4) {
        int at = bo + j * columnStep;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int l = 0; l < k; l++, at += bStep) {
          double t = a[ao + i * rowStep + l * step];
          s0 = Math.fma(t, b[at], s0);
          s1 = Math.fma(t, b[at + columnStep], s1);
          s2 = Math.fma(t, b[at + 2 * columnStep], s2);
          s3 = Math.fma(t, b[at + 3 * columnStep], s3);
        }
        c[co + i * n + j] = s0;
        c[co + i * n + j + 1] = s1;
        c[co + i * n + j + 2] = s2;
        c[co + i * n + j + 3] = s3;
      }
      for (; j < n; j++) {
        double s = 0;
        for (int l = 0; l < k; l++) {
          s = Math.fma(a[ao + i * rowStep + l * step], b[bo + l * bStep + j * columnStep], s);
        }
        c[co + i * cLine + j] = s;
      }
    }
  }

  static void gemm(
      boolean ta,
      boolean tb,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co) {
    float[] left = a == c ? Arrays.copyOfRange(a, ao, ao + m * k) : a;
    int lo = a == c ? 0 : ao;
    float[] right = b == c ? Arrays.copyOfRange(b, bo, bo + k * n) : b;
    int ro = b == c ? 0 : bo;
    part(tb, m, n, k, left, lo, ta ? 1 : k, ta ? m : 1, right, ro, tb ? k : n, c, co, n);
  }

  /** A part of a product, as {@link Kernels} says. */
  static void part(
      boolean tb,
      int m,
      int n,
      int k,
      float[] left,
      int lo,
      int rowStep,
      int step,
      float[] right,
      int ro,
      int line,
      float[] c,
      int co,
      int cLine) {
    if ((long) m * n * k <= SMALL) {
      small(tb, m, n, k, left, lo, rowStep, step, right, ro, line, c, co, cLine);
      return;
    }
    float[][] rows = new float[Math.min(k, DEPTH)][Math.min(n, WIDTH)];
    float[] tile = new float[Math.min(n, WIDTH)];
    for (int jb = 0; jb < n; jb += WIDTH) {
      int width = Math.min(WIDTH, n - jb);
      for (int lb = 0; lb < k; lb += DEPTH) {
        int depth = Math.min(DEPTH, k - lb);
        pack(tb, line, right, ro, jb, width, lb, depth, rows);
        for (int i = 0; i < m; i++) {
          int at = co + i * cLine + jb;
          if (lb == 0) {
            Arrays.fill(tile, 0, width, 0);
          } else {
            System.arraycopy(c, at, tile, 0, width);
          }
          accumulate(left, lo + i * rowStep + lb * step, step, rows, depth, tile, width);
          System.arraycopy(tile, 0, c, at, width);
        }
      }
    }
  }

  /** {@code tile += row of A times rows of B}, one fused step for each l in order. */
  private static void accumulate(
      float[] a, int at, int step, float[][] rows, int depth, float[] tile, int width) {
    int l = 0;
    for (; l < depth - 3; l += 4) {
      float a0 = a[at + l * step];
      float a1 = a[at + (l + 1) * step];
      float a2 = a[at + (l + 2) * step];
      float a3 = a[at + (l + 3) * step];
      fused(a0, rows[l], a1, rows[l + 1], a2, rows[l + 2], a3, rows[l + 3], tile, width);
    }
    for (; l < depth; l++) {
      float a0 = a[at + l * step];
      float[] row = rows[l];
      for (int j = 0; j < width; j++) {
        tile[j] = Math.fma(a0, row[j], tile[j]);
      }
    }
  }

  /**
   * Four steps in one pass over the tile: all indices are alike, so that C2 vectorizes the loop.
   */
  private static void fused(
      float a0,
      float[] b0,
      float a1,
      float[] b1,
      float a2,
      float[] b2,
      float a3,
      float[] b3,
      float[] tile,
      int width) {
    for (int j = 0; j < width; j++) {
      float s = Math.fma(a0, b0[j], tile[j]);
      s = Math.fma(a1, b1[j], s);
      s = Math.fma(a2, b2[j], s);
      tile[j] = Math.fma(a3, b3[j], s);
    }
  }

  private static void pack(
      boolean tb,
      int line,
      float[] b,
      int bo,
      int jb,
      int width,
      int lb,
      int depth,
      float[][] rows) {
    if (!tb) {
      for (int l = 0; l < depth; l++) {
        System.arraycopy(b, bo + (lb + l) * line + jb, rows[l], 0, width);
      }
      return;
    }
    for (int j = 0; j < width; j++) {
      int at = bo + (jb + j) * line + lb;
      for (int l = 0; l < depth; l++) {
        rows[l][j] = b[at + l];
      }
    }
  }

  private static void small(
      boolean tb,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int rowStep,
      int step,
      float[] b,
      int bo,
      int line,
      float[] c,
      int co,
      int cLine) {
    int columnStep = tb ? line : 1;
    int bStep = tb ? 1 : line;
    for (int i = 0; i < m; i++) {
      int j = 0;
      for (; j < n - 3; j += 4) {
        int at = bo + j * columnStep;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int l = 0; l < k; l++, at += bStep) {
          float t = a[ao + i * rowStep + l * step];
          s0 = Math.fma(t, b[at], s0);
          s1 = Math.fma(t, b[at + columnStep], s1);
          s2 = Math.fma(t, b[at + 2 * columnStep], s2);
          s3 = Math.fma(t, b[at + 3 * columnStep], s3);
        }
        c[co + i * n + j] = s0;
        c[co + i * n + j + 1] = s1;
        c[co + i * n + j + 2] = s2;
        c[co + i * n + j + 3] = s3;
      }
      for (; j < n; j++) {
        float s = 0;
        for (int l = 0; l < k; l++) {
          s = Math.fma(a[ao + i * rowStep + l * step], b[bo + l * bStep + j * columnStep], s);
        }
        c[co + i * cLine + j] = s;
      }
    }
  }
}
