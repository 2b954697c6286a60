package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * FLOAT64 sums and dot products with vectors of 512 bits: the 32 lanes of {@link ScalarSums} are 4
 * accumulators.
 *
 * <p>A class for each width, of which a process runs only one: as soon as it has seen vectors of
 * two widths, C2 cannot tell which one a method of the Vector API gets, and boxes vectors.
 */
final class Wide64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_512;

  private static final VectorShuffle<Double> BY_FOUR = VectorShuffle.fromOp(S, i -> i ^ 4);

  private static final VectorShuffle<Double> BY_TWO = VectorShuffle.fromOp(S, i -> i ^ 2);

  private Wide64() {}

  /** Up to {@link ScalarSums#BLOCK} elements. */
  static double sum(double[] x, int xo, int n) {
    DoubleVector a = DoubleVector.zero(S);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = xo;
    for (int end = xo + (n & -32); i < end; i += 32) {
      a = a.add(DoubleVector.fromArray(S, x, i));
      b = b.add(DoubleVector.fromArray(S, x, i + 8));
      c = c.add(DoubleVector.fromArray(S, x, i + 16));
      d = d.add(DoubleVector.fromArray(S, x, i + 24));
    }
    for (int end = xo + (n & -8); i < end; i += 8) {
      a = a.add(DoubleVector.fromArray(S, x, i));
    }
    a = a.add(c).add(b.add(d));
    a = a.add(a.rearrange(BY_FOUR));
    a = a.add(a.rearrange(BY_TWO));
    double s = a.lane(0) + a.lane(1);
    for (int end = xo + n; i < end; i++) {
      s = s + x[i];
    }
    return s;
  }

  /** Up to {@link ScalarSums#BLOCK} elements. */
  static double dot(double[] x, int xo, double[] y, int yo, int n) {
    DoubleVector a = DoubleVector.zero(S);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = xo;
    int j = yo;
    for (int end = xo + (n & -32); i < end; i += 32, j += 32) {
      a = DoubleVector.fromArray(S, x, i).fma(DoubleVector.fromArray(S, y, j), a);
      b = DoubleVector.fromArray(S, x, i + 8).fma(DoubleVector.fromArray(S, y, j + 8), b);
      c = DoubleVector.fromArray(S, x, i + 16).fma(DoubleVector.fromArray(S, y, j + 16), c);
      d = DoubleVector.fromArray(S, x, i + 24).fma(DoubleVector.fromArray(S, y, j + 24), d);
    }
    for (int end = xo + (n & -8); i < end; i += 8, j += 8) {
      a = DoubleVector.fromArray(S, x, i).fma(DoubleVector.fromArray(S, y, j), a);
    }
    a = a.add(c).add(b.add(d));
    a = a.add(a.rearrange(BY_FOUR));
    a = a.add(a.rearrange(BY_TWO));
    double s = a.lane(0) + a.lane(1);
    return tail(x, i, y, j, n & 7, s);
  }

  /** For n below 32: of the 32 lanes all but 8 stay +0. */
  static double shortSum(double[] x, int xo, int n) {
    int i = xo;
    double s = 0;
    if (n >= 8) {
      DoubleVector zero = DoubleVector.zero(S);
      DoubleVector a = zero;
      for (int end = xo + (n & -8); i < end; i += 8) {
        a = a.add(DoubleVector.fromArray(S, x, i));
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
  static double shortDot(double[] x, int xo, double[] y, int yo, int n) {
    int i = xo;
    int j = yo;
    double s = 0;
    if (n >= 8) {
      DoubleVector zero = DoubleVector.zero(S);
      DoubleVector a = zero;
      for (int end = xo + (n & -8); i < end; i += 8, j += 8) {
        a = DoubleVector.fromArray(S, x, i).fma(DoubleVector.fromArray(S, y, j), a);
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
  static double tail(double[] x, int xo, double[] y, int yo, int n, double s) {
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
  static void rows(int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    if (n < 16) {
      shortRows(m, n, a, ao, x, xo, y, yo);
      return;
    }
    int quarter = m / 4;
    for (int i = 0; i < quarter; i++) {
      if (n < 32) {
        severalShortRows(n, a, ao + 4 * i * n, x, xo, y, yo + 4 * i);
      } else {
        severalRows(n, a, ao + i * n, quarter, x, xo, y, yo + i);
      }
    }
    for (int i = 4 * quarter; i < m; i++) {
      int at = ao + i * n;
      y[yo + i] = n < 32 ? shortDot(a, at, x, xo, n) : dot(a, at, x, xo, n);
    }
  }

  /** For n from 8 to 15. */
  private static void shortRows(
      int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector x0 = DoubleVector.fromArray(S, x, xo);
    for (int i = 0, at = ao; i < m; i++, at += n) {
      DoubleVector p = DoubleVector.fromArray(S, a, at).fma(x0, zero);
      // a product that underflows leaves -0, which the empty lanes make +0
      p = p.add(zero);
      p = p.add(p.rearrange(BY_FOUR));
      p = p.add(p.rearrange(BY_TWO));
      double s = p.lane(0) + p.lane(1);
      y[yo + i] = tail(a, at + 8, x, xo + 8, n - 8, s);
    }
  }

  /** Four rows, x loaded once for all; n below 32. */
  private static void severalShortRows(
      int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector p0 = zero;
    DoubleVector q0 = zero;
    DoubleVector r0 = zero;
    DoubleVector s0 = zero;
    int b = ao + n;
    int c = b + n;
    int d = c + n;
    int j = 0;
    for (int end = n & -8; j < end; j += 8) {
      DoubleVector x0 = DoubleVector.fromArray(S, x, xo + j);
      p0 = DoubleVector.fromArray(S, a, ao + j).fma(x0, p0);
      q0 = DoubleVector.fromArray(S, a, b + j).fma(x0, q0);
      r0 = DoubleVector.fromArray(S, a, c + j).fma(x0, r0);
      s0 = DoubleVector.fromArray(S, a, d + j).fma(x0, s0);
    }
    // a product that underflows leaves -0, which the empty lanes make +0
    p0 = p0.add(zero);
    p0 = p0.add(p0.rearrange(BY_FOUR));
    p0 = p0.add(p0.rearrange(BY_TWO));
    double p = p0.lane(0) + p0.lane(1);
    q0 = q0.add(zero);
    q0 = q0.add(q0.rearrange(BY_FOUR));
    q0 = q0.add(q0.rearrange(BY_TWO));
    double q = q0.lane(0) + q0.lane(1);
    r0 = r0.add(zero);
    r0 = r0.add(r0.rearrange(BY_FOUR));
    r0 = r0.add(r0.rearrange(BY_TWO));
    double r = r0.lane(0) + r0.lane(1);
    s0 = s0.add(zero);
    s0 = s0.add(s0.rearrange(BY_FOUR));
    s0 = s0.add(s0.rearrange(BY_TWO));
    double s = s0.lane(0) + s0.lane(1);
    for (; j < n; j++) {
      double t = x[xo + j];
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

  /**
   * Four rows, x loaded once for all. The rows are some rows apart, so that from call to call each
   * goes on where it ended: what processors read ahead serves the next call. Measured at 2000 x
   * 500: 104 instead of 112 microseconds, at 4000 x 256 105 instead of 123.
   */
  private static void severalRows(
      int n, double[] a, int ao, int apart, double[] x, int xo, double[] y, int yo) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector p0 = zero;
    DoubleVector p1 = zero;
    DoubleVector p2 = zero;
    DoubleVector p3 = zero;
    DoubleVector q0 = zero;
    DoubleVector q1 = zero;
    DoubleVector q2 = zero;
    DoubleVector q3 = zero;
    DoubleVector r0 = zero;
    DoubleVector r1 = zero;
    DoubleVector r2 = zero;
    DoubleVector r3 = zero;
    DoubleVector s0 = zero;
    DoubleVector s1 = zero;
    DoubleVector s2 = zero;
    DoubleVector s3 = zero;
    int b = ao + apart * n;
    int c = b + apart * n;
    int d = c + apart * n;
    int j = 0;
    for (int end = n & -32; j < end; j += 32) {
      DoubleVector x0 = DoubleVector.fromArray(S, x, xo + j);
      p0 = DoubleVector.fromArray(S, a, ao + j).fma(x0, p0);
      q0 = DoubleVector.fromArray(S, a, b + j).fma(x0, q0);
      r0 = DoubleVector.fromArray(S, a, c + j).fma(x0, r0);
      s0 = DoubleVector.fromArray(S, a, d + j).fma(x0, s0);
      DoubleVector x1 = DoubleVector.fromArray(S, x, xo + j + 8);
      p1 = DoubleVector.fromArray(S, a, ao + j + 8).fma(x1, p1);
      q1 = DoubleVector.fromArray(S, a, b + j + 8).fma(x1, q1);
      r1 = DoubleVector.fromArray(S, a, c + j + 8).fma(x1, r1);
      s1 = DoubleVector.fromArray(S, a, d + j + 8).fma(x1, s1);
      DoubleVector x2 = DoubleVector.fromArray(S, x, xo + j + 16);
      p2 = DoubleVector.fromArray(S, a, ao + j + 16).fma(x2, p2);
      q2 = DoubleVector.fromArray(S, a, b + j + 16).fma(x2, q2);
      r2 = DoubleVector.fromArray(S, a, c + j + 16).fma(x2, r2);
      s2 = DoubleVector.fromArray(S, a, d + j + 16).fma(x2, s2);
      DoubleVector x3 = DoubleVector.fromArray(S, x, xo + j + 24);
      p3 = DoubleVector.fromArray(S, a, ao + j + 24).fma(x3, p3);
      q3 = DoubleVector.fromArray(S, a, b + j + 24).fma(x3, q3);
      r3 = DoubleVector.fromArray(S, a, c + j + 24).fma(x3, r3);
      s3 = DoubleVector.fromArray(S, a, d + j + 24).fma(x3, s3);
    }
    for (int end = n & -8; j < end; j += 8) {
      DoubleVector x0 = DoubleVector.fromArray(S, x, xo + j);
      p0 = DoubleVector.fromArray(S, a, ao + j).fma(x0, p0);
      q0 = DoubleVector.fromArray(S, a, b + j).fma(x0, q0);
      r0 = DoubleVector.fromArray(S, a, c + j).fma(x0, r0);
      s0 = DoubleVector.fromArray(S, a, d + j).fma(x0, s0);
    }
    p0 = p0.add(p2).add(p1.add(p3));
    p0 = p0.add(p0.rearrange(BY_FOUR));
    p0 = p0.add(p0.rearrange(BY_TWO));
    double p = p0.lane(0) + p0.lane(1);
    q0 = q0.add(q2).add(q1.add(q3));
    q0 = q0.add(q0.rearrange(BY_FOUR));
    q0 = q0.add(q0.rearrange(BY_TWO));
    double q = q0.lane(0) + q0.lane(1);
    r0 = r0.add(r2).add(r1.add(r3));
    r0 = r0.add(r0.rearrange(BY_FOUR));
    r0 = r0.add(r0.rearrange(BY_TWO));
    double r = r0.lane(0) + r0.lane(1);
    s0 = s0.add(s2).add(s1.add(s3));
    s0 = s0.add(s0.rearrange(BY_FOUR));
    s0 = s0.add(s0.rearrange(BY_TWO));
    double s = s0.lane(0) + s0.lane(1);
    for (; j < n; j++) {
      double t = x[xo + j];
      p = Math.fma(a[ao + j], t, p);
      q = Math.fma(a[b + j], t, q);
      r = Math.fma(a[c + j], t, r);
      s = Math.fma(a[d + j], t, s);
    }
    y[yo] = p;
    y[yo + apart] = q;
    y[yo + 2 * apart] = r;
    y[yo + 3 * apart] = s;
  }

  /** {@code y = A' (A x)} for n from 8 to 15: y stays in registers, which overlap. */
  static void shortGram(
      int m,
      int n,
      double[] a,
      int ao,
      double[] w,
      int wo,
      double[] x,
      int xo,
      double[] y,
      int yo) {
    DoubleVector y0 = DoubleVector.zero(S);
    DoubleVector y1 = DoubleVector.zero(S);
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector x0 = DoubleVector.fromArray(S, x, xo);
    for (int i = 0, at = ao; i < m; i++, at += n) {
      DoubleVector p = DoubleVector.fromArray(S, a, at).fma(x0, zero);
      // a product that underflows leaves -0, which the empty lanes make +0
      p = p.add(zero);
      p = p.add(p.rearrange(BY_FOUR));
      p = p.add(p.rearrange(BY_TWO));
      double s = p.lane(0) + p.lane(1);
      s = tail(a, at + 8, x, xo + 8, n - 8, s);
      s = w.length == 0 ? s : w[wo + i] * s;
      DoubleVector r = DoubleVector.broadcast(S, s);
      y0 = DoubleVector.fromArray(S, a, at).fma(r, y0);
      y1 = DoubleVector.fromArray(S, a, at + n - 8).fma(r, y1);
    }
    y0.intoArray(y, yo);
    y1.intoArray(y, yo + n - 8);
  }
}
