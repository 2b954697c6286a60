package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorTiles64} for {@code C = C - A B}: the chains of fma go over {@code -C}, whose
 * negative is taken as {@code 0 - x}, so that zeros come out as +0. A class of its own, since a
 * branch for it cost products of 32 x 32 matrices 6 %.
 */
final class VectorSubtractions64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorSubtractions64() {}

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
      int line) {
    DoubleVector zero = DoubleVector.zero(S);
    int c1 = co + line;
    int c2 = c1 + line;
    int c3 = c2 + line;
    DoubleVector s00 = zero.sub(DoubleVector.fromArray(S, c, co));
    DoubleVector s01 = zero.sub(DoubleVector.fromArray(S, c, co + V));
    DoubleVector s02 = zero.sub(DoubleVector.fromArray(S, c, co + 2 * V));
    DoubleVector s03 = zero.sub(DoubleVector.fromArray(S, c, co + 3 * V));
    DoubleVector s10 = zero.sub(DoubleVector.fromArray(S, c, c1));
    DoubleVector s11 = zero.sub(DoubleVector.fromArray(S, c, c1 + V));
    DoubleVector s12 = zero.sub(DoubleVector.fromArray(S, c, c1 + 2 * V));
    DoubleVector s13 = zero.sub(DoubleVector.fromArray(S, c, c1 + 3 * V));
    DoubleVector s20 = zero.sub(DoubleVector.fromArray(S, c, c2));
    DoubleVector s21 = zero.sub(DoubleVector.fromArray(S, c, c2 + V));
    DoubleVector s22 = zero.sub(DoubleVector.fromArray(S, c, c2 + 2 * V));
    DoubleVector s23 = zero.sub(DoubleVector.fromArray(S, c, c2 + 3 * V));
    DoubleVector s30 = zero.sub(DoubleVector.fromArray(S, c, c3));
    DoubleVector s31 = zero.sub(DoubleVector.fromArray(S, c, c3 + V));
    DoubleVector s32 = zero.sub(DoubleVector.fromArray(S, c, c3 + 2 * V));
    DoubleVector s33 = zero.sub(DoubleVector.fromArray(S, c, c3 + 3 * V));
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
    zero.sub(s00).intoArray(c, co);
    zero.sub(s01).intoArray(c, co + V);
    zero.sub(s02).intoArray(c, co + 2 * V);
    zero.sub(s03).intoArray(c, co + 3 * V);
    zero.sub(s10).intoArray(c, c1);
    zero.sub(s11).intoArray(c, c1 + V);
    zero.sub(s12).intoArray(c, c1 + 2 * V);
    zero.sub(s13).intoArray(c, c1 + 3 * V);
    zero.sub(s20).intoArray(c, c2);
    zero.sub(s21).intoArray(c, c2 + V);
    zero.sub(s22).intoArray(c, c2 + 2 * V);
    zero.sub(s23).intoArray(c, c2 + 3 * V);
    zero.sub(s30).intoArray(c, c3);
    zero.sub(s31).intoArray(c, c3 + V);
    zero.sub(s32).intoArray(c, c3 + 2 * V);
    zero.sub(s33).intoArray(c, c3 + 3 * V);
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
      int line) {
    DoubleVector zero = DoubleVector.zero(S);
    int c1 = co + line;
    int c2 = c1 + line;
    int c3 = c2 + line;
    DoubleVector s00 = zero.sub(DoubleVector.fromArray(S, c, co));
    DoubleVector s01 = zero.sub(DoubleVector.fromArray(S, c, co + shift));
    DoubleVector s10 = zero.sub(DoubleVector.fromArray(S, c, c1));
    DoubleVector s11 = zero.sub(DoubleVector.fromArray(S, c, c1 + shift));
    DoubleVector s20 = zero.sub(DoubleVector.fromArray(S, c, c2));
    DoubleVector s21 = zero.sub(DoubleVector.fromArray(S, c, c2 + shift));
    DoubleVector s30 = zero.sub(DoubleVector.fromArray(S, c, c3));
    DoubleVector s31 = zero.sub(DoubleVector.fromArray(S, c, c3 + shift));
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
    zero.sub(s00).intoArray(c, co);
    zero.sub(s01).intoArray(c, co + shift);
    zero.sub(s10).intoArray(c, c1);
    zero.sub(s11).intoArray(c, c1 + shift);
    zero.sub(s20).intoArray(c, c2);
    zero.sub(s21).intoArray(c, c2 + shift);
    zero.sub(s30).intoArray(c, c3);
    zero.sub(s31).intoArray(c, c3 + shift);
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
      int line) {
    DoubleVector zero = DoubleVector.zero(S);
    int c1 = co + line;
    int c2 = c1 + line;
    int c3 = c2 + line;
    DoubleVector s00 = zero.sub(DoubleVector.fromArray(S, c, co));
    DoubleVector s10 = zero.sub(DoubleVector.fromArray(S, c, c1));
    DoubleVector s20 = zero.sub(DoubleVector.fromArray(S, c, c2));
    DoubleVector s30 = zero.sub(DoubleVector.fromArray(S, c, c3));
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
    zero.sub(s00).intoArray(c, co);
    zero.sub(s10).intoArray(c, c1);
    zero.sub(s20).intoArray(c, c2);
    zero.sub(s30).intoArray(c, c3);
  }

  /** One row and four vectors. */
  static void oneByFour(
      int k, double[] a, int ao, int step, double[] b, int bo, int width, double[] c, int co) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector s0 = zero.sub(DoubleVector.fromArray(S, c, co));
    DoubleVector s1 = zero.sub(DoubleVector.fromArray(S, c, co + V));
    DoubleVector s2 = zero.sub(DoubleVector.fromArray(S, c, co + 2 * V));
    DoubleVector s3 = zero.sub(DoubleVector.fromArray(S, c, co + 3 * V));
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      DoubleVector a0 = DoubleVector.broadcast(S, a[i]);
      s0 = a0.fma(DoubleVector.fromArray(S, b, j), s0);
      s1 = a0.fma(DoubleVector.fromArray(S, b, j + V), s1);
      s2 = a0.fma(DoubleVector.fromArray(S, b, j + 2 * V), s2);
      s3 = a0.fma(DoubleVector.fromArray(S, b, j + 3 * V), s3);
    }
    zero.sub(s0).intoArray(c, co);
    zero.sub(s1).intoArray(c, co + V);
    zero.sub(s2).intoArray(c, co + 2 * V);
    zero.sub(s3).intoArray(c, co + 3 * V);
  }

  /** One row and one vector. */
  static void oneByOne(
      int k, double[] a, int ao, int step, double[] b, int bo, int width, double[] c, int co) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector s0 = zero.sub(DoubleVector.fromArray(S, c, co));
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      s0 = DoubleVector.broadcast(S, a[i]).fma(DoubleVector.fromArray(S, b, j), s0);
    }
    zero.sub(s0).intoArray(c, co);
  }
}
