package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * FLOAT32 sums and dot products with vectors of 256 bits: the 32 lanes of {@link ScalarSums} are 4
 * accumulators.
 *
 * <p>A class for each width, of which a process runs only one: as soon as it has seen vectors of
 * two widths, C2 cannot tell which one a method of the Vector API gets, and boxes vectors.
 */
final class Narrow32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

  private static final VectorShuffle<Float> BY_FOUR = VectorShuffle.fromOp(S, i -> i ^ 4);

  private static final VectorShuffle<Float> BY_TWO = VectorShuffle.fromOp(S, i -> i ^ 2);

  private Narrow32() {}

  /** Up to {@link ScalarSums#BLOCK} elements. */
  static float sum(float[] x, int xo, int n) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = xo;
    for (int end = xo + (n & -32); i < end; i += 32) {
      a = a.add(FloatVector.fromArray(S, x, i));
      b = b.add(FloatVector.fromArray(S, x, i + 8));
      c = c.add(FloatVector.fromArray(S, x, i + 16));
      d = d.add(FloatVector.fromArray(S, x, i + 24));
    }
    for (int end = xo + (n & -8); i < end; i += 8) {
      a = a.add(FloatVector.fromArray(S, x, i));
    }
    a = a.add(c).add(b.add(d));
    a = a.add(a.rearrange(BY_FOUR));
    a = a.add(a.rearrange(BY_TWO));
    float s = a.lane(0) + a.lane(1);
    for (int end = xo + n; i < end; i++) {
      s = s + x[i];
    }
    return s;
  }

  /** Up to {@link ScalarSums#BLOCK} elements. */
  static float dot(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = xo;
    int j = yo;
    for (int end = xo + (n & -32); i < end; i += 32, j += 32) {
      a = FloatVector.fromArray(S, x, i).fma(FloatVector.fromArray(S, y, j), a);
      b = FloatVector.fromArray(S, x, i + 8).fma(FloatVector.fromArray(S, y, j + 8), b);
      c = FloatVector.fromArray(S, x, i + 16).fma(FloatVector.fromArray(S, y, j + 16), c);
      d = FloatVector.fromArray(S, x, i + 24).fma(FloatVector.fromArray(S, y, j + 24), d);
    }
    for (int end = xo + (n & -8); i < end; i += 8, j += 8) {
      a = FloatVector.fromArray(S, x, i).fma(FloatVector.fromArray(S, y, j), a);
    }
    a = a.add(c).add(b.add(d));
    a = a.add(a.rearrange(BY_FOUR));
    a = a.add(a.rearrange(BY_TWO));
    float s = a.lane(0) + a.lane(1);
    return tail(x, i, y, j, n & 7, s);
  }

  /** For n below 32: of the 32 lanes all but 8 stay +0. */
  static float shortSum(float[] x, int xo, int n) {
    int i = xo;
    float s = 0;
    if (n >= 8) {
      FloatVector zero = FloatVector.zero(S);
      FloatVector a = zero;
      for (int end = xo + (n & -8); i < end; i += 8) {
        a = a.add(FloatVector.fromArray(S, x, i));
      }
      a = a.add(a.rearrange(BY_FOUR));
      a = a.add(a.rearrange(BY_TWO));
      s = a.lane(0) + a.lane(1);
    }
    for (int end = xo + n; i < end; i++) {
      s = s + x[i];
    }
    return s;
  }

  /** For n below 32: of the 32 lanes all but 8 stay +0. */
  static float shortDot(float[] x, int xo, float[] y, int yo, int n) {
    int i = xo;
    int j = yo;
    float s = 0;
    if (n >= 8) {
      FloatVector zero = FloatVector.zero(S);
      FloatVector a = zero;
      for (int end = xo + (n & -8); i < end; i += 8, j += 8) {
        a = FloatVector.fromArray(S, x, i).fma(FloatVector.fromArray(S, y, j), a);
      }
      // a product that underflows leaves -0, which the empty lanes make +0
      a = a.add(zero);
      a = a.add(a.rearrange(BY_FOUR));
      a = a.add(a.rearrange(BY_TWO));
      s = a.lane(0) + a.lane(1);
    }
    return tail(x, i, y, j, n & 7, s);
  }

  /** {@code s = fma(x, y, s)} for the last n elements, n below 8: branches beat a loop. */
  private static float tail(float[] x, int xo, float[] y, int yo, int n, float s) {
    if (n == 0) {
      return s;
    }
    s = Math.fma(x[xo], y[yo], s);
    if (n == 1) {
      return s;
    }
    s = Math.fma(x[xo + 1], y[yo + 1], s);
    if (n == 2) {
      return s;
    }
    s = Math.fma(x[xo + 2], y[yo + 2], s);
    if (n == 3) {
      return s;
    }
    s = Math.fma(x[xo + 3], y[yo + 3], s);
    if (n == 4) {
      return s;
    }
    s = Math.fma(x[xo + 4], y[yo + 4], s);
    if (n == 5) {
      return s;
    }
    s = Math.fma(x[xo + 5], y[yo + 5], s);
    if (n == 6) {
      return s;
    }
    return Math.fma(x[xo + 6], y[yo + 6], s);
  }

  /** {@code y[i] = dot(a_i, x)} for n from 8 to {@link ScalarSums#BLOCK}. */
  static void rows(int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    if (n < 16) {
      shortRows(m, n, a, ao, x, xo, y, yo);
      return;
    }
    int i = 0;
    for (; i <= m - 2; i += 2) {
      if (n < 32) {
        severalShortRows(n, a, ao + i * n, x, xo, y, yo + i);
      } else {
        severalRows(n, a, ao + i * n, x, xo, y, yo + i);
      }
    }
    for (; i < m; i++) {
      int at = ao + i * n;
      y[yo + i] = n < 32 ? shortDot(a, at, x, xo, n) : dot(a, at, x, xo, n);
    }
  }

  /** For n from 8 to 15. */
  private static void shortRows(
      int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector x0 = FloatVector.fromArray(S, x, xo);
    for (int i = 0, at = ao; i < m; i++, at += n) {
      FloatVector p = FloatVector.fromArray(S, a, at).fma(x0, zero);
      // a product that underflows leaves -0, which the empty lanes make +0
      p = p.add(zero);
      p = p.add(p.rearrange(BY_FOUR));
      p = p.add(p.rearrange(BY_TWO));
      float s = p.lane(0) + p.lane(1);
      y[yo + i] = tail(a, at + 8, x, xo + 8, n - 8, s);
    }
  }

  /** Two rows, x loaded once for all; n below 32. */
  private static void severalShortRows(
      int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector p0 = zero;
    FloatVector q0 = zero;
    int b = ao + n;
    int j = 0;
    for (int end = n & -8; j < end; j += 8) {
      FloatVector x0 = FloatVector.fromArray(S, x, xo + j);
      p0 = FloatVector.fromArray(S, a, ao + j).fma(x0, p0);
      q0 = FloatVector.fromArray(S, a, b + j).fma(x0, q0);
    }
    // a product that underflows leaves -0, which the empty lanes make +0
    p0 = p0.add(zero);
    p0 = p0.add(p0.rearrange(BY_FOUR));
    p0 = p0.add(p0.rearrange(BY_TWO));
    float p = p0.lane(0) + p0.lane(1);
    q0 = q0.add(zero);
    q0 = q0.add(q0.rearrange(BY_FOUR));
    q0 = q0.add(q0.rearrange(BY_TWO));
    float q = q0.lane(0) + q0.lane(1);
    for (; j < n; j++) {
      float t = x[xo + j];
      p = Math.fma(a[ao + j], t, p);
      q = Math.fma(a[b + j], t, q);
    }
    y[yo] = p;
    y[yo + 1] = q;
  }

  /** Two rows, x loaded once for all. */
  private static void severalRows(int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector p0 = zero;
    FloatVector p1 = zero;
    FloatVector p2 = zero;
    FloatVector p3 = zero;
    FloatVector q0 = zero;
    FloatVector q1 = zero;
    FloatVector q2 = zero;
    FloatVector q3 = zero;
    int b = ao + n;
    int j = 0;
    for (int end = n & -32; j < end; j += 32) {
      FloatVector x0 = FloatVector.fromArray(S, x, xo + j);
      p0 = FloatVector.fromArray(S, a, ao + j).fma(x0, p0);
      q0 = FloatVector.fromArray(S, a, b + j).fma(x0, q0);
      FloatVector x1 = FloatVector.fromArray(S, x, xo + j + 8);
      p1 = FloatVector.fromArray(S, a, ao + j + 8).fma(x1, p1);
      q1 = FloatVector.fromArray(S, a, b + j + 8).fma(x1, q1);
      FloatVector x2 = FloatVector.fromArray(S, x, xo + j + 16);
      p2 = FloatVector.fromArray(S, a, ao + j + 16).fma(x2, p2);
      q2 = FloatVector.fromArray(S, a, b + j + 16).fma(x2, q2);
      FloatVector x3 = FloatVector.fromArray(S, x, xo + j + 24);
      p3 = FloatVector.fromArray(S, a, ao + j + 24).fma(x3, p3);
      q3 = FloatVector.fromArray(S, a, b + j + 24).fma(x3, q3);
    }
    for (int end = n & -8; j < end; j += 8) {
      FloatVector x0 = FloatVector.fromArray(S, x, xo + j);
      p0 = FloatVector.fromArray(S, a, ao + j).fma(x0, p0);
      q0 = FloatVector.fromArray(S, a, b + j).fma(x0, q0);
    }
    p0 = p0.add(p2).add(p1.add(p3));
    p0 = p0.add(p0.rearrange(BY_FOUR));
    p0 = p0.add(p0.rearrange(BY_TWO));
    float p = p0.lane(0) + p0.lane(1);
    q0 = q0.add(q2).add(q1.add(q3));
    q0 = q0.add(q0.rearrange(BY_FOUR));
    q0 = q0.add(q0.rearrange(BY_TWO));
    float q = q0.lane(0) + q0.lane(1);
    for (; j < n; j++) {
      float t = x[xo + j];
      p = Math.fma(a[ao + j], t, p);
      q = Math.fma(a[b + j], t, q);
    }
    y[yo] = p;
    y[yo + 1] = q;
  }

  /** {@code y = A' (A x)} for n from 8 to 15: y stays in registers, which overlap. */
  static void shortGram(
      int m, int n, float[] a, int ao, float[] w, int wo, float[] x, int xo, float[] y, int yo) {
    FloatVector y0 = FloatVector.zero(S);
    FloatVector y1 = FloatVector.zero(S);
    FloatVector zero = FloatVector.zero(S);
    FloatVector x0 = FloatVector.fromArray(S, x, xo);
    for (int i = 0, at = ao; i < m; i++, at += n) {
      FloatVector p = FloatVector.fromArray(S, a, at).fma(x0, zero);
      // a product that underflows leaves -0, which the empty lanes make +0
      p = p.add(zero);
      p = p.add(p.rearrange(BY_FOUR));
      p = p.add(p.rearrange(BY_TWO));
      float s = p.lane(0) + p.lane(1);
      s = tail(a, at + 8, x, xo + 8, n - 8, s);
      s = w.length == 0 ? s : w[wo + i] * s;
      FloatVector r = FloatVector.broadcast(S, s);
      y0 = FloatVector.fromArray(S, a, at).fma(r, y0);
      y1 = FloatVector.fromArray(S, a, at + n - 8).fma(r, y1);
    }
    y0.intoArray(y, yo);
    y1.intoArray(y, yo + n - 8);
  }
}
