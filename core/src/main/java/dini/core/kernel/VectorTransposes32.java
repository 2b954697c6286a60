package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposition of FLOAT32 matrices by squares of 8 rows and columns, of which a vector of 512 bits
 * holds two: rows that are 4, 2 and 1 apart exchange halves, quarters and eighths. Squares of 16 in
 * one piece would be too long for C2 to keep its vectors in registers.
 */
final class VectorTransposes32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  /** Rows of squares that share the lines of the cache they write to. */
  private static final int BAND = 64;

  private static final ThreadLocal<float[]> TILE = ThreadLocal.withInitial(() -> new float[16 * V]);

  private static final float[] NO_TILE = {};

  private static final VectorShuffle<Float> EIGHT = VectorShuffle.fromOp(S, i -> i ^ 8 & V - 1);

  private static final VectorShuffle<Float> FOUR = VectorShuffle.fromOp(S, i -> i ^ 4);

  private static final VectorShuffle<Float> TWO = VectorShuffle.fromOp(S, i -> i ^ 2);

  private static final VectorShuffle<Float> ONE = VectorShuffle.fromOp(S, i -> i ^ 1);

  private static final VectorMask<Float> RIGHT = VectorMask.fromLong(S, 0xff00);

  private static final VectorMask<Float> UPPER_FOUR = VectorMask.fromLong(S, 0xf0f0);

  private static final VectorMask<Float> UPPER_TWO = VectorMask.fromLong(S, 0xcccc);

  private static final VectorMask<Float> UPPER_ONE = VectorMask.fromLong(S, 0xaaaa);

  private VectorTransposes32() {}

  /**
   * {@code out (n, m) = x'} for x of shape (m, n) with m and n of V or more; not in place.
   *
   * @param line from row to row of x
   * @param row from row to row of out
   */
  static void transpose(int m, int n, float[] x, int xo, int line, float[] out, int oo, int row) {
    float[] tile = V == 8 ? NO_TILE : TILE.get();
    for (int band = 0; band < m; band += BAND) {
      int end = Math.min(m, band + BAND);
      for (int j = 0; j < n; j += V) {
        int column = Math.min(j, n - V);
        for (int i = band; i < end; i += V) {
          int top = Math.min(i, m - V);
          int at = xo + top * line + column;
          int to = oo + column * row + top;
          if (V == 8) {
            eightRows(x, at, line, out, to, row);
          } else {
            eightRows(x, at, line, tile, 0, V);
            eightRows(x, at + 8 * line, line, tile, 8 * V, V);
            join(tile, out, to, row);
          }
        }
      }
    }
  }

  private static void eightRows(float[] x, int at, int line, float[] out, int to, int row) {
    FloatVector a0 = FloatVector.fromArray(S, x, at);
    FloatVector a1 = FloatVector.fromArray(S, x, at + line);
    FloatVector a2 = FloatVector.fromArray(S, x, at + 2 * line);
    FloatVector a3 = FloatVector.fromArray(S, x, at + 3 * line);
    FloatVector a4 = FloatVector.fromArray(S, x, at + 4 * line);
    FloatVector a5 = FloatVector.fromArray(S, x, at + 5 * line);
    FloatVector a6 = FloatVector.fromArray(S, x, at + 6 * line);
    FloatVector a7 = FloatVector.fromArray(S, x, at + 7 * line);
    FloatVector b0 = a0.blend(a4.rearrange(FOUR), UPPER_FOUR);
    FloatVector b4 = a0.rearrange(FOUR).blend(a4, UPPER_FOUR);
    FloatVector b1 = a1.blend(a5.rearrange(FOUR), UPPER_FOUR);
    FloatVector b5 = a1.rearrange(FOUR).blend(a5, UPPER_FOUR);
    FloatVector b2 = a2.blend(a6.rearrange(FOUR), UPPER_FOUR);
    FloatVector b6 = a2.rearrange(FOUR).blend(a6, UPPER_FOUR);
    FloatVector b3 = a3.blend(a7.rearrange(FOUR), UPPER_FOUR);
    FloatVector b7 = a3.rearrange(FOUR).blend(a7, UPPER_FOUR);
    rowsOfTwo(b0, b1, b2, b3, out, to, row);
    rowsOfTwo(b4, b5, b6, b7, out, to + 4 * row, row);
  }

  /** What is left once rows that are four apart have exchanged their halves. */
  private static void rowsOfTwo(
      FloatVector b0,
      FloatVector b1,
      FloatVector b2,
      FloatVector b3,
      float[] out,
      int to,
      int row) {
    FloatVector c0 = b0.blend(b2.rearrange(TWO), UPPER_TWO);
    FloatVector c2 = b0.rearrange(TWO).blend(b2, UPPER_TWO);
    FloatVector c1 = b1.blend(b3.rearrange(TWO), UPPER_TWO);
    FloatVector c3 = b1.rearrange(TWO).blend(b3, UPPER_TWO);
    c0.blend(c1.rearrange(ONE), UPPER_ONE).intoArray(out, to);
    c0.rearrange(ONE).blend(c1, UPPER_ONE).intoArray(out, to + row);
    c2.blend(c3.rearrange(ONE), UPPER_ONE).intoArray(out, to + 2 * row);
    c2.rearrange(ONE).blend(c3, UPPER_ONE).intoArray(out, to + 3 * row);
  }

  /** The columns of 8 rows and those of the 8 rows below them, side by side. */
  private static void join(float[] tile, float[] out, int to, int row) {
    for (int i = 0; i < 8; i++) {
      FloatVector upper = FloatVector.fromArray(S, tile, i * V);
      FloatVector lower = FloatVector.fromArray(S, tile, (8 + i) * V);
      upper.blend(lower.rearrange(EIGHT), RIGHT).intoArray(out, to + i * row);
      upper.rearrange(EIGHT).blend(lower, RIGHT).intoArray(out, to + (8 + i) * row);
    }
  }
}
