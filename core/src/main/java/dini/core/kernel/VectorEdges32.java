package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles for the last rows and columns of FLOAT32 matrix products, where those of {@link
 * VectorTiles32} would compute much that is not wanted. Vectors of a tile may overlap.
 *
 * <p>{@code C = A B}: element (i, l) of A is at {@code ao + i * row + l * step}, row l of B at
 * {@code bo + l * width}, row i of C at {@code co + i * width}. Every element is a chain of fma
 * over l in order from 0.
 */
final class VectorEdges32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorEdges32() {}

  /**
   * Four rows and three vectors, the last of which begins {@code last} columns after the first: for
   * 32 registers only.
   */
  static void fourByThree(
      int k,
      float[] a,
      int ao,
      int row,
      int step,
      float[] b,
      int bo,
      int last,
      int width,
      float[] c,
      int co) {
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector s32 = s00;
    int row2 = 2 * row;
    int row3 = 3 * row;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      FloatVector b0 = FloatVector.fromArray(S, b, j);
      FloatVector b1 = FloatVector.fromArray(S, b, j + V);
      FloatVector b2 = FloatVector.fromArray(S, b, j + last);
      FloatVector a0 = FloatVector.broadcast(S, a[i]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      s02 = a0.fma(b2, s02);
      FloatVector a1 = FloatVector.broadcast(S, a[i + row]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      s12 = a1.fma(b2, s12);
      FloatVector a2 = FloatVector.broadcast(S, a[i + row2]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      s22 = a2.fma(b2, s22);
      FloatVector a3 = FloatVector.broadcast(S, a[i + row3]);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      s32 = a3.fma(b2, s32);
    }
    int c1 = co + width;
    int c2 = c1 + width;
    int c3 = c2 + width;
    s00.intoArray(c, co);
    s01.intoArray(c, co + V);
    s02.intoArray(c, co + last);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + V);
    s12.intoArray(c, c1 + last);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + V);
    s22.intoArray(c, c2 + last);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + V);
    s32.intoArray(c, c3 + last);
  }

  /** Two rows and the V to 4V columns that are there, in four vectors. */
  static void twoByFour(
      int k,
      float[] a,
      int ao,
      int row,
      int step,
      float[] b,
      int bo,
      int columns,
      int width,
      float[] c,
      int co) {
    int second = Math.min(V, columns - V);
    int third = Math.min(2 * V, columns - V);
    int fourth = Math.min(3 * V, columns - V);
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      FloatVector a0 = FloatVector.broadcast(S, a[i]);
      FloatVector a1 = FloatVector.broadcast(S, a[i + row]);
      FloatVector b0 = FloatVector.fromArray(S, b, j);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      FloatVector b1 = FloatVector.fromArray(S, b, j + second);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      FloatVector b2 = FloatVector.fromArray(S, b, j + third);
      s02 = a0.fma(b2, s02);
      s12 = a1.fma(b2, s12);
      FloatVector b3 = FloatVector.fromArray(S, b, j + fourth);
      s03 = a0.fma(b3, s03);
      s13 = a1.fma(b3, s13);
    }
    int c1 = co + width;
    s00.intoArray(c, co);
    s01.intoArray(c, co + second);
    s02.intoArray(c, co + third);
    s03.intoArray(c, co + fourth);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + second);
    s12.intoArray(c, c1 + third);
    s13.intoArray(c, c1 + fourth);
  }
}
