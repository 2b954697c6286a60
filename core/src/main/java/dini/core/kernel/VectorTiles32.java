package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
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
final class VectorTiles32 {

  static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorTiles32() {}

  private static FloatVector at(float[] x, int i) {
    return FloatVector.fromArray(S, x, i);
  }

  private static FloatVector all(float x) {
    return FloatVector.broadcast(S, x);
  }

  static void tile4x4(
      int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c, int co, int ldc) {
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int c1 = co + ldc;
    int c2 = co + 2 * ldc;
    int c3 = co + 3 * ldc;
    FloatVector s00 = at(c, co);
    FloatVector s01 = at(c, co + V);
    FloatVector s02 = at(c, co + 2 * V);
    FloatVector s03 = at(c, co + 3 * V);
    FloatVector s10 = at(c, c1);
    FloatVector s11 = at(c, c1 + V);
    FloatVector s12 = at(c, c1 + 2 * V);
    FloatVector s13 = at(c, c1 + 3 * V);
    FloatVector s20 = at(c, c2);
    FloatVector s21 = at(c, c2 + V);
    FloatVector s22 = at(c, c2 + 2 * V);
    FloatVector s23 = at(c, c2 + 3 * V);
    FloatVector s30 = at(c, c3);
    FloatVector s31 = at(c, c3 + V);
    FloatVector s32 = at(c, c3 + 2 * V);
    FloatVector s33 = at(c, c3 + 3 * V);
    int q = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = at(b, q);
      FloatVector b1 = at(b, q + V);
      FloatVector b2 = at(b, q + 2 * V);
      FloatVector b3 = at(b, q + 3 * V);
      FloatVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      s01 = v0.fma(b1, s01);
      s02 = v0.fma(b2, s02);
      s03 = v0.fma(b3, s03);
      FloatVector v1 = all(a[a1 + p]);
      s10 = v1.fma(b0, s10);
      s11 = v1.fma(b1, s11);
      s12 = v1.fma(b2, s12);
      s13 = v1.fma(b3, s13);
      FloatVector v2 = all(a[a2 + p]);
      s20 = v2.fma(b0, s20);
      s21 = v2.fma(b1, s21);
      s22 = v2.fma(b2, s22);
      s23 = v2.fma(b3, s23);
      FloatVector v3 = all(a[a3 + p]);
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
      int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c, int co, int ldc) {
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int c1 = co + ldc;
    int c2 = co + 2 * ldc;
    int c3 = co + 3 * ldc;
    FloatVector s00 = at(c, co);
    FloatVector s01 = at(c, co + V);
    FloatVector s10 = at(c, c1);
    FloatVector s11 = at(c, c1 + V);
    FloatVector s20 = at(c, c2);
    FloatVector s21 = at(c, c2 + V);
    FloatVector s30 = at(c, c3);
    FloatVector s31 = at(c, c3 + V);
    int q = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = at(b, q);
      FloatVector b1 = at(b, q + V);
      FloatVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      s01 = v0.fma(b1, s01);
      FloatVector v1 = all(a[a1 + p]);
      s10 = v1.fma(b0, s10);
      s11 = v1.fma(b1, s11);
      FloatVector v2 = all(a[a2 + p]);
      s20 = v2.fma(b0, s20);
      s21 = v2.fma(b1, s21);
      FloatVector v3 = all(a[a3 + p]);
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
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc) {
    VectorMask<Float> part = S.indexInRange(0, width);
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int c1 = co + ldc;
    int c2 = co + 2 * ldc;
    int c3 = co + 3 * ldc;
    FloatVector s00 = FloatVector.fromArray(S, c, co, part);
    FloatVector s10 = FloatVector.fromArray(S, c, c1, part);
    FloatVector s20 = FloatVector.fromArray(S, c, c2, part);
    FloatVector s30 = FloatVector.fromArray(S, c, c3, part);
    int q = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, q, part);
      FloatVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      FloatVector v1 = all(a[a1 + p]);
      s10 = v1.fma(b0, s10);
      FloatVector v2 = all(a[a2 + p]);
      s20 = v2.fma(b0, s20);
      FloatVector v3 = all(a[a3 + p]);
      s30 = v3.fma(b0, s30);
      q += ldb;
    }
    s00.intoArray(c, co, part);
    s10.intoArray(c, c1, part);
    s20.intoArray(c, c2, part);
    s30.intoArray(c, c3, part);
  }

  static void tile2x4(
      int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c, int co, int ldc) {
    int a1 = ao + lda;
    int c1 = co + ldc;
    FloatVector s00 = at(c, co);
    FloatVector s01 = at(c, co + V);
    FloatVector s02 = at(c, co + 2 * V);
    FloatVector s03 = at(c, co + 3 * V);
    FloatVector s10 = at(c, c1);
    FloatVector s11 = at(c, c1 + V);
    FloatVector s12 = at(c, c1 + 2 * V);
    FloatVector s13 = at(c, c1 + 3 * V);
    int q = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = at(b, q);
      FloatVector b1 = at(b, q + V);
      FloatVector b2 = at(b, q + 2 * V);
      FloatVector b3 = at(b, q + 3 * V);
      FloatVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      s01 = v0.fma(b1, s01);
      s02 = v0.fma(b2, s02);
      s03 = v0.fma(b3, s03);
      FloatVector v1 = all(a[a1 + p]);
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
      int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c, int co, int ldc) {
    int a1 = ao + lda;
    int c1 = co + ldc;
    FloatVector s00 = at(c, co);
    FloatVector s01 = at(c, co + V);
    FloatVector s10 = at(c, c1);
    FloatVector s11 = at(c, c1 + V);
    int q = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = at(b, q);
      FloatVector b1 = at(b, q + V);
      FloatVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      s01 = v0.fma(b1, s01);
      FloatVector v1 = all(a[a1 + p]);
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
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc) {
    VectorMask<Float> part = S.indexInRange(0, width);
    int a1 = ao + lda;
    int c1 = co + ldc;
    FloatVector s00 = FloatVector.fromArray(S, c, co, part);
    FloatVector s10 = FloatVector.fromArray(S, c, c1, part);
    int q = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, q, part);
      FloatVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      FloatVector v1 = all(a[a1 + p]);
      s10 = v1.fma(b0, s10);
      q += ldb;
    }
    s00.intoArray(c, co, part);
    s10.intoArray(c, c1, part);
  }

  static void tile1x4(
      int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c, int co, int ldc) {
    FloatVector s00 = at(c, co);
    FloatVector s01 = at(c, co + V);
    FloatVector s02 = at(c, co + 2 * V);
    FloatVector s03 = at(c, co + 3 * V);
    int q = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = at(b, q);
      FloatVector b1 = at(b, q + V);
      FloatVector b2 = at(b, q + 2 * V);
      FloatVector b3 = at(b, q + 3 * V);
      FloatVector v0 = all(a[ao + p]);
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
      int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c, int co, int ldc) {
    FloatVector s00 = at(c, co);
    FloatVector s01 = at(c, co + V);
    int q = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = at(b, q);
      FloatVector b1 = at(b, q + V);
      FloatVector v0 = all(a[ao + p]);
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
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc) {
    VectorMask<Float> part = S.indexInRange(0, width);
    FloatVector s00 = FloatVector.fromArray(S, c, co, part);
    int q = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, q, part);
      FloatVector v0 = all(a[ao + p]);
      s00 = v0.fma(b0, s00);
      q += ldb;
    }
    s00.intoArray(c, co, part);
  }
}
