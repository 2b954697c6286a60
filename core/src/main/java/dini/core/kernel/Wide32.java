package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * FLOAT32 sums and dot products with vectors of 512 bits: the 32 lanes of {@link ScalarSums} are 2
 * accumulators; see {@link Wide64}.
 *
 * <p>A block of eight elements is half a vector. It is loaded as the upper half of a vector that
 * begins eight elements earlier, which never leaves the range, and meets its lanes there: masked
 * loads would bring code to check their bounds which C2 chokes on. What the lower half computes
 * meanwhile is not used.
 */
final class Wide32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;

  private static final VectorMask<Float> LOWER = VectorMask.fromLong(S, 0xff);

  private static final VectorShuffle<Float> BY_EIGHT = VectorShuffle.fromOp(S, i -> i ^ 8);

  private static final VectorShuffle<Float> BY_FOUR = VectorShuffle.fromOp(S, i -> i ^ 4);

  private static final VectorShuffle<Float> BY_TWO = VectorShuffle.fromOp(S, i -> i ^ 2);

  private Wide32() {}

  /** From 32 elements to {@link ScalarSums#BLOCK}. */
  static float sum(float[] x, int xo, int n) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = a;
    int i = xo;
    for (int end = xo + (n & -32); i < end; i += 32) {
      a = a.add(FloatVector.fromArray(S, x, i));
      b = b.add(FloatVector.fromArray(S, x, i + 16));
    }
    FloatVector t = a.rearrange(BY_EIGHT);
    for (int end = xo + (n & -8); i < end; i += 8) {
      t = t.add(FloatVector.fromArray(S, x, i - 8));
    }
    a = a.blend(t.rearrange(BY_EIGHT), LOWER).add(b);
    a = a.add(a.rearrange(BY_EIGHT));
    a = a.add(a.rearrange(BY_FOUR));
    a = a.add(a.rearrange(BY_TWO));
    float s = a.lane(0) + a.lane(1);
    for (int end = xo + n; i < end; i++) {
      s = s + x[i];
    }
    return s;
  }

  /** From 32 elements to {@link ScalarSums#BLOCK}. */
  static float dot(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = a;
    int i = xo;
    int j = yo;
    for (int end = xo + (n & -32); i < end; i += 32, j += 32) {
      a = FloatVector.fromArray(S, x, i).fma(FloatVector.fromArray(S, y, j), a);
      b = FloatVector.fromArray(S, x, i + 16).fma(FloatVector.fromArray(S, y, j + 16), b);
    }
    FloatVector t = a.rearrange(BY_EIGHT);
    for (int end = xo + (n & -8); i < end; i += 8, j += 8) {
      t = FloatVector.fromArray(S, x, i - 8).fma(FloatVector.fromArray(S, y, j - 8), t);
    }
    a = a.blend(t.rearrange(BY_EIGHT), LOWER).add(b);
    a = a.add(a.rearrange(BY_EIGHT));
    a = a.add(a.rearrange(BY_FOUR));
    a = a.add(a.rearrange(BY_TWO));
    return tail(x, i, y, j, n & 7, a.lane(0) + a.lane(1));
  }

  /** For n below 32: of the 32 lanes all but 8 stay +0. */
  static float shortSum(float[] x, int xo, int n) {
    if (n < 16) {
      return ScalarSums.sum(x, xo, n);
    }
    FloatVector v = FloatVector.fromArray(S, x, xo);
    FloatVector a = v.add(0);
    a = a.rearrange(BY_EIGHT).add(v);
    if (n >= 24) {
      a = a.add(FloatVector.fromArray(S, x, xo + 8));
    }
    a = a.add(a.rearrange(BY_FOUR));
    a = a.add(a.rearrange(BY_TWO));
    float s = a.lane(8) + a.lane(9);
    for (int i = xo + (n & -8), end = xo + n; i < end; i++) {
      s = s + x[i];
    }
    return s;
  }

  /** For n below 32: of the 32 lanes all but 8 stay +0. */
  static float shortDot(float[] x, int xo, float[] y, int yo, int n) {
    if (n < 16) {
      return ScalarSums.dot(x, xo, y, yo, n);
    }
    FloatVector zero = FloatVector.zero(S);
    FloatVector v = FloatVector.fromArray(S, x, xo);
    FloatVector w = FloatVector.fromArray(S, y, yo);
    FloatVector a = v.fma(w, v.fma(w, zero).rearrange(BY_EIGHT));
    if (n >= 24) {
      a = FloatVector.fromArray(S, x, xo + 8).fma(FloatVector.fromArray(S, y, yo + 8), a);
    }
    // a product that underflows leaves -0, which the empty lanes make +0
    a = a.add(zero);
    a = a.add(a.rearrange(BY_FOUR));
    a = a.add(a.rearrange(BY_TWO));
    int done = n & -8;
    return tail(x, xo + done, y, yo + done, n & 7, a.lane(8) + a.lane(9));
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
    if (n >= 32) {
      for (; i <= m - 4; i += 4) {
        fourRows(n, a, ao + i * n, x, xo, y, yo + i);
      }
    }
    for (; i < m; i++) {
      int at = ao + i * n;
      y[yo + i] = n < 32 ? shortDot(a, at, x, xo, n) : dot(a, at, x, xo, n);
    }
  }

  /** For n from 8 to 15: rows are loaded with some of what follows, which is not used. */
  private static void shortRows(
      int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    float[] padded = new float[16];
    System.arraycopy(x, xo, padded, 0, n);
    FloatVector zero = FloatVector.zero(S);
    FloatVector x0 = FloatVector.fromArray(S, padded, 0);
    for (int i = 0, at = ao; i < m; i++, at += n) {
      float[] row = a;
      int from = at;
      if (at + 16 > a.length) {
        System.arraycopy(a, at, padded, 0, n);
        row = padded;
        from = 0;
      }
      // a product that underflows leaves -0, which the empty lanes make +0
      FloatVector p = FloatVector.fromArray(S, row, from).fma(x0, zero).add(zero);
      p = p.add(p.rearrange(BY_FOUR));
      p = p.add(p.rearrange(BY_TWO));
      y[yo + i] = tail(a, at + 8, x, xo + 8, n - 8, p.lane(0) + p.lane(1));
    }
  }

  /** Four rows, x loaded once for all. */
  private static void fourRows(int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    FloatVector p0 = FloatVector.zero(S);
    FloatVector p1 = p0;
    FloatVector q0 = p0;
    FloatVector q1 = p0;
    FloatVector r0 = p0;
    FloatVector r1 = p0;
    FloatVector s0 = p0;
    FloatVector s1 = p0;
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
    FloatVector pt = p0.rearrange(BY_EIGHT);
    FloatVector qt = q0.rearrange(BY_EIGHT);
    FloatVector rt = r0.rearrange(BY_EIGHT);
    FloatVector st = s0.rearrange(BY_EIGHT);
    for (int end = n & -8; j < end; j += 8) {
      FloatVector xt = FloatVector.fromArray(S, x, xo + j - 8);
      pt = FloatVector.fromArray(S, a, ao + j - 8).fma(xt, pt);
      qt = FloatVector.fromArray(S, a, b + j - 8).fma(xt, qt);
      rt = FloatVector.fromArray(S, a, c + j - 8).fma(xt, rt);
      st = FloatVector.fromArray(S, a, d + j - 8).fma(xt, st);
    }
    p0 = p0.blend(pt.rearrange(BY_EIGHT), LOWER).add(p1);
    p0 = p0.add(p0.rearrange(BY_EIGHT));
    p0 = p0.add(p0.rearrange(BY_FOUR));
    p0 = p0.add(p0.rearrange(BY_TWO));
    float p = p0.lane(0) + p0.lane(1);
    q0 = q0.blend(qt.rearrange(BY_EIGHT), LOWER).add(q1);
    q0 = q0.add(q0.rearrange(BY_EIGHT));
    q0 = q0.add(q0.rearrange(BY_FOUR));
    q0 = q0.add(q0.rearrange(BY_TWO));
    float q = q0.lane(0) + q0.lane(1);
    r0 = r0.blend(rt.rearrange(BY_EIGHT), LOWER).add(r1);
    r0 = r0.add(r0.rearrange(BY_EIGHT));
    r0 = r0.add(r0.rearrange(BY_FOUR));
    r0 = r0.add(r0.rearrange(BY_TWO));
    float r = r0.lane(0) + r0.lane(1);
    s0 = s0.blend(st.rearrange(BY_EIGHT), LOWER).add(s1);
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

  /** {@code y = A' (A x)} for n from 8 to 15: y stays in a register. */
  static void shortGram(
      int m, int n, float[] a, int ao, float[] w, int wo, float[] x, int xo, float[] y, int yo) {
    float[] padded = new float[16];
    System.arraycopy(x, xo, padded, 0, n);
    FloatVector zero = FloatVector.zero(S);
    FloatVector x0 = FloatVector.fromArray(S, padded, 0);
    FloatVector y0 = zero;
    for (int i = 0, at = ao; i < m; i++, at += n) {
      float[] row = a;
      int from = at;
      if (at + 16 > a.length) {
        System.arraycopy(a, at, padded, 0, n);
        row = padded;
        from = 0;
      }
      FloatVector v = FloatVector.fromArray(S, row, from);
      FloatVector p = v.fma(x0, zero).add(zero);
      p = p.add(p.rearrange(BY_FOUR));
      p = p.add(p.rearrange(BY_TWO));
      float s = tail(a, at + 8, x, xo + 8, n - 8, p.lane(0) + p.lane(1));
      s = w.length == 0 ? s : w[wo + i] * s;
      y0 = v.fma(FloatVector.broadcast(S, s), y0);
    }
    y0.intoArray(padded, 0);
    System.arraycopy(padded, 0, y, yo, n);
  }
}
