package dini.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * FLOAT64 products of matrices: {@link VectorTiles64} over blocks that fit the caches.
 *
 * <p>Up to a size the tiles read A and B where they are: {@link UnpackedProducts64}. Beyond, both
 * are packed: B into panels of a tile's width, A into slivers of four interleaved rows, padded with
 * zeros.
 */
final class VectorProducts64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  /** 4 x 4 vectors of accumulators need 32 registers. */
  static final boolean WIDE = S.vectorBitSize() == 512;

  /** Columns of a tile. */
  private static final int WIDTH = WIDE ? 4 * V : 2 * V;

  /** Elements of B up to which packing does not pay, measured: n = 256, and 96 with 256 bits. */
  static final int UNPACKED = WIDE ? 256 * 256 : 96 * 96;

  /** The block of k: a sliver of A, four times as long, stays in the cache of level 1. */
  private static final int DEPTH = 512;

  /** Rows of packed A in one block. */
  private static final int ROWS = 1024;

  /** Columns of packed B in one block, which stays in the cache of level 2: 512 KB. */
  private static final int COLUMNS = 65536 / DEPTH;

  /** Multiplications up to which packing costs more than scalar code. */
  static final int SMALL = 100;

  private static final ThreadLocal<VectorProducts64> BUFFERS =
      ThreadLocal.withInitial(VectorProducts64::new);

  private double[] left = new double[0];

  private double[] right = new double[0];

  private final double[] tile = new double[4 * WIDTH];

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
    // element (i, l) of op(A) is at ao + i * row + l * step
    int row = ta ? 1 : k;
    int step = ta ? m : 1;
    boolean unpacked = m >= 2 && n >= V && k <= DEPTH && k * n <= UNPACKED;
    // of one row B' is B
    if (unpacked && (!tb || k == 1)) {
      UnpackedProducts64.product(m, n, k, a, ao, row, step, b, bo, c, co);
    } else if (unpacked && k >= V) {
      UnpackedProducts64.transposed(m, n, k, a, ao, row, step, b, bo, c, co);
    } else if ((long) m * n * k <= SMALL) {
      ScalarProducts.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
    } else if (m == 1 && (!tb || k == 1) && n >= V) {
      VectorMatrices64.transposedGemv(k, n, b, bo, a, ao, c, co);
    } else if (m >= 4 && n < V && k <= DEPTH) {
      UnpackedProducts64.thin(tb, m, n, k, a, ao, row, step, b, bo, c, co);
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
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      int cLine) {
    boolean whole = bLine == (tb ? k : n) && cLine == n;
    boolean unpacked = whole && m >= 2 && n >= V && k <= DEPTH && k * n <= UNPACKED;
    if (unpacked && !tb) {
      UnpackedProducts64.product(m, n, k, a, ao, row, step, b, bo, c, co);
    } else if (unpacked && k >= V) {
      UnpackedProducts64.transposed(m, n, k, a, ao, row, step, b, bo, c, co);
    } else {
      BUFFERS.get().packed(tb, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    }
  }

  private void packed(
      boolean tb,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      int cLine) {
    for (int lb = 0; lb < k; lb += DEPTH) {
      int depth = Math.min(DEPTH, k - lb);
      int from = tb ? bo + lb : bo + lb * bLine;
      Into into = lb == 0 ? Into.SET : Into.ADD;
      layer(
          tb, m, n, depth, a, ao + lb * step, row, step, b, from, bLine, c, co, cLine, into, false);
    }
  }

  /** {@code C -= A B}, as {@link VectorBlocks64} asks for it. */
  static void subtract(
      boolean upper,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      int cLine) {
    VectorProducts64 buffers = BUFFERS.get();
    for (int lb = 0; lb < k; lb += DEPTH) {
      int depth = Math.min(DEPTH, k - lb);
      int left = ao + lb * step;
      int right = bo + lb * bLine;
      Into into = Into.SUBTRACT;
      buffers.layer(
          false, m, n, depth, a, left, row, step, b, right, bLine, c, co, cLine, into, upper);
    }
  }

  /** The part of a product that belongs to up to {@link #DEPTH} steps of k, packed. */
  private void layer(
      boolean tb,
      int m,
      int n,
      int depth,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      int cLine,
      Into into,
      boolean upper) {
    left = atLeast(left, (Math.min(m, ROWS) + 3 & -4) * depth);
    right = atLeast(right, roundUp(Math.min(n, COLUMNS)) * depth);
    for (int ib = 0; ib < m; ib += ROWS) {
      int rows = Math.min(ROWS, m - ib);
      packLeft(a, ao + ib * row, row, step, rows, depth);
      for (int jb = upper ? ib / COLUMNS * COLUMNS : 0; jb < n; jb += COLUMNS) {
        int columns = Math.min(COLUMNS, n - jb);
        if (tb) {
          packTransposed(b, bo + jb * bLine, bLine, columns, depth);
        } else {
          packRight(b, bo + jb, bLine, columns, depth);
        }
        int diagonal = upper ? ib - jb : Integer.MIN_VALUE;
        block(rows, columns, depth, c, co + ib * cLine + jb, cLine, into, diagonal);
      }
    }
  }

  private static double[] atLeast(double[] buffer, int length) {
    return buffer.length >= length ? buffer : new double[length];
  }

  private static int roundUp(int columns) {
    return (columns + WIDTH - 1) / WIDTH * WIDTH;
  }

  /**
   * All tiles of a block: a sliver of A stays in the nearest cache and meets all of B. Elements (i,
   * j) with {@code j < i + diagonal} keep their values.
   */
  private void block(
      int rows, int columns, int depth, double[] c, int co, int line, Into into, int diagonal) {
    boolean upper = diagonal != Integer.MIN_VALUE;
    for (int i = 0; i < rows; i += 4) {
      int height = Math.min(4, rows - i);
      int begin = upper ? Math.max(0, i + diagonal) / WIDTH * WIDTH : 0;
      for (int j = begin; j < columns; j += WIDTH) {
        int width = Math.min(WIDTH, columns - j);
        int at = co + i * line + j;
        if (height == 4 && width == WIDTH && (!upper || j >= i + 3 + diagonal)) {
          tile(width, depth, i * depth, j * depth, c, at, line, into);
          continue;
        }
        if (into != Into.SET) {
          for (int r = 0; r < height; r++) {
            System.arraycopy(c, at + r * line, tile, r * WIDTH, width);
          }
        }
        tile(width, depth, i * depth, j * depth, tile, 0, WIDTH, into);
        for (int r = 0; r < height; r++) {
          int from = upper ? Math.max(0, i + r + diagonal - j) : 0;
          if (from < width) {
            System.arraycopy(tile, r * WIDTH + from, c, at + r * line + from, width - from);
          }
        }
      }
    }
  }

  private void tile(int width, int depth, int ao, int bo, double[] c, int co, int line, Into into) {
    if (into == Into.SUBTRACT) {
      subtractTile(width, depth, ao, bo, c, co, line);
      return;
    }
    boolean first = into == Into.SET;
    if (WIDE && width > 2 * V) {
      VectorTiles64.fourByFour(depth, left, ao, 1, 4, right, bo, WIDTH, c, co, line, first);
    } else if (width > V) {
      VectorTiles64.fourByTwo(depth, left, ao, 1, 4, right, bo, V, WIDTH, c, co, line, first);
    } else {
      VectorTiles64.fourByOne(depth, left, ao, 1, 4, right, bo, WIDTH, c, co, line, first);
    }
  }

  private void subtractTile(int width, int depth, int ao, int bo, double[] c, int co, int line) {
    if (WIDE && width > 2 * V) {
      VectorSubtractions64.fourByFour(depth, left, ao, 1, 4, right, bo, WIDTH, c, co, line);
    } else if (width > V) {
      VectorSubtractions64.fourByTwo(depth, left, ao, 1, 4, right, bo, V, WIDTH, c, co, line);
    } else {
      VectorSubtractions64.fourByOne(depth, left, ao, 1, 4, right, bo, WIDTH, c, co, line);
    }
  }

  /** Slivers of four rows, interleaved. */
  private void packLeft(double[] a, int ao, int row, int step, int rows, int depth) {
    int i = 0;
    for (; i < rows - 3; i += 4) {
      if (row == 1) {
        copyRows(a, ao + i, step, depth, left, i * depth);
      } else {
        interleave(a, ao + i * row, row, step, depth, left, i * depth);
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

  private static void copyRows(double[] from, int at, int step, int depth, double[] to, int start) {
    for (int l = 0; l < depth; l++, at += step, start += 4) {
      to[start] = from[at];
      to[start + 1] = from[at + 1];
      to[start + 2] = from[at + 2];
      to[start + 3] = from[at + 3];
    }
  }

  /** Four rows of the source become four columns. */
  private static void interleave(
      double[] from, int at, int row, int step, int depth, double[] to, int start) {
    int at1 = at + row;
    int at2 = at1 + row;
    int at3 = at2 + row;
    for (int l = 0; l < depth; l++, start += 4) {
      int next = l * step;
      to[start] = from[at + next];
      to[start + 1] = from[at1 + next];
      to[start + 2] = from[at2 + next];
      to[start + 3] = from[at3 + next];
    }
  }

  /** Panels of {@code WIDTH} columns of B as it is. */
  private void packRight(double[] b, int bo, int line, int columns, int depth) {
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
  private void packTransposed(double[] b, int bo, int line, int columns, int depth) {
    for (int j = 0; j < columns; j += WIDTH) {
      int width = Math.min(WIDTH, columns - j);
      int to = j * depth;
      int from = bo + j * line;
      if (width < WIDTH) {
        Arrays.fill(right, to, to + depth * WIDTH, 0);
      }
      int r = 0;
      if (width >= V && depth >= V) {
        VectorTransposes64.transpose(width, depth, b, from, line, right, to, WIDTH);
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
