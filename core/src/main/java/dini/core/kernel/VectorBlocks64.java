package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Updates of FLOAT64 blocks as {@link ScalarBlocks} defines them: small ones by {@link
 * VectorSubtractions64} on the matrices as they lie, large ones packed by {@link VectorProducts64}.
 */
final class VectorBlocks64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private static final boolean WIDE = VectorProducts64.WIDE;

  /** Rows of a product up to which packing never pays. */
  private static final int FEW = 16;

  /** Where tiles go that do not fit into C. */
  private static final ThreadLocal<double[]> TILE =
      ThreadLocal.withInitial(() -> new double[4 * V]);

  private VectorBlocks64() {}

  /** {@link Kernels#subtract}, or {@link Kernels#subtractUpper}. */
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
    if (n < V || (long) m * n * k <= VectorProducts64.SMALL) {
      ScalarBlocks.subtract(upper, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    } else if (m <= FEW || (long) k * n <= VectorProducts64.UNPACKED) {
      inPlace(upper, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    } else {
      VectorProducts64.subtract(upper, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    }
  }

  static void swap(double[] x, int xo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector kept = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector.fromArray(S, y, yo + i).intoArray(x, xo + i);
      kept.intoArray(y, yo + i);
    }
    ScalarBlocks.swap(x, xo + i, y, yo + i, n - i);
  }

  private static void inPlace(
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
    double[] tile = upper || n % V != 0 ? TILE.get() : c;
    int i = 0;
    for (; i <= m - 4; i += 4) {
      int at = ao + i * row;
      int line = co + i * cLine;
      int j = 0;
      if (upper) {
        j = Math.min(i, n - V);
        edge(i - j, 1, k, a, at, row, step, b, bo + j, bLine, c, line + j, cLine, tile);
        j += V;
      }
      if (WIDE) {
        for (; j <= n - 4 * V; j += 4 * V) {
          VectorSubtractions64.fourByFour(
              k, a, at, row, step, b, bo + j, bLine, c, line + j, cLine);
        }
      }
      for (; j <= n - 2 * V; j += 2 * V) {
        VectorSubtractions64.fourByTwo(
            k, a, at, row, step, b, bo + j, V, bLine, c, line + j, cLine);
      }
      for (; j <= n - V; j += V) {
        VectorSubtractions64.fourByOne(k, a, at, row, step, b, bo + j, bLine, c, line + j, cLine);
      }
      if (j < n) {
        int last = n - V;
        edge(j - last, 0, k, a, at, row, step, b, bo + last, bLine, c, line + last, cLine, tile);
      }
    }
    for (; i < m; i++) {
      int from = upper ? i : 0;
      row(n, from, k, a, ao + i * row, step, b, bo, bLine, c, co + i * cLine, tile);
    }
  }

  /**
   * Four rows and one vector, of which only the columns from one on are changed; that one is {@code
   * slope} further from row to row.
   */
  private static void edge(
      int from,
      int slope,
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
      int cLine,
      double[] tile) {
    for (int r = 0; r < 4; r++) {
      DoubleVector.fromArray(S, c, co + r * cLine).intoArray(tile, r * V);
    }
    VectorSubtractions64.fourByOne(k, a, ao, row, step, b, bo, bLine, tile, 0, V);
    for (int r = 0; r < 4; r++) {
      int line = co + r * cLine;
      for (int j = from + r * slope; j < V; j++) {
        c[line + j] = tile[r * V + j];
      }
    }
  }

  /** One row from a column on. */
  private static void row(
      int n,
      int from,
      int k,
      double[] a,
      int ao,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      double[] tile) {
    int j = from;
    for (; j <= n - 4 * V; j += 4 * V) {
      VectorSubtractions64.oneByFour(k, a, ao, step, b, bo + j, bLine, c, co + j);
    }
    for (; j <= n - V; j += V) {
      VectorSubtractions64.oneByOne(k, a, ao, step, b, bo + j, bLine, c, co + j);
    }
    if (j < n) {
      int last = n - V;
      DoubleVector.fromArray(S, c, co + last).intoArray(tile, 0);
      VectorSubtractions64.oneByOne(k, a, ao, step, b, bo + last, bLine, tile, 0);
      for (; j < n; j++) {
        c[co + j] = tile[j - last];
      }
    }
  }
}
