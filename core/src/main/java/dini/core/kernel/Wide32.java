package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * FLOAT32 sums and dot products with vectors of 512 bits: the 32 lanes of {@link ScalarSums} are 2
 * accumulators.
 *
 * <p>A class for each width, of which a process runs only one: as soon as it has seen vectors of
 * two widths, C2 cannot tell which one a method of the Vector API gets, and boxes vectors.
 */
final class Wide32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;

  /** The first eight lanes. */
  private static final VectorMask<Float> EIGHT = VectorMask.fromLong(S, 0xff);

  private static final VectorShuffle<Float> BY_EIGHT = VectorShuffle.fromOp(S, i -> i ^ 8);

  private static final VectorShuffle<Float> BY_FOUR = VectorShuffle.fromOp(S, i -> i ^ 4);

  private static final VectorShuffle<Float> BY_TWO = VectorShuffle.fromOp(S, i -> i ^ 2);

  private Wide32() {}

  /** Up to {@link ScalarSums#BLOCK} elements. */
  static float sum(float[] x, int xo, int n) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = a;
    int i = xo;
    for (int end = xo + (n & -32); i < end; i += 32) {
      a = a.add(FloatVector.fromArray(S, x, i));
      b = b.add(FloatVector.fromArray(S, x, i + 16));
    }
    for (int end = xo + (n & -8); i < end; i += 8) {
      a = a.blend(a.add(FloatVector.fromArray(S, x, i, EIGHT)), EIGHT);
    }
    a = a.add(b);
    a = a.add(a.rearrange(BY_EIGHT));
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
    int i = xo;
    int j = yo;
    for (int end = xo + (n & -32); i < end; i += 32, j += 32) {
      a = FloatVector.fromArray(S, x, i).fma(FloatVector.fromArray(S, y, j), a);
      b = FloatVector.fromArray(S, x, i + 16).fma(FloatVector.fromArray(S, y, j + 16), b);
    }
    for (int end = xo + (n & -8); i < end; i += 8, j += 8) {
      a =
          a.blend(
              FloatVector.fromArray(S, x, i, EIGHT).fma(FloatVector.fromArray(S, y, j, EIGHT), a),
              EIGHT);
    }
    a = a.add(b);
    a = a.add(a.rearrange(BY_EIGHT));
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
        a = a.add(FloatVector.fromArray(S, x, i, EIGHT));
      }
      a = a.add(a.rearrange(BY_EIGHT));
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
        a = FloatVector.fromArray(S, x, i, EIGHT).fma(FloatVector.fromArray(S, y, j, EIGHT), a);
      }
      a = a.add(a.rearrange(BY_EIGHT));
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
    for (; i <= m - 4; i += 4) {
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
    FloatVector x0 = FloatVector.fromArray(S, x, xo, EIGHT);
    for (int i = 0, at = ao; i < m; i++, at += n) {
      FloatVector p = FloatVector.fromArray(S, a, at, EIGHT).fma(x0, zero);
      p = p.add(p.rearrange(BY_EIGHT));
      p = p.add(p.rearrange(BY_FOUR));
      p = p.add(p.rearrange(BY_TWO));
      float s = p.lane(0) + p.lane(1);
      y[yo + i] = tail(a, at + 8, x, xo + 8, n - 8, s);
    }
  }

  /** Four rows, x loaded once for all; n below 32. */
  private static void severalShortRows(
      int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector p0 = zero;
    FloatVector q0 = zero;
    FloatVector r0 = zero;
    FloatVector s0 = zero;
    int b = ao + n;
    int c = b + n;
    int d = c + n;
    int j = 0;
    for (int end = n & -8; j < end; j += 8) {
      FloatVector x0 = FloatVector.fromArray(S, x, xo + j, EIGHT);
      p0 = FloatVector.fromArray(S, a, ao + j, EIGHT).fma(x0, p0);
      q0 = FloatVector.fromArray(S, a, b + j, EIGHT).fma(x0, q0);
      r0 = FloatVector.fromArray(S, a, c + j, EIGHT).fma(x0, r0);
      s0 = FloatVector.fromArray(S, a, d + j, EIGHT).fma(x0, s0);
    }
    p0 = p0.add(p0.rearrange(BY_EIGHT));
    p0 = p0.add(p0.rearrange(BY_FOUR));
    p0 = p0.add(p0.rearrange(BY_TWO));
    float p = p0.lane(0) + p0.lane(1);
    q0 = q0.add(q0.rearrange(BY_EIGHT));
    q0 = q0.add(q0.rearrange(BY_FOUR));
    q0 = q0.add(q0.rearrange(BY_TWO));
    float q = q0.lane(0) + q0.lane(1);
    r0 = r0.add(r0.rearrange(BY_EIGHT));
    r0 = r0.add(r0.rearrange(BY_FOUR));
    r0 = r0.add(r0.rearrange(BY_TWO));
    float r = r0.lane(0) + r0.lane(1);
    s0 = s0.add(s0.rearrange(BY_EIGHT));
    s0 = s0.add(s0.rearrange(BY_FOUR));
    s0 = s0.add(s0.rearrange(BY_TWO));
    float s = s0.lane(0) + s0.lane(1);
    for (; j < n; j++) {
      float t = x[xo + j];
      p = Math.fma(a[ao + j], t, p);
      q = Math.fma(a[b + j], t, q);
      r = Math.fma(a[c + j], t, r);
      s = Math.fma(a[d + j], t, s);
    }
    y[yo] = p;
    y[yo + 1] = q;
    y[yo + 2] = r;
    y[yo + 3] = s;
  }

  /** Four rows, x loaded once for all. */
  private static void severalRows(int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector p0 = zero;
    FloatVector p1 = zero;
    FloatVector q0 = zero;
    FloatVector q1 = zero;
    FloatVector r0 = zero;
    FloatVector r1 = zero;
    FloatVector s0 = zero;
    FloatVector s1 = zero;
    int b = ao + n;
    int c = b + n;
    int d = c + n;
    int j = 0;
    for (int end = n & -32; j < end; j += 32) {
      FloatVector x0 = FloatVector.fromArray(S, x, xo + j);
      p0 = FloatVector.fromArray(S, a, ao + j).fma(x0, p0);
      q0 = FloatVector.fromArray(S, a, b + j).fma(x0, q0);
      r0 = FloatVector.fromArray(S, a, c + j).fma(x0, r0);
      s0 = FloatVector.fromArray(S, a, d + j).fma(x0, s0);
      FloatVector x1 = FloatVector.fromArray(S, x, xo + j + 16);
      p1 = FloatVector.fromArray(S, a, ao + j + 16).fma(x1, p1);
      q1 = FloatVector.fromArray(S, a, b + j + 16).fma(x1, q1);
      r1 = FloatVector.fromArray(S, a, c + j + 16).fma(x1, r1);
      s1 = FloatVector.fromArray(S, a, d + j + 16).fma(x1, s1);
    }
    for (int end = n & -8; j < end; j += 8) {
      FloatVector x0 = FloatVector.fromArray(S, x, xo + j, EIGHT);
      p0 = p0.blend(FloatVector.fromArray(S, a, ao + j, EIGHT).fma(x0, p0), EIGHT);
      q0 = q0.blend(FloatVector.fromArray(S, a, b + j, EIGHT).fma(x0, q0), EIGHT);
      r0 = r0.blend(FloatVector.fromArray(S, a, c + j, EIGHT).fma(x0, r0), EIGHT);
      s0 = s0.blend(FloatVector.fromArray(S, a, d + j, EIGHT).fma(x0, s0), EIGHT);
    }
    p0 = p0.add(p1);
    p0 = p0.add(p0.rearrange(BY_EIGHT));
    p0 = p0.add(p0.rearrange(BY_FOUR));
    p0 = p0.add(p0.rearrange(BY_TWO));
    float p = p0.lane(0) + p0.lane(1);
    q0 = q0.add(q1);
    q0 = q0.add(q0.rearrange(BY_EIGHT));
    q0 = q0.add(q0.rearrange(BY_FOUR));
    q0 = q0.add(q0.rearrange(BY_TWO));
    float q = q0.lane(0) + q0.lane(1);
    r0 = r0.add(r1);
    r0 = r0.add(r0.rearrange(BY_EIGHT));
    r0 = r0.add(r0.rearrange(BY_FOUR));
    r0 = r0.add(r0.rearrange(BY_TWO));
    float r = r0.lane(0) + r0.lane(1);
    s0 = s0.add(s1);
    s0 = s0.add(s0.rearrange(BY_EIGHT));
    s0 = s0.add(s0.rearrange(BY_FOUR));
    s0 = s0.add(s0.rearrange(BY_TWO));
    float s = s0.lane(0) + s0.lane(1);
    for (; j < n; j++) {
      float t = x[xo + j];
      p = Math.fma(a[ao + j], t, p);
      q = Math.fma(a[b + j], t, q);
      r = Math.fma(a[c + j], t, r);
      s = Math.fma(a[d + j], t, s);
    }
    y[yo] = p;
    y[yo + 1] = q;
    y[yo + 2] = r;
    y[yo + 3] = s;
  }

  /** {@code y = A' (A x)} for n from 8 to 15: y stays in registers, which overlap. */
  static void shortGram(int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    FloatVector y0 = FloatVector.zero(S);
    FloatVector y1 = FloatVector.zero(S);
    FloatVector zero = FloatVector.zero(S);
    FloatVector x0 = FloatVector.fromArray(S, x, xo, EIGHT);
    for (int i = 0, at = ao; i < m; i++, at += n) {
      FloatVector p = FloatVector.fromArray(S, a, at, EIGHT).fma(x0, zero);
      p = p.add(p.rearrange(BY_EIGHT));
      p = p.add(p.rearrange(BY_FOUR));
      p = p.add(p.rearrange(BY_TWO));
      float s = p.lane(0) + p.lane(1);
      s = tail(a, at + 8, x, xo + 8, n - 8, s);
      FloatVector r = FloatVector.broadcast(S, s);
      y0 = FloatVector.fromArray(S, a, at, EIGHT).fma(r, y0);
      y1 = FloatVector.fromArray(S, a, at + n - 8, EIGHT).fma(r, y1);
    }
    y0.intoArray(y, yo, EIGHT);
    y1.intoArray(y, yo + n - 8, EIGHT);
  }
}
