package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of FLOAT32 matrix products: tiles of C in registers.
 *
 * <p>{@code C = or += A B} for a tile of C at {@code co} whose rows are {@code line} apart. Element
 * (i, l) of A is at {@code ao + i * row + l * step}, row l of B at {@code bo + l * width}, which
 * serves packed and unpacked operands alike. Every element is a chain of fma over l in order, from
 * 0 if {@code first}, else from what C holds.
 */
final class VectorTiles32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorTiles32() {}

  /** Four rows and four vectors: for 32 registers only, 16 would spill. */
  static void fourByFour(
      int k,
      float[] a,
      int ao,
      int row,
      int step,
      float[] b,
      int bo,
      int width,
      float[] c,
      int co,
      int line,
      boolean first) {
    int c1 = co + line;
    int c2 = c1 + line;
    int c3 = c2 + line;
    FloatVector s00;
    FloatVector s01;
    FloatVector s02;
    FloatVector s03;
    FloatVector s10;
    FloatVector s11;
    FloatVector s12;
    FloatVector s13;
    FloatVector s20;
    FloatVector s21;
    FloatVector s22;
    FloatVector s23;
    FloatVector s30;
    FloatVector s31;
    FloatVector s32;
    FloatVector s33;
    if (first) {
      s00 = FloatVector.zero(S);
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
      s00 = FloatVector.fromArray(S, c, co);
      s01 = FloatVector.fromArray(S, c, co + V);
      s02 = FloatVector.fromArray(S, c, co + 2 * V);
      s03 = FloatVector.fromArray(S, c, co + 3 * V);
      s10 = FloatVector.fromArray(S, c, c1);
      s11 = FloatVector.fromArray(S, c, c1 + V);
      s12 = FloatVector.fromArray(S, c, c1 + 2 * V);
      s13 = FloatVector.fromArray(S, c, c1 + 3 * V);
      s20 = FloatVector.fromArray(S, c, c2);
      s21 = FloatVector.fromArray(S, c, c2 + V);
      s22 = FloatVector.fromArray(S, c, c2 + 2 * V);
      s23 = FloatVector.fromArray(S, c, c2 + 3 * V);
      s30 = FloatVector.fromArray(S, c, c3);
      s31 = FloatVector.fromArray(S, c, c3 + V);
      s32 = FloatVector.fromArray(S, c, c3 + 2 * V);
      s33 = FloatVector.fromArray(S, c, c3 + 3 * V);
    }
    int row2 = 2 * row;
    int row3 = 3 * row;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      FloatVector b0 = FloatVector.fromArray(S, b, j);
      FloatVector b1 = FloatVector.fromArray(S, b, j + V);
      FloatVector b2 = FloatVector.fromArray(S, b, j + 2 * V);
      FloatVector b3 = FloatVector.fromArray(S, b, j + 3 * V);
      FloatVector a0 = FloatVector.broadcast(S, a[i]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      s02 = a0.fma(b2, s02);
      s03 = a0.fma(b3, s03);
      FloatVector a1 = FloatVector.broadcast(S, a[i + row]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      s12 = a1.fma(b2, s12);
      s13 = a1.fma(b3, s13);
      FloatVector a2 = FloatVector.broadcast(S, a[i + row2]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      s22 = a2.fma(b2, s22);
      s23 = a2.fma(b3, s23);
      FloatVector a3 = FloatVector.broadcast(S, a[i + row3]);
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
      float[] a,
      int ao,
      int row,
      int step,
      float[] b,
      int bo,
      int shift,
      int width,
      float[] c,
      int co,
      int line,
      boolean first) {
    int c1 = co + line;
    int c2 = c1 + line;
    int c3 = c2 + line;
    FloatVector s00;
    FloatVector s01;
    FloatVector s10;
    FloatVector s11;
    FloatVector s20;
    FloatVector s21;
    FloatVector s30;
    FloatVector s31;
    if (first) {
      s00 = FloatVector.zero(S);
      s01 = s00;
      s10 = s00;
      s11 = s00;
      s20 = s00;
      s21 = s00;
      s30 = s00;
      s31 = s00;
    } else {
      s00 = FloatVector.fromArray(S, c, co);
      s01 = FloatVector.fromArray(S, c, co + shift);
      s10 = FloatVector.fromArray(S, c, c1);
      s11 = FloatVector.fromArray(S, c, c1 + shift);
      s20 = FloatVector.fromArray(S, c, c2);
      s21 = FloatVector.fromArray(S, c, c2 + shift);
      s30 = FloatVector.fromArray(S, c, c3);
      s31 = FloatVector.fromArray(S, c, c3 + shift);
    }
    int row2 = 2 * row;
    int row3 = 3 * row;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      FloatVector b0 = FloatVector.fromArray(S, b, j);
      FloatVector b1 = FloatVector.fromArray(S, b, j + shift);
      FloatVector a0 = FloatVector.broadcast(S, a[i]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      FloatVector a1 = FloatVector.broadcast(S, a[i + row]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      FloatVector a2 = FloatVector.broadcast(S, a[i + row2]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      FloatVector a3 = FloatVector.broadcast(S, a[i + row3]);
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
      float[] a,
      int ao,
      int row,
      int step,
      float[] b,
      int bo,
      int width,
      float[] c,
      int co,
      int line,
      boolean first) {
    int c1 = co + line;
    int c2 = c1 + line;
    int c3 = c2 + line;
    FloatVector s00;
    FloatVector s10;
    FloatVector s20;
    FloatVector s30;
    if (first) {
      s00 = FloatVector.zero(S);
      s10 = s00;
      s20 = s00;
      s30 = s00;
    } else {
      s00 = FloatVector.fromArray(S, c, co);
      s10 = FloatVector.fromArray(S, c, c1);
      s20 = FloatVector.fromArray(S, c, c2);
      s30 = FloatVector.fromArray(S, c, c3);
    }
    int row2 = 2 * row;
    int row3 = 3 * row;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      FloatVector b0 = FloatVector.fromArray(S, b, j);
      FloatVector a0 = FloatVector.broadcast(S, a[i]);
      s00 = a0.fma(b0, s00);
      FloatVector a1 = FloatVector.broadcast(S, a[i + row]);
      s10 = a1.fma(b0, s10);
      FloatVector a2 = FloatVector.broadcast(S, a[i + row2]);
      s20 = a2.fma(b0, s20);
      FloatVector a3 = FloatVector.broadcast(S, a[i + row3]);
      s30 = a3.fma(b0, s30);
    }
    s00.intoArray(c, co);
    s10.intoArray(c, c1);
    s20.intoArray(c, c2);
    s30.intoArray(c, c3);
  }
}
