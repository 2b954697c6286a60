package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles for rows and columns of FLOAT64 matrix products that are no multiple of four or of two
 * vectors, where those of {@link VectorTiles64} would compute much that is not wanted. Vectors of a
 * tile may overlap.
 *
 * <p>{@code C = A B}: element (i, l) of A is at {@code ao + i * row + l * step}, row l of B at
 * {@code bo + l * width}, row i of C at {@code co + i * width}. Every element is a chain of fma
 * over l in order from 0.
 */
final class VectorEdges64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorEdges64() {}

  /**
   * Four rows and three vectors, the last of which begins {@code last} columns after the first: for
   * 32 registers only.
   */
  static void fourByThree(
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int last,
      int width,
      double[] c,
      int co) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = s00;
    DoubleVector s02 = s00;
    DoubleVector s10 = s00;
    DoubleVector s11 = s00;
    DoubleVector s12 = s00;
    DoubleVector s20 = s00;
    DoubleVector s21 = s00;
    DoubleVector s22 = s00;
    DoubleVector s30 = s00;
    DoubleVector s31 = s00;
    DoubleVector s32 = s00;
    int row2 = 2 * row;
    int row3 = 3 * row;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, j);
      DoubleVector b1 = DoubleVector.fromArray(S, b, j + V);
      DoubleVector b2 = DoubleVector.fromArray(S, b, j + last);
      DoubleVector a0 = DoubleVector.broadcast(S, a[i]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      s02 = a0.fma(b2, s02);
      DoubleVector a1 = DoubleVector.broadcast(S, a[i + row]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      s12 = a1.fma(b2, s12);
      DoubleVector a2 = DoubleVector.broadcast(S, a[i + row2]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      s22 = a2.fma(b2, s22);
      DoubleVector a3 = DoubleVector.broadcast(S, a[i + row3]);
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
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int columns,
      int width,
      double[] c,
      int co) {
    int second = Math.min(V, columns - V);
    int third = Math.min(2 * V, columns - V);
    int fourth = Math.min(3 * V, columns - V);
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = s00;
    DoubleVector s02 = s00;
    DoubleVector s03 = s00;
    DoubleVector s10 = s00;
    DoubleVector s11 = s00;
    DoubleVector s12 = s00;
    DoubleVector s13 = s00;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      DoubleVector a0 = DoubleVector.broadcast(S, a[i]);
      DoubleVector a1 = DoubleVector.broadcast(S, a[i + row]);
      DoubleVector b0 = DoubleVector.fromArray(S, b, j);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      DoubleVector b1 = DoubleVector.fromArray(S, b, j + second);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      DoubleVector b2 = DoubleVector.fromArray(S, b, j + third);
      s02 = a0.fma(b2, s02);
      s12 = a1.fma(b2, s12);
      DoubleVector b3 = DoubleVector.fromArray(S, b, j + fourth);
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

  /**
   * Five rows and five vectors, the last of which begins {@code last} columns after the first: for
   * 32 registers only.
   */
  static void fiveByFive(
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int last,
      int width,
      double[] c,
      int co) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = s00;
    DoubleVector s02 = s00;
    DoubleVector s03 = s00;
    DoubleVector s04 = s00;
    DoubleVector s10 = s00;
    DoubleVector s11 = s00;
    DoubleVector s12 = s00;
    DoubleVector s13 = s00;
    DoubleVector s14 = s00;
    DoubleVector s20 = s00;
    DoubleVector s21 = s00;
    DoubleVector s22 = s00;
    DoubleVector s23 = s00;
    DoubleVector s24 = s00;
    DoubleVector s30 = s00;
    DoubleVector s31 = s00;
    DoubleVector s32 = s00;
    DoubleVector s33 = s00;
    DoubleVector s34 = s00;
    DoubleVector s40 = s00;
    DoubleVector s41 = s00;
    DoubleVector s42 = s00;
    DoubleVector s43 = s00;
    DoubleVector s44 = s00;
    int row2 = 2 * row;
    int row3 = 3 * row;
    int row4 = 4 * row;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, j);
      DoubleVector b1 = DoubleVector.fromArray(S, b, j + V);
      DoubleVector b2 = DoubleVector.fromArray(S, b, j + 2 * V);
      DoubleVector b3 = DoubleVector.fromArray(S, b, j + 3 * V);
      DoubleVector b4 = DoubleVector.fromArray(S, b, j + last);
      DoubleVector a0 = DoubleVector.broadcast(S, a[i]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      s02 = a0.fma(b2, s02);
      s03 = a0.fma(b3, s03);
      s04 = a0.fma(b4, s04);
      DoubleVector a1 = DoubleVector.broadcast(S, a[i + row]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      s12 = a1.fma(b2, s12);
      s13 = a1.fma(b3, s13);
      s14 = a1.fma(b4, s14);
      DoubleVector a2 = DoubleVector.broadcast(S, a[i + row2]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      s22 = a2.fma(b2, s22);
      s23 = a2.fma(b3, s23);
      s24 = a2.fma(b4, s24);
      DoubleVector a3 = DoubleVector.broadcast(S, a[i + row3]);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      s32 = a3.fma(b2, s32);
      s33 = a3.fma(b3, s33);
      s34 = a3.fma(b4, s34);
      DoubleVector a4 = DoubleVector.broadcast(S, a[i + row4]);
      s40 = a4.fma(b0, s40);
      s41 = a4.fma(b1, s41);
      s42 = a4.fma(b2, s42);
      s43 = a4.fma(b3, s43);
      s44 = a4.fma(b4, s44);
    }
    int c1 = co + width;
    int c2 = c1 + width;
    int c3 = c2 + width;
    int c4 = c3 + width;
    s00.intoArray(c, co);
    s01.intoArray(c, co + V);
    s02.intoArray(c, co + 2 * V);
    s03.intoArray(c, co + 3 * V);
    s04.intoArray(c, co + last);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + V);
    s12.intoArray(c, c1 + 2 * V);
    s13.intoArray(c, c1 + 3 * V);
    s14.intoArray(c, c1 + last);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + V);
    s22.intoArray(c, c2 + 2 * V);
    s23.intoArray(c, c2 + 3 * V);
    s24.intoArray(c, c2 + last);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + V);
    s32.intoArray(c, c3 + 2 * V);
    s33.intoArray(c, c3 + 3 * V);
    s34.intoArray(c, c3 + last);
    s40.intoArray(c, c4);
    s41.intoArray(c, c4 + V);
    s42.intoArray(c, c4 + 2 * V);
    s43.intoArray(c, c4 + 3 * V);
    s44.intoArray(c, c4 + last);
  }

  /** Five rows and two vectors, the second of which begins {@code last} columns after the first. */
  static void fiveByTwo(
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int last,
      int width,
      double[] c,
      int co) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = s00;
    DoubleVector s10 = s00;
    DoubleVector s11 = s00;
    DoubleVector s20 = s00;
    DoubleVector s21 = s00;
    DoubleVector s30 = s00;
    DoubleVector s31 = s00;
    DoubleVector s40 = s00;
    DoubleVector s41 = s00;
    int row2 = 2 * row;
    int row3 = 3 * row;
    int row4 = 4 * row;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, j);
      DoubleVector b1 = DoubleVector.fromArray(S, b, j + last);
      DoubleVector a0 = DoubleVector.broadcast(S, a[i]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      DoubleVector a1 = DoubleVector.broadcast(S, a[i + row]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      DoubleVector a2 = DoubleVector.broadcast(S, a[i + row2]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      DoubleVector a3 = DoubleVector.broadcast(S, a[i + row3]);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      DoubleVector a4 = DoubleVector.broadcast(S, a[i + row4]);
      s40 = a4.fma(b0, s40);
      s41 = a4.fma(b1, s41);
    }
    int c1 = co + width;
    int c2 = c1 + width;
    int c3 = c2 + width;
    int c4 = c3 + width;
    s00.intoArray(c, co);
    s01.intoArray(c, co + last);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + last);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + last);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + last);
    s40.intoArray(c, c4);
    s41.intoArray(c, c4 + last);
  }
}
