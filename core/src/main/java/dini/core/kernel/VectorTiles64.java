package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of FLOAT64 matrix products: tiles of C in registers.
 *
 * <p>{@code C = or += A B} for a tile of C at {@code co} whose rows are {@code line} apart. Element
 * (i, l) of A is at {@code ao + i * row + l * step}, row l of B at {@code bo + l * width}, which
 * serves packed and unpacked operands alike. Every element is a chain of fma over l in order, from
 * 0 if {@code first}, else from what C holds.
 */
final class VectorTiles64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorTiles64() {}

  /** Four rows and four vectors: for 32 registers only, 16 would spill. */
  static void fourByFour(
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int width,
      double[] c,
      int co,
      int line,
      boolean first) {
    int c1 = co + line;
    int c2 = c1 + line;
    int c3 = c2 + line;
    DoubleVector s00;
    DoubleVector s01;
    DoubleVector s02;
    DoubleVector s03;
    DoubleVector s10;
    DoubleVector s11;
    DoubleVector s12;
    DoubleVector s13;
    DoubleVector s20;
    DoubleVector s21;
    DoubleVector s22;
    DoubleVector s23;
    DoubleVector s30;
    DoubleVector s31;
    DoubleVector s32;
    DoubleVector s33;
    if (first) {
      s00 = DoubleVector.zero(S);
      s01 = s00;
      s02 = s00;
      s03 = s00;
      s10 = s00;
      s11 = s00;
      s12 = s00;
      s13 = s00;
      s20 = s00;
      s21 = s00;
      s22 = s00;
      s23 = s00;
      s30 = s00;
      s31 = s00;
      s32 = s00;
      s33 = s00;
    } else {
      s00 = DoubleVector.fromArray(S, c, co);
      s01 = DoubleVector.fromArray(S, c, co + V);
      s02 = DoubleVector.fromArray(S, c, co + 2 * V);
      s03 = DoubleVector.fromArray(S, c, co + 3 * V);
      s10 = DoubleVector.fromArray(S, c, c1);
      s11 = DoubleVector.fromArray(S, c, c1 + V);
      s12 = DoubleVector.fromArray(S, c, c1 + 2 * V);
      s13 = DoubleVector.fromArray(S, c, c1 + 3 * V);
      s20 = DoubleVector.fromArray(S, c, c2);
      s21 = DoubleVector.fromArray(S, c, c2 + V);
      s22 = DoubleVector.fromArray(S, c, c2 + 2 * V);
      s23 = DoubleVector.fromArray(S, c, c2 + 3 * V);
      s30 = DoubleVector.fromArray(S, c, c3);
      s31 = DoubleVector.fromArray(S, c, c3 + V);
      s32 = DoubleVector.fromArray(S, c, c3 + 2 * V);
      s33 = DoubleVector.fromArray(S, c, c3 + 3 * V);
    }
    int row2 = 2 * row;
    int row3 = 3 * row;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, j);
      DoubleVector b1 = DoubleVector.fromArray(S, b, j + V);
      DoubleVector b2 = DoubleVector.fromArray(S, b, j + 2 * V);
      DoubleVector b3 = DoubleVector.fromArray(S, b, j + 3 * V);
      DoubleVector a0 = DoubleVector.broadcast(S, a[i]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      s02 = a0.fma(b2, s02);
      s03 = a0.fma(b3, s03);
      DoubleVector a1 = DoubleVector.broadcast(S, a[i + row]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      s12 = a1.fma(b2, s12);
      s13 = a1.fma(b3, s13);
      DoubleVector a2 = DoubleVector.broadcast(S, a[i + row2]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      s22 = a2.fma(b2, s22);
      s23 = a2.fma(b3, s23);
      DoubleVector a3 = DoubleVector.broadcast(S, a[i + row3]);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      s32 = a3.fma(b2, s32);
      s33 = a3.fma(b3, s33);
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + V);
    s02.intoArray(c, co + 2 * V);
    s03.intoArray(c, co + 3 * V);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + V);
    s12.intoArray(c, c1 + 2 * V);
    s13.intoArray(c, c1 + 3 * V);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + V);
    s22.intoArray(c, c2 + 2 * V);
    s23.intoArray(c, c2 + 3 * V);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + V);
    s32.intoArray(c, c3 + 2 * V);
    s33.intoArray(c, c3 + 3 * V);
  }

  /**
   * Four rows and two vectors, the second of which begins {@code shift} columns after the first.
   */
  static void fourByTwo(
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int shift,
      int width,
      double[] c,
      int co,
      int line,
      boolean first) {
    int c1 = co + line;
    int c2 = c1 + line;
    int c3 = c2 + line;
    DoubleVector s00;
    DoubleVector s01;
    DoubleVector s10;
    DoubleVector s11;
    DoubleVector s20;
    DoubleVector s21;
    DoubleVector s30;
    DoubleVector s31;
    if (first) {
      s00 = DoubleVector.zero(S);
      s01 = s00;
      s10 = s00;
      s11 = s00;
      s20 = s00;
      s21 = s00;
      s30 = s00;
      s31 = s00;
    } else {
      s00 = DoubleVector.fromArray(S, c, co);
      s01 = DoubleVector.fromArray(S, c, co + shift);
      s10 = DoubleVector.fromArray(S, c, c1);
      s11 = DoubleVector.fromArray(S, c, c1 + shift);
      s20 = DoubleVector.fromArray(S, c, c2);
      s21 = DoubleVector.fromArray(S, c, c2 + shift);
      s30 = DoubleVector.fromArray(S, c, c3);
      s31 = DoubleVector.fromArray(S, c, c3 + shift);
    }
    int row2 = 2 * row;
    int row3 = 3 * row;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, j);
      DoubleVector b1 = DoubleVector.fromArray(S, b, j + shift);
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
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + shift);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + shift);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + shift);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + shift);
  }

  /** Four rows and one vector. */
  static void fourByOne(
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int width,
      double[] c,
      int co,
      int line,
      boolean first) {
    int c1 = co + line;
    int c2 = c1 + line;
    int c3 = c2 + line;
    DoubleVector s00;
    DoubleVector s10;
    DoubleVector s20;
    DoubleVector s30;
    if (first) {
      s00 = DoubleVector.zero(S);
      s10 = s00;
      s20 = s00;
      s30 = s00;
    } else {
      s00 = DoubleVector.fromArray(S, c, co);
      s10 = DoubleVector.fromArray(S, c, c1);
      s20 = DoubleVector.fromArray(S, c, c2);
      s30 = DoubleVector.fromArray(S, c, c3);
    }
    int row2 = 2 * row;
    int row3 = 3 * row;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, j);
      DoubleVector a0 = DoubleVector.broadcast(S, a[i]);
      s00 = a0.fma(b0, s00);
      DoubleVector a1 = DoubleVector.broadcast(S, a[i + row]);
      s10 = a1.fma(b0, s10);
      DoubleVector a2 = DoubleVector.broadcast(S, a[i + row2]);
      s20 = a2.fma(b0, s20);
      DoubleVector a3 = DoubleVector.broadcast(S, a[i + row3]);
      s30 = a3.fma(b0, s30);
    }
    s00.intoArray(c, co);
    s10.intoArray(c, c1);
    s20.intoArray(c, c2);
    s30.intoArray(c, c3);
  }
}
