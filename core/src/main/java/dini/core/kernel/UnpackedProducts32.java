package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * FLOAT32 products of matrices so small that B stays in the caches: the tiles read A and B where
 * they are. The last rows and columns are covered by tiles that overlap their neighbours. Of a
 * transposed B a copy is made that is not.
 */
final class UnpackedProducts32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  /** 4 x 4 vectors of accumulators need 32 registers. */
  private static final boolean WIDE = S.vectorBitSize() == 512;

  /** Rows of a thin product that are written at once. */
  private static final int ROWS = 128;

  private static final ThreadLocal<UnpackedProducts32> BUFFERS =
      ThreadLocal.withInitial(UnpackedProducts32::new);

  private float[] copy = new float[0];

  /** Rows of a thin product. */
  private final float[] tall = new float[ROWS * V + V];

  private UnpackedProducts32() {}

  /** {@code C = A B'} for m of 2 or more, n and k of V or more; B is stored (n, k). */
  static void transposed(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int row,
      int step,
      float[] b,
      int bo,
      float[] c,
      int co) {
    float[] columns = BUFFERS.get().copy(n * k);
    VectorTransposes32.transpose(n, k, b, bo, k, columns, 0, n);
    product(m, n, k, a, ao, row, step, columns, 0, c, co);
  }

  private float[] copy(int length) {
    if (copy.length < length) {
      copy = new float[length];
    }
    return copy;
  }

  /**
   * {@code C = op(A) op(B)} for m of 4 or more and n below V. Vectors reach from a row into the
   * next one: what they read there is not used, and what they write there the next row writes over.
   */
  static void thin(
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
      float[] c,
      int co) {
    UnpackedProducts32 buffers = BUFFERS.get();
    float[] columns = buffers.copy(k * n + V);
    if (tb) {
      ScalarMatrices.transpose(n, k, b, bo, columns, 0);
    } else {
      System.arraycopy(b, bo, columns, 0, k * n);
    }
    for (int i = 0; i < m; i += ROWS) {
      int start = Math.min(i, m - 4);
      int rows = Math.min(ROWS, m - start);
      for (int r = 0; r < rows; r += 4) {
        int top = Math.min(r, rows - 4);
        int at = ao + (start + top) * row;
        VectorTiles32.fourByOne(k, a, at, row, step, columns, 0, n, buffers.tall, top * n, n, true);
      }
      System.arraycopy(buffers.tall, 0, c, co + start * n, rows * n);
    }
  }

  /** {@code C = A B} for m of 4 or more and n from {@link VectorHalfTiles32#V} to twice that. */
  static void narrow(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int row,
      int step,
      float[] b,
      int bo,
      float[] c,
      int co) {
    int shift = n - VectorHalfTiles32.V;
    for (int i = 0; i < m; i += 4) {
      int top = Math.min(i, m - 4);
      int at = ao + top * row;
      if (shift == 0) {
        VectorHalfTiles32.fourByOne(k, a, at, row, step, b, bo, n, c, co + top * n);
      } else {
        VectorHalfTiles32.fourByTwo(k, a, at, row, step, b, bo, shift, n, c, co + top * n);
      }
    }
  }

  /** {@code C = A B} for m of 2 or more and n of V or more. */
  static void product(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int row,
      int step,
      float[] b,
      int bo,
      float[] c,
      int co) {
    int i = 0;
    for (; i <= m - 4; i += 4) {
      fourRows(n, k, a, ao + i * row, row, step, b, bo, c, co + i * n);
    }
    if (m - i == 3 && i > 0) {
      fourRows(n, k, a, ao + (m - 4) * row, row, step, b, bo, c, co + (m - 4) * n);
      return;
    }
    for (; i < m; i += 2) {
      int top = Math.min(i, m - 2);
      twoRows(n, k, a, ao + top * row, row, step, b, bo, c, co + top * n);
    }
  }

  private static void fourRows(
      int n, int k, float[] a, int ao, int row, int step, float[] b, int bo, float[] c, int co) {
    int j = 0;
    if (WIDE) {
      for (; n - j > 5 * V || n - j == 4 * V; j += 4 * V) {
        VectorTiles32.fourByFour(k, a, ao, row, step, b, bo + j, n, c, co + j, n, true);
      }
      int vectors = (n - j + V - 1) / V;
      if (vectors == 5 || vectors == 3) {
        int last = vectors == 5 ? 2 * V : n - j - V;
        VectorEdges32.fourByThree(k, a, ao, row, step, b, bo + j, last, n, c, co + j);
        j += last + V;
      }
    }
    for (; n - j > V; ) {
      int shift = Math.min(V, n - j - V);
      VectorTiles32.fourByTwo(k, a, ao, row, step, b, bo + j, shift, n, c, co + j, n, true);
      j += shift + V;
    }
    if (j < n) {
      j = n - V;
      VectorTiles32.fourByOne(k, a, ao, row, step, b, bo + j, n, c, co + j, n, true);
    }
  }

  private static void twoRows(
      int n, int k, float[] a, int ao, int row, int step, float[] b, int bo, float[] c, int co) {
    for (int j = 0; j < n; j += 4 * V) {
      // the last columns with some before them, where there are any
      int start = Math.max(0, Math.min(j, n - 4 * V));
      int columns = Math.min(n, 4 * V);
      VectorEdges32.twoByFour(k, a, ao, row, step, b, bo + start, columns, n, c, co + start);
    }
  }
}
