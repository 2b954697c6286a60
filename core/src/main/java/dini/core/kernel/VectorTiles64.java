package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products that stay in registers: {@code C += A B} where C has a few rows and, by the name of the
 * method, one, two or four vectors of columns. A is read down its rows, at {@code ao + i * lda +
 * p}, and B along them, at {@code bo + p * ldb + j}, p counting to k.
 *
 * <p>Four rows by four vectors take 16 of the 32 registers of AVX-512 and reach 98 % of its peak;
 * four by two are the most that the 16 registers of AVX2 hold (five by two, four by three spill,
 * and run at less than half).
 */
final class VectorTiles64 {

  static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorTiles64() {}

  private static DoubleVector at(double[] x, int i) {
    return DoubleVector.fromArray(S, x, i);
  }

  private static DoubleVector all(double x) {
    return DoubleVector.broadcast(S, x);
  }

  static void tile4x4(
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int c1 = co + ldc;
    int c2 = co + 2 * ldc;
    int c3 = co + 3 * ldc;
    DoubleVector s00 = at(c, co);
    DoubleVector s01 = at(c, co + V);
    DoubleVector s02 = at(c, co + 2 * V);
    DoubleVector s03 = at(c, co + 3 * V);
    DoubleVector s10 = at(c, c1);
    DoubleVector s11 = at(c, c1 + V);
    DoubleVector s12 = at(c, c1 + 2 * V);
    DoubleVector s13 = at(c, c1 + 3 * V);
    DoubleVector s20 = at(c, c2);
    DoubleVector s21 = at(c, c2 + V);
    DoubleVector s22 = at(c, c2 + 2 * V);
    DoubleVector s23 = at(c, c2 + 3 * V);
    DoubleVector s30 = at(c, c3);
    DoubleVector s31 = at(c, c3 + V);
    DoubleVector s32 = at(c, c3 + 2 * V);
    DoubleVector s33 = at(c, c3 + 3 * V);
    int q = bo;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = at(b, q);
      DoubleVector b1 = at(b, q + V);
      DoubleVector b2 = at(b, q + 2 * V);
      DoubleVector b3 = at(b, q + 3 * V);
      DoubleVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      s01 = v0.fma(b1, s01);
      s02 = v0.fma(b2, s02);
      s03 = v0.fma(b3, s03);
      DoubleVector v1 = all(a[a1 + p]);
      s10 = v1.fma(b0, s10);
      s11 = v1.fma(b1, s11);
      s12 = v1.fma(b2, s12);
      s13 = v1.fma(b3, s13);
      DoubleVector v2 = all(a[a2 + p]);
      s20 = v2.fma(b0, s20);
      s21 = v2.fma(b1, s21);
      s22 = v2.fma(b2, s22);
      s23 = v2.fma(b3, s23);
      DoubleVector v3 = all(a[a3 + p]);
      s30 = v3.fma(b0, s30);
      s31 = v3.fma(b1, s31);
      s32 = v3.fma(b2, s32);
      s33 = v3.fma(b3, s33);
      q += ldb;
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

  static void tile4x2(
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int c1 = co + ldc;
    int c2 = co + 2 * ldc;
    int c3 = co + 3 * ldc;
    DoubleVector s00 = at(c, co);
    DoubleVector s01 = at(c, co + V);
    DoubleVector s10 = at(c, c1);
    DoubleVector s11 = at(c, c1 + V);
    DoubleVector s20 = at(c, c2);
    DoubleVector s21 = at(c, c2 + V);
    DoubleVector s30 = at(c, c3);
    DoubleVector s31 = at(c, c3 + V);
    int q = bo;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = at(b, q);
      DoubleVector b1 = at(b, q + V);
      DoubleVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      s01 = v0.fma(b1, s01);
      DoubleVector v1 = all(a[a1 + p]);
      s10 = v1.fma(b0, s10);
      s11 = v1.fma(b1, s11);
      DoubleVector v2 = all(a[a2 + p]);
      s20 = v2.fma(b0, s20);
      s21 = v2.fma(b1, s21);
      DoubleVector v3 = all(a[a3 + p]);
      s30 = v3.fma(b0, s30);
      s31 = v3.fma(b1, s31);
      q += ldb;
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + V);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + V);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + V);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + V);
  }

  static void tile4xPart(
      int k,
      int width,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    VectorMask<Double> part = S.indexInRange(0, width);
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int c1 = co + ldc;
    int c2 = co + 2 * ldc;
    int c3 = co + 3 * ldc;
    DoubleVector s00 = DoubleVector.fromArray(S, c, co, part);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c1, part);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c2, part);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c3, part);
    int q = bo;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, q, part);
      DoubleVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      DoubleVector v1 = all(a[a1 + p]);
      s10 = v1.fma(b0, s10);
      DoubleVector v2 = all(a[a2 + p]);
      s20 = v2.fma(b0, s20);
      DoubleVector v3 = all(a[a3 + p]);
      s30 = v3.fma(b0, s30);
      q += ldb;
    }
    s00.intoArray(c, co, part);
    s10.intoArray(c, c1, part);
    s20.intoArray(c, c2, part);
    s30.intoArray(c, c3, part);
  }

  static void tile2x4(
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    int a1 = ao + lda;
    int c1 = co + ldc;
    DoubleVector s00 = at(c, co);
    DoubleVector s01 = at(c, co + V);
    DoubleVector s02 = at(c, co + 2 * V);
    DoubleVector s03 = at(c, co + 3 * V);
    DoubleVector s10 = at(c, c1);
    DoubleVector s11 = at(c, c1 + V);
    DoubleVector s12 = at(c, c1 + 2 * V);
    DoubleVector s13 = at(c, c1 + 3 * V);
    int q = bo;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = at(b, q);
      DoubleVector b1 = at(b, q + V);
      DoubleVector b2 = at(b, q + 2 * V);
      DoubleVector b3 = at(b, q + 3 * V);
      DoubleVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      s01 = v0.fma(b1, s01);
      s02 = v0.fma(b2, s02);
      s03 = v0.fma(b3, s03);
      DoubleVector v1 = all(a[a1 + p]);
      s10 = v1.fma(b0, s10);
      s11 = v1.fma(b1, s11);
      s12 = v1.fma(b2, s12);
      s13 = v1.fma(b3, s13);
      q += ldb;
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + V);
    s02.intoArray(c, co + 2 * V);
    s03.intoArray(c, co + 3 * V);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + V);
    s12.intoArray(c, c1 + 2 * V);
    s13.intoArray(c, c1 + 3 * V);
  }

  static void tile2x2(
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    int a1 = ao + lda;
    int c1 = co + ldc;
    DoubleVector s00 = at(c, co);
    DoubleVector s01 = at(c, co + V);
    DoubleVector s10 = at(c, c1);
    DoubleVector s11 = at(c, c1 + V);
    int q = bo;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = at(b, q);
      DoubleVector b1 = at(b, q + V);
      DoubleVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      s01 = v0.fma(b1, s01);
      DoubleVector v1 = all(a[a1 + p]);
      s10 = v1.fma(b0, s10);
      s11 = v1.fma(b1, s11);
      q += ldb;
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + V);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + V);
  }

  static void tile2xPart(
      int k,
      int width,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    VectorMask<Double> part = S.indexInRange(0, width);
    int a1 = ao + lda;
    int c1 = co + ldc;
    DoubleVector s00 = DoubleVector.fromArray(S, c, co, part);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c1, part);
    int q = bo;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, q, part);
      DoubleVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      DoubleVector v1 = all(a[a1 + p]);
      s10 = v1.fma(b0, s10);
      q += ldb;
    }
    s00.intoArray(c, co, part);
    s10.intoArray(c, c1, part);
  }

  static void tile1x4(
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    DoubleVector s00 = at(c, co);
    DoubleVector s01 = at(c, co + V);
    DoubleVector s02 = at(c, co + 2 * V);
    DoubleVector s03 = at(c, co + 3 * V);
    int q = bo;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = at(b, q);
      DoubleVector b1 = at(b, q + V);
      DoubleVector b2 = at(b, q + 2 * V);
      DoubleVector b3 = at(b, q + 3 * V);
      DoubleVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      s01 = v0.fma(b1, s01);
      s02 = v0.fma(b2, s02);
      s03 = v0.fma(b3, s03);
      q += ldb;
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + V);
    s02.intoArray(c, co + 2 * V);
    s03.intoArray(c, co + 3 * V);
  }

  static void tile1x2(
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    DoubleVector s00 = at(c, co);
    DoubleVector s01 = at(c, co + V);
    int q = bo;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = at(b, q);
      DoubleVector b1 = at(b, q + V);
      DoubleVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      s01 = v0.fma(b1, s01);
      q += ldb;
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + V);
  }

  static void tile1xPart(
      int k,
      int width,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double[] c,
      int co,
      int ldc) {
    VectorMask<Double> part = S.indexInRange(0, width);
    DoubleVector s00 = DoubleVector.fromArray(S, c, co, part);
    int q = bo;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, q, part);
      DoubleVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      q += ldb;
    }
    s00.intoArray(c, co, part);
  }
}
