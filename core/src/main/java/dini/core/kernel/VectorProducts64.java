package dini.core.kernel;

import java.util.Arrays;

/**
 * Products of matrices of double, tile by tile.
 *
 * <p>Every element is one chain of fma over k in order from 0: a block of k continues from what the
 * block before it has stored, so blocks and tiles do not show in the result. A is read in place,
 * four rows at a time, unless it is transposed: then blocks of it are copied by rows first. B is
 * read in place while it fits into the level 2 cache; above, and transposed, it is copied to panels
 * as wide as a tile. For each four rows of A, which then sit in the level 1 cache, all panels pass
 * by.
 */
final class VectorProducts64 {

  private static final boolean WIDE = VectorTiles64.S.vectorBitSize() == 512;

  private static final int V = VectorTiles64.S.length();

  /** Columns of a panel of B. */
  private static final int PANEL = (WIDE ? 4 : 2) * V;

  /** Elements of B that fit well into a level 2 cache: of 1 MB with AVX-512, else 512 KB. */
  private static final int CACHED = WIDE ? 1 << 16 : 1 << 15;

  private static final int DEPTH = 512;

  private static final int WIDTH = CACHED / DEPTH;

  /** Rows of a transposed A that are copied at a time. */
  private static final int ROWS = 128;

  /** With so few rows B is read too few times to repay a copy. */
  private static final int FEW = 8;

  private static final ThreadLocal<double[]> PANELS = new ThreadLocal<>();

  private static final ThreadLocal<double[]> COPY = new ThreadLocal<>();

  private VectorProducts64() {}

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
    Arrays.fill(c, co, co + m * n, 0);
    boolean packed = tb || (m > FEW && (long) k * n > CACHED);
    int width = packed ? WIDTH : n;
    for (int j = 0; j < n; j += width) {
      int columns = Math.min(width, n - j);
      for (int l = 0; l < k; l += DEPTH) {
        int depth = Math.min(DEPTH, k - l);
        if (packed) {
          double[] panels = buffer(PANELS, depth * columns);
          if (tb) {
            packTransposed(right, ro + j * k + l, k, columns, depth, panels);
          } else {
            pack(right, ro + l * n + j, n, columns, depth, panels);
          }
          rows(ta, m, columns, depth, left, lo, ta ? m : k, l, panels, 0, 0, c, co + j, n);
        } else {
          rows(ta, m, n, depth, left, lo, ta ? m : k, l, right, ro + l * n, n, c, co, n);
        }
      }
    }
  }

  /** All rows of C against columns of B, given in place or, where {@code ldb} is 0, in panels. */
  private static void rows(
      boolean ta,
      int m,
      int columns,
      int depth,
      double[] a,
      int ao,
      int lda,
      int l,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    if (!ta) {
      block(m, columns, depth, a, ao + l, lda, b, bo, ldb, c, co, ldc);
      return;
    }
    for (int i = 0; i < m; i += ROWS) {
      int count = Math.min(ROWS, m - i);
      double[] copy = buffer(COPY, count * depth);
      ScalarMatrices.transpose(depth, count, a, ao + l * lda + i, lda, copy, 0, depth);
      block(count, columns, depth, copy, 0, depth, b, bo, ldb, c, co + i * ldc, ldc);
    }
  }

  private static void block(
      int m,
      int columns,
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    int i = 0;
    for (; i < m - 3; i += 4) {
      rows4(columns, k, a, ao + i * lda, lda, b, bo, ldb, c, co + i * ldc, ldc);
    }
    if (i < m - 1) {
      rows2(columns, k, a, ao + i * lda, lda, b, bo, ldb, c, co + i * ldc, ldc);
      i += 2;
    }
    if (i < m) {
      rows1(columns, k, a, ao + i * lda, lda, b, bo, ldb, c, co + i * ldc, ldc);
    }
  }

  private static void rows4(
      int columns,
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    boolean panels = ldb == 0;
    int j = 0;
    while (j < columns) {
      int panel = Math.min(PANEL, columns - j);
      int at = panels ? bo + j * k : bo + j;
      int step = panels ? panel : ldb;
      int end = j + panel;
      if (WIDE && panel == 4 * V) {
        VectorTiles64.tile4x4(k, a, ao, lda, b, at, step, c, co + j, ldc);
        j += 4 * V;
        continue;
      }
      for (; j <= end - 2 * V; j += 2 * V, at += 2 * V) {
        VectorTiles64.tile4x2(k, a, ao, lda, b, at, step, c, co + j, ldc);
      }
      for (; j < end; j += V, at += V) {
        int width = Math.min(V, end - j);
        VectorTiles64.tile4xPart(k, width, a, ao, lda, b, at, step, c, co + j, ldc);
      }
      j = end;
    }
  }

  private static void rows2(
      int columns,
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    boolean panels = ldb == 0;
    int j = 0;
    while (j < columns) {
      int panel = Math.min(PANEL, columns - j);
      int at = panels ? bo + j * k : bo + j;
      int step = panels ? panel : ldb;
      int end = j + panel;
      if (WIDE && panel == 4 * V) {
        VectorTiles64.tile2x4(k, a, ao, lda, b, at, step, c, co + j, ldc);
        j += 4 * V;
        continue;
      }
      for (; j <= end - 2 * V; j += 2 * V, at += 2 * V) {
        VectorTiles64.tile2x2(k, a, ao, lda, b, at, step, c, co + j, ldc);
      }
      for (; j < end; j += V, at += V) {
        int width = Math.min(V, end - j);
        VectorTiles64.tile2xPart(k, width, a, ao, lda, b, at, step, c, co + j, ldc);
      }
      j = end;
    }
  }

  private static void rows1(
      int columns,
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    boolean panels = ldb == 0;
    int j = 0;
    while (j < columns) {
      int panel = Math.min(PANEL, columns - j);
      int at = panels ? bo + j * k : bo + j;
      int step = panels ? panel : ldb;
      int end = j + panel;
      if (WIDE && panel == 4 * V) {
        VectorTiles64.tile1x4(k, a, ao, lda, b, at, step, c, co + j, ldc);
        j += 4 * V;
        continue;
      }
      for (; j <= end - 2 * V; j += 2 * V, at += 2 * V) {
        VectorTiles64.tile1x2(k, a, ao, lda, b, at, step, c, co + j, ldc);
      }
      for (; j < end; j += V, at += V) {
        int width = Math.min(V, end - j);
        VectorTiles64.tile1xPart(k, width, a, ao, lda, b, at, step, c, co + j, ldc);
      }
      j = end;
    }
  }

  /** Panels one after the other, each of {@code depth} rows, the last panel maybe narrower. */
  private static void pack(double[] b, int bo, int ldb, int columns, int depth, double[] panels) {
    for (int j = 0; j < columns; j += PANEL) {
      int width = Math.min(PANEL, columns - j);
      int to = j * depth;
      for (int p = 0; p < depth; p++) {
        System.arraycopy(b, bo + p * ldb + j, panels, to + p * width, width);
      }
    }
  }

  private static void packTransposed(
      double[] b, int bo, int ldb, int columns, int depth, double[] panels) {
    for (int j = 0; j < columns; j += PANEL) {
      int width = Math.min(PANEL, columns - j);
      ScalarMatrices.transpose(width, depth, b, bo + j * ldb, ldb, panels, j * depth, width);
    }
  }

  /** One array for each thread, as large as its largest product has needed: at most 512 KB. */
  private static double[] buffer(ThreadLocal<double[]> mine, int size) {
    double[] array = mine.get();
    if (array == null || array.length < size) {
      array = new double[size];
      mine.set(array);
    }
    return array;
  }
}
