package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 256 bits for FLOAT32 matrix products of fewer columns than a vector of 512 bits has.
 *
 * <p>{@code C = A B}: element (i, l) of A is at {@code ao + i * row + l * step}, row l of B at
 * {@code bo + l * width}, row i of C at {@code co + i * width}. Every element is a chain of fma
 * over l in order from 0.
 */
final class VectorHalfTiles32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

  /** The fewest columns. */
  static final int V = 8;

  private VectorHalfTiles32() {}

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
      int co) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int row2 = 2 * row;
    int row3 = 3 * row;
    int i = ao;
    int j = bo;
    for (int l = 0; l < k; l++, i += step, j += width) {
      FloatVector b0 = FloatVector.fromArray(S, b, j);
      s0 = FloatVector.broadcast(S, a[i]).fma(b0, s0);
      s1 = FloatVector.broadcast(S, a[i + row]).fma(b0, s1);
      s2 = FloatVector.broadcast(S, a[i + row2]).fma(b0, s2);
      s3 = FloatVector.broadcast(S, a[i + row3]).fma(b0, s3);
    }
    s0.intoArray(c, co);
    s1.intoArray(c, co + width);
    s2.intoArray(c, co + 2 * width);
    s3.intoArray(c, co + 3 * width);
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
      int co) {
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
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
    int c1 = co + width;
    int c2 = c1 + width;
    int c3 = c2 + width;
    s00.intoArray(c, co);
    s01.intoArray(c, co + shift);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + shift);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + shift);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + shift);
  }
}
