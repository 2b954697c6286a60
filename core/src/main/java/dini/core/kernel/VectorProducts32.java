package dini.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * FLOAT32 products of matrices: {@link VectorTiles32} over blocks that fit the caches.
 *
 * <p>Up to a size the tiles read A and B where they are: {@link UnpackedProducts32}. Beyond, both
 * are packed: B into panels of a tile's width, A into slivers of four interleaved rows, padded with
 * zeros.
 */
final class VectorProducts32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  /** 4 x 4 vectors of accumulators need 32 registers. */
  private static final boolean WIDE = S.vectorBitSize() == 512;

  /** Columns of a tile. */
  private static final int WIDTH = WIDE ? 4 * V : 2 * V;

  /** Elements of B up to which packing does not pay, measured: n = 256, and 96 with 256 bits. */
  private static final int UNPACKED = WIDE ? 256 * 256 : 96 * 96;

  /** The block of k: a sliver of A, four times as long, stays in the cache of level 1. */
  private static final int DEPTH = 512;

  /** Rows of packed A in one block. */
  private static final int ROWS = 1024;

  /** Columns of packed B in one block, which stays in the cache of level 2: 512 KB. */
  private static final int COLUMNS = 131072 / DEPTH;

  /** Multiplications up to which packing costs more than scalar code. */
  private static final int SMALL = 100;

  private static final ThreadLocal<VectorProducts32> BUFFERS =
      ThreadLocal.withInitial(VectorProducts32::new);

  private float[] left = new float[0];

  private float[] right = new float[0];

  private final float[] tile = new float[4 * WIDTH];

  private VectorProducts32() {}

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
    // element (i, l) of op(A) is at ao + i * row + l * step
    int row = ta ? 1 : k;
    int step = ta ? m : 1;
    boolean unpacked = m >= 2 && n >= V && k <= DEPTH && k * n <= UNPACKED;
    // of one row B' is B
    if (unpacked && (!tb || k == 1)) {
      UnpackedProducts32.product(m, n, k, a, ao, row, step, b, bo, c, co);
    } else if (unpacked && k >= V) {
      UnpackedProducts32.transposed(m, n, k, a, ao, row, step, b, bo, c, co);
    } else if ((long) m * n * k <= SMALL) {
      ScalarProducts.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
    } else if (m == 1 && (!tb || k == 1) && n >= V) {
      VectorMatrices32.transposedGemv(k, n, b, bo, a, ao, c, co);
    } else if (WIDE && m >= 4 && n < V && n >= V / 2 && k <= DEPTH && (!tb || k == 1)) {
      UnpackedProducts32.narrow(m, n, k, a, ao, row, step, b, bo, c, co);
    } else if (m >= 4 && n < V && k <= DEPTH) {
      UnpackedProducts32.thin(tb, m, n, k, a, ao, row, step, b, bo, c, co);
    } else {
      BUFFERS.get().packed(tb, m, n, k, a, ao, row, step, b, bo, tb ? k : n, c, co, n);
    }
  }

  /** A part of a product, as {@link Kernels} says. */
  static void part(
      boolean tb,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int row,
      int step,
      float[] b,
      int bo,
      int bLine,
      float[] c,
      int co,
      int cLine) {
    boolean whole = bLine == (tb ? k : n) && cLine == n;
    boolean unpacked = whole && m >= 2 && n >= V && k <= DEPTH && k * n <= UNPACKED;
    if (unpacked && !tb) {
      UnpackedProducts32.product(m, n, k, a, ao, row, step, b, bo, c, co);
    } else if (unpacked && k >= V) {
      UnpackedProducts32.transposed(m, n, k, a, ao, row, step, b, bo, c, co);
    } else {
      BUFFERS.get().packed(tb, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    }
  }

  private void packed(
      boolean tb,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int row,
      int step,
      float[] b,
      int bo,
      int bLine,
      float[] c,
      int co,
      int cLine) {
    int deepest = Math.min(k, DEPTH);
    left = atLeast(left, (Math.min(m, ROWS) + 3 & -4) * deepest);
    right = atLeast(right, roundUp(Math.min(n, COLUMNS)) * deepest);
    for (int lb = 0; lb < k; lb += DEPTH) {
      int depth = Math.min(DEPTH, k - lb);
      for (int ib = 0; ib < m; ib += ROWS) {
        int rows = Math.min(ROWS, m - ib);
        packLeft(a, ao + ib * row + lb * step, row, step, rows, depth);
        for (int jb = 0; jb < n; jb += COLUMNS) {
          int columns = Math.min(COLUMNS, n - jb);
          if (tb) {
            packTransposed(b, bo + jb * bLine + lb, bLine, columns, depth);
          } else {
            packRight(b, bo + lb * bLine + jb, bLine, columns, depth);
          }
          block(rows, columns, depth, c, co + ib * cLine + jb, cLine, lb == 0);
        }
      }
    }
  }

  private static float[] atLeast(float[] buffer, int length) {
    return buffer.length >= length ? buffer : new float[length];
  }

  private static int roundUp(int columns) {
    return (columns + WIDTH - 1) / WIDTH * WIDTH;
  }

  /** All tiles of a block: a sliver of A stays in the nearest cache and meets all of B. */
  private void block(int rows, int columns, int depth, float[] c, int co, int line, boolean first) {
    for (int i = 0; i < rows; i += 4) {
      int height = Math.min(4, rows - i);
      for (int j = 0; j < columns; j += WIDTH) {
        int width = Math.min(WIDTH, columns - j);
        int at = co + i * line + j;
        if (height == 4 && width == WIDTH) {
          tile(width, depth, i * depth, j * depth, c, at, line, first);
          continue;
        }
        if (!first) {
          for (int r = 0; r < height; r++) {
            System.arraycopy(c, at + r * line, tile, r * WIDTH, width);
          }
        }
        tile(width, depth, i * depth, j * depth, tile, 0, WIDTH, first);
        for (int r = 0; r < height; r++) {
          System.arraycopy(tile, r * WIDTH, c, at + r * line, width);
        }
      }
    }
  }

  private void tile(
      int width, int depth, int ao, int bo, float[] c, int co, int line, boolean first) {
    if (WIDE && width > 2 * V) {
      VectorTiles32.fourByFour(depth, left, ao, 1, 4, right, bo, WIDTH, c, co, line, first);
    } else if (width > V) {
      VectorTiles32.fourByTwo(depth, left, ao, 1, 4, right, bo, V, WIDTH, c, co, line, first);
    } else {
      VectorTiles32.fourByOne(depth, left, ao, 1, 4, right, bo, WIDTH, c, co, line, first);
    }
  }

  /** Slivers of four rows, interleaved. */
  private void packLeft(float[] a, int ao, int row, int step, int rows, int depth) {
    int i = 0;
    for (; i < rows - 3; i += 4) {
      if (row == 1) {
        copyRows(a, ao + i, step, depth, left, i * depth);
      } else {
        interleave(a, ao + i * row, row, depth, left, i * depth);
      }
    }
    if (i < rows) {
      Arrays.fill(left, i * depth, (i + 4) * depth, 0);
      for (int r = 0; i + r < rows; r++) {
        for (int l = 0; l < depth; l++) {
          left[i * depth + l * 4 + r] = a[ao + (i + r) * row + l * step];
        }
      }
    }
  }

  private static void copyRows(float[] from, int at, int step, int depth, float[] to, int start) {
    for (int l = 0; l < depth; l++, at += step, start += 4) {
      to[start] = from[at];
      to[start + 1] = from[at + 1];
      to[start + 2] = from[at + 2];
      to[start + 3] = from[at + 3];
    }
  }

  /** Four rows of the source become four columns. */
  private static void interleave(float[] from, int at, int row, int depth, float[] to, int start) {
    int at1 = at + row;
    int at2 = at1 + row;
    int at3 = at2 + row;
    for (int l = 0; l < depth; l++, start += 4) {
      to[start] = from[at + l];
      to[start + 1] = from[at1 + l];
      to[start + 2] = from[at2 + l];
      to[start + 3] = from[at3 + l];
    }
  }

  /** Panels of {@code WIDTH} columns of B as it is. */
  private void packRight(float[] b, int bo, int line, int columns, int depth) {
    for (int j = 0; j < columns; j += WIDTH) {
      int width = Math.min(WIDTH, columns - j);
      int to = j * depth;
      int from = bo + j;
      if (width < WIDTH) {
        Arrays.fill(right, to, to + depth * WIDTH, 0);
      }
      for (int l = 0; l < depth; l++, from += line, to += WIDTH) {
        System.arraycopy(b, from, right, to, width);
      }
    }
  }

  /** Panels of {@code WIDTH} columns of B', whose columns are the rows of B. */
  private void packTransposed(float[] b, int bo, int line, int columns, int depth) {
    for (int j = 0; j < columns; j += WIDTH) {
      int width = Math.min(WIDTH, columns - j);
      int to = j * depth;
      int from = bo + j * line;
      if (width < WIDTH) {
        Arrays.fill(right, to, to + depth * WIDTH, 0);
      }
      int r = 0;
      if (width >= V && depth >= V) {
        VectorTransposes32.transpose(width, depth, b, from, line, right, to, WIDTH);
        r = width;
      }
      for (; r < width; r++) {
        for (int l = 0; l < depth; l++) {
          right[to + l * WIDTH + r] = b[from + r * line + l];
        }
      }
    }
  }
}
