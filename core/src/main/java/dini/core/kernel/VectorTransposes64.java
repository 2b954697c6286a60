package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposition of FLOAT64 matrices by squares of as many rows as a vector has lanes: rows that are
 * 4, 2 and 1 apart exchange halves, quarters and eighths.
 */
final class VectorTransposes64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  /** Rows of squares that share the lines of the cache they write to. */
  private static final int BAND = 64;

  private static final VectorShuffle<Double> FOUR = VectorShuffle.fromOp(S, i -> i ^ 4 & V - 1);

  private static final VectorShuffle<Double> TWO = VectorShuffle.fromOp(S, i -> i ^ 2 & V - 1);

  private static final VectorShuffle<Double> ONE = VectorShuffle.fromOp(S, i -> i ^ 1);

  private static final VectorMask<Double> UPPER_FOUR = VectorMask.fromLong(S, 0xf0);

  private static final VectorMask<Double> UPPER_TWO = VectorMask.fromLong(S, 0xcc);

  private static final VectorMask<Double> UPPER_ONE = VectorMask.fromLong(S, 0xaa);

  private VectorTransposes64() {}

  /**
   * {@code out (n, m) = x'} for x of shape (m, n) with m and n of V or more; not in place.
   *
   * @param line from row to row of x
   * @param row from row to row of out
   */
  static void transpose(int m, int n, double[] x, int xo, int line, double[] out, int oo, int row) {
    for (int band = 0; band < m; band += BAND) {
      int end = Math.min(m, band + BAND);
      for (int j = 0; j < n; j += V) {
        int column = Math.min(j, n - V);
        for (int i = band; i < end; i += V) {
          int top = Math.min(i, m - V);
          square(x, xo + top * line + column, line, out, oo + column * row + top, row);
        }
      }
    }
  }

  private static void square(double[] x, int at, int line, double[] out, int to, int row) {
    if (V == 8) {
      eight(x, at, line, out, to, row);
    } else {
      four(x, at, line, out, to, row);
    }
  }

  private static void eight(double[] x, int at, int line, double[] out, int to, int row) {
    DoubleVector a0 = DoubleVector.fromArray(S, x, at);
    DoubleVector a1 = DoubleVector.fromArray(S, x, at + line);
    DoubleVector a2 = DoubleVector.fromArray(S, x, at + 2 * line);
    DoubleVector a3 = DoubleVector.fromArray(S, x, at + 3 * line);
    DoubleVector a4 = DoubleVector.fromArray(S, x, at + 4 * line);
    DoubleVector a5 = DoubleVector.fromArray(S, x, at + 5 * line);
    DoubleVector a6 = DoubleVector.fromArray(S, x, at + 6 * line);
    DoubleVector a7 = DoubleVector.fromArray(S, x, at + 7 * line);
    DoubleVector b0 = a0.blend(a4.rearrange(FOUR), UPPER_FOUR);
    DoubleVector b4 = a0.rearrange(FOUR).blend(a4, UPPER_FOUR);
    DoubleVector b1 = a1.blend(a5.rearrange(FOUR), UPPER_FOUR);
    DoubleVector b5 = a1.rearrange(FOUR).blend(a5, UPPER_FOUR);
    DoubleVector b2 = a2.blend(a6.rearrange(FOUR), UPPER_FOUR);
    DoubleVector b6 = a2.rearrange(FOUR).blend(a6, UPPER_FOUR);
    DoubleVector b3 = a3.blend(a7.rearrange(FOUR), UPPER_FOUR);
    DoubleVector b7 = a3.rearrange(FOUR).blend(a7, UPPER_FOUR);
    rowsOfTwo(b0, b1, b2, b3, out, to, row);
    rowsOfTwo(b4, b5, b6, b7, out, to + 4 * row, row);
  }

  private static void four(double[] x, int at, int line, double[] out, int to, int row) {
    DoubleVector a0 = DoubleVector.fromArray(S, x, at);
    DoubleVector a1 = DoubleVector.fromArray(S, x, at + line);
    DoubleVector a2 = DoubleVector.fromArray(S, x, at + 2 * line);
    DoubleVector a3 = DoubleVector.fromArray(S, x, at + 3 * line);
    rowsOfTwo(a0, a1, a2, a3, out, to, row);
  }

  /** What is left once rows that are four apart have exchanged their halves. */
  private static void rowsOfTwo(
      DoubleVector b0,
      DoubleVector b1,
      DoubleVector b2,
      DoubleVector b3,
      double[] out,
      int to,
      int row) {
    DoubleVector c0 = b0.blend(b2.rearrange(TWO), UPPER_TWO);
    DoubleVector c2 = b0.rearrange(TWO).blend(b2, UPPER_TWO);
    DoubleVector c1 = b1.blend(b3.rearrange(TWO), UPPER_TWO);
    DoubleVector c3 = b1.rearrange(TWO).blend(b3, UPPER_TWO);
    c0.blend(c1.rearrange(ONE), UPPER_ONE).intoArray(out, to);
    c0.rearrange(ONE).blend(c1, UPPER_ONE).intoArray(out, to + row);
    c2.blend(c3.rearrange(ONE), UPPER_ONE).intoArray(out, to + 2 * row);
    c2.rearrange(ONE).blend(c3, UPPER_ONE).intoArray(out, to + 3 * row);
  }
}
