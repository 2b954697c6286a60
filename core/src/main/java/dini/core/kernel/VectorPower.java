package dini.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Power}, operation by operation, on vectors, in passes over chunks: logarithms in two
 * parts, their multiples, powers of 2, signs and special cases; see {@link VectorExponential}.
 */
final class VectorPower {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  /** What is computed in between stays in the nearest cache. */
  private static final int CHUNK = 256;

  private static final long ONE_BITS_LESS_ROOT_HALF = Logarithm.ONE_BITS - Logarithm.ROOT_HALF_BITS;

  private VectorPower() {}

  static void pow(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    double[] high = Chunks.get(Chunks.POWER);
    double[] low = Chunks.get(Chunks.POWER + 1);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      logarithm(x, xo + from, high, low, length & -V);
      raise(high, low, y, yo + from, high, length & -V);
      finish(x, xo + from, y, yo + from, high, out, oo + from, length);
    }
  }

  static void pow(double[] x, int xo, double y, double[] out, int oo, int n) {
    int size = Math.min(n, CHUNK);
    double[] high = Chunks.get(Chunks.POWER);
    double[] low = Chunks.get(Chunks.POWER + 1);
    double[] exponent = Chunks.get(Chunks.POWER + 2);
    Arrays.fill(exponent, 0, size, y);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      logarithm(x, xo + from, high, low, length & -V);
      raise(high, low, exponent, 0, high, length & -V);
      finish(x, xo + from, exponent, 0, high, out, oo + from, length);
    }
  }

  static void pow(double x, double[] y, int yo, double[] out, int oo, int n) {
    int size = Math.min(n, CHUNK);
    double[] high = Chunks.get(Chunks.POWER);
    double[] low = Chunks.get(Chunks.POWER + 1);
    double[] base = Chunks.get(Chunks.POWER + 2);
    double[] power = Chunks.get(Chunks.POWER + 3);
    Arrays.fill(base, 0, size, x);
    logarithm(base, 0, high, low, size & -V);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      raise(high, low, y, yo + from, power, length & -V);
      finish(base, 0, y, yo + from, power, out, oo + from, length);
    }
  }

  static void log2(double[] x, int xo, double[] out, int oo, int n) {
    multiple(x, xo, 1.0, 0.0, out, oo, n & -V);
    for (int i = n & -V; i < n; i++) {
      out[oo + i] = Power.log2(x[xo + i]);
    }
  }

  static void log10(double[] x, int xo, double[] out, int oo, int n) {
    multiple(x, xo, Power.LOG10_2_HIGH, Power.LOG10_2_LOW, out, oo, n & -V);
    for (int i = n & -V; i < n; i++) {
      out[oo + i] = Power.log10(x[xo + i]);
    }
  }

  /** {@code out = (factor + factorLow) log2(x)} of n elements, whole vectors. */
  private static void multiple(
      double[] x, int xo, double factor, double factorLow, double[] out, int oo, int n) {
    double[] high = Chunks.get(Chunks.POWER);
    double[] low = Chunks.get(Chunks.POWER + 1);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      logarithm(x, xo + from, high, low, length);
      scale(high, low, factor, factorLow, x, xo + from, out, oo + from, length);
    }
  }

  /** {@code high + low = log2 |x|} of n elements, whole vectors. */
  private static void logarithm(double[] x, int xo, double[] highs, double[] lows, int n) {
    for (int i = 0; i < n; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i).abs();
      VectorMask<Double> subnormal = v.compare(VectorOperators.LT, Double.MIN_NORMAL);
      DoubleVector normal = v.blend(v.mul(0x1p54), subnormal);
      LongVector u = normal.reinterpretAsLongs().add(ONE_BITS_LESS_ROOT_HALF);
      LongVector shifted = u.lanewise(VectorOperators.LSHR, 52).add(Exponential.SHIFTER_BITS);
      DoubleVector k = shifted.reinterpretAsDoubles().sub(Logarithm.SHIFTER_AND_BIAS);
      k = k.blend(k.sub(54.0), subnormal);
      LongVector bits = u.and(Logarithm.FRACTION_MASK).add(Logarithm.ROOT_HALF_BITS);
      DoubleVector m = bits.reinterpretAsDoubles();
      // s in two parts
      DoubleVector f = m.sub(1.0);
      DoubleVector d = m.add(1.0);
      DoubleVector dLow = m.sub(d.sub(1.0));
      DoubleVector inverse = DoubleVector.broadcast(S, 1.0).div(d);
      DoubleVector s = f.mul(inverse);
      DoubleVector minus = s.neg();
      DoubleVector sLow = minus.fma(dLow, minus.fma(d, f)).mul(inverse);
      DoubleVector z = s.mul(s);
      DoubleVector zLow = s.fma(s, z.neg()).add(s.mul(2.0).mul(sLow));
      DoubleVector q = DoubleVector.broadcast(S, Power.Q8);
      q = q.fma(z, DoubleVector.broadcast(S, Power.Q7));
      q = q.fma(z, DoubleVector.broadcast(S, Power.Q6));
      q = q.fma(z, DoubleVector.broadcast(S, Power.Q5));
      q = q.fma(z, DoubleVector.broadcast(S, Power.Q4));
      q = q.fma(z, DoubleVector.broadcast(S, Power.Q3));
      q = q.fma(z, DoubleVector.broadcast(S, Power.Q2));
      q = q.fma(z, DoubleVector.broadcast(S, Power.Q1));
      q = q.fma(z, DoubleVector.broadcast(S, Power.Q0));
      DoubleVector p = z.mul(q);
      DoubleVector third = DoubleVector.broadcast(S, Power.THIRD_HIGH);
      DoubleVector c = third.add(p);
      DoubleVector cLow = third.sub(c).add(p).add(Power.THIRD_LOW);
      DoubleVector w = z.mul(c);
      DoubleVector wLow = z.fma(c, w.neg()).add(z.fma(cLow, zLow.mul(c)));
      DoubleVector first = DoubleVector.broadcast(S, Power.FIRST_HIGH);
      DoubleVector sum = first.add(w);
      DoubleVector sumLow = first.sub(sum).add(w).add(wLow.add(Power.FIRST_LOW));
      DoubleVector t = s.mul(sum);
      DoubleVector tLow = s.fma(sum, t.neg()).add(s.fma(sumLow, sLow.mul(sum)));
      DoubleVector high = k.add(t);
      k.sub(high).add(t).add(tLow).intoArray(lows, i);
      high = high.blend(Double.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0.0));
      v.blend(high, v.compare(VectorOperators.LT, Double.POSITIVE_INFINITY)).intoArray(highs, i);
    }
  }

  /** A multiple of logarithms of x, rounded; n elements, whole vectors. */
  private static void scale(
      double[] highs,
      double[] lows,
      double factor,
      double factorLow,
      double[] x,
      int xo,
      double[] out,
      int oo,
      int n) {
    DoubleVector by = DoubleVector.broadcast(S, factor);
    for (int i = 0; i < n; i += V) {
      DoubleVector high = DoubleVector.fromArray(S, highs, i);
      DoubleVector low = DoubleVector.fromArray(S, lows, i);
      DoubleVector product = high.mul(by);
      DoubleVector rest = high.fma(by, product.neg()).add(low.fma(by, high.mul(factorLow)));
      DoubleVector y = product.add(rest);
      DoubleVector size = product.abs();
      y = product.blend(y, size.compare(VectorOperators.LT, Double.POSITIVE_INFINITY));
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector nan = DoubleVector.broadcast(S, Double.NaN);
      nan.blend(y, v.compare(VectorOperators.GE, 0.0)).intoArray(out, oo + i);
    }
  }

  /** {@code out = 2^(y (high + low))} of n elements, whole vectors. */
  private static void raise(
      double[] highs, double[] lows, double[] y, int yo, double[] out, int n) {
    for (int i = 0; i < n; i += V) {
      DoubleVector by = DoubleVector.fromArray(S, y, yo + i);
      DoubleVector high = DoubleVector.fromArray(S, highs, i);
      DoubleVector low = DoubleVector.fromArray(S, lows, i);
      DoubleVector whole = high.mul(by);
      // the low part of a factor of 0 as in the scalar code
      DoubleVector zero = high.mul(0.0);
      DoubleVector rest = high.fma(by, whole.neg()).add(low.fma(by, zero));
      DoubleVector t = whole.blend(1025.0, whole.compare(VectorOperators.GT, 1025.0));
      t = t.blend(-1080.0, t.compare(VectorOperators.LT, -1080.0));
      rest = DoubleVector.zero(S).blend(rest, t.compare(VectorOperators.EQ, whole));
      DoubleVector shifted = t.add(Exponential.SHIFTER);
      DoubleVector fraction = t.sub(shifted.sub(Exponential.SHIFTER));
      DoubleVector f = fraction.add(rest);
      DoubleVector fLow = fraction.sub(f).add(rest);
      DoubleVector ln2 = DoubleVector.broadcast(S, Exponential.LN2);
      DoubleVector r = f.mul(ln2);
      DoubleVector product = f.fma(ln2, r.neg());
      product = f.fma(DoubleVector.broadcast(S, Exponential.LN2_REST), product);
      DoubleVector rLow = fLow.fma(ln2, product);
      DoubleVector q = DoubleVector.broadcast(S, 1.0 / 6227020800.0);
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 479001600.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 39916800.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 3628800.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 362880.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 40320.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 5040.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 720.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 120.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 24.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 6.0));
      q = q.fma(r, DoubleVector.broadcast(S, 0.5));
      DoubleVector e = r.mul(r).fma(q, rLow);
      DoubleVector one = DoubleVector.broadcast(S, 1.0);
      DoubleVector sum = r.add(1.0);
      DoubleVector p = sum.add(one.sub(sum).add(r).add(e));
      LongVector exponent = shifted.reinterpretAsLongs().sub(Exponential.SHIFTER_BITS);
      LongVector half = exponent.add(2048).lanewise(VectorOperators.LSHR, 1).sub(1024);
      LongVector former = half.add(1023).lanewise(VectorOperators.LSHL, 52);
      LongVector latter = exponent.sub(half).add(1023).lanewise(VectorOperators.LSHL, 52);
      DoubleVector scaled = p.mul(former.reinterpretAsDoubles());
      scaled.mul(latter.reinterpretAsDoubles()).intoArray(out, i);
    }
  }

  /** Signs and special cases of {@code x^y}, whose magnitude is {@code e}. */
  private static void finish(
      double[] x, int xo, double[] y, int yo, double[] e, double[] out, int oo, int n) {
    for (int i = 0, end = n & -V; i < end; i += V) {
      DoubleVector base = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector power = DoubleVector.fromArray(S, y, yo + i);
      DoubleVector whole = DoubleVector.broadcast(S, 0x1p52);
      DoubleVector size = power.abs();
      DoubleVector t = size.blend(whole, size.compare(VectorOperators.GT, 0x1p52));
      VectorMask<Double> integer = t.add(whole).sub(whole).compare(VectorOperators.EQ, t);
      DoubleVector h = size.mul(0.5);
      h = h.blend(whole, h.compare(VectorOperators.GT, 0x1p52));
      VectorMask<Double> odd = h.add(whole).sub(whole).compare(VectorOperators.NE, h).and(integer);
      DoubleVector magnitude = DoubleVector.fromArray(S, e, i);
      LongVector sign = base.reinterpretAsLongs().and(Long.MIN_VALUE);
      LongVector signed = magnitude.reinterpretAsLongs().or(sign);
      DoubleVector result = magnitude.blend(signed.reinterpretAsDoubles(), odd);
      VectorMask<Double> negative = base.compare(VectorOperators.LT, 0.0);
      VectorMask<Double> finite = base.compare(VectorOperators.GT, Double.NEGATIVE_INFINITY);
      result = result.blend(Double.NaN, negative.and(finite).andNot(integer));
      VectorMask<Double> infinite = size.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY);
      VectorMask<Double> one = base.compare(VectorOperators.EQ, -1.0).and(infinite);
      one = one.or(base.compare(VectorOperators.EQ, 1.0));
      one = one.or(power.compare(VectorOperators.EQ, 0.0));
      result.blend(1.0, one).intoArray(out, oo + i);
    }
    for (int i = n & -V; i < n; i++) {
      out[oo + i] = Power.pow(x[xo + i], y[yo + i]);
    }
  }
}
