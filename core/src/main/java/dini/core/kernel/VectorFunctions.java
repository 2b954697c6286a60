package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exponential}, {@link Logarithm}, {@link Hyperbolic} and {@link Logistic}, operation by
 * operation, on vectors.
 *
 * <p>Constants are broadcast where they are used: from fields they would be loaded again in every
 * iteration, since they might alias the output. C2 has two limits on inlining past which vectors
 * are boxed: 325 bytecodes a method, and 18,000 nodes so far, past which only methods of the Vector
 * API itself are inlined. So no method is long, and none calls another late.
 */
final class VectorFunctions {
  static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private VectorFunctions() {}

  static DoubleVector exp(DoubleVector x) {
    DoubleVector t = x.blend(710.0, x.compare(VectorOperators.GT, 710.0));
    t = t.blend(-746.0, t.compare(VectorOperators.LT, -746.0));
    DoubleVector shifted =
        t.fma(
            DoubleVector.broadcast(S, Exponential.LOG2_E),
            DoubleVector.broadcast(S, Exponential.SHIFTER));
    DoubleVector k = shifted.sub(Exponential.SHIFTER);
    DoubleVector r = remainder(t, k);
    DoubleVector p = series(r).fma(r, DoubleVector.broadcast(S, 1.0));
    p = p.fma(r, DoubleVector.broadcast(S, 1.0));
    LongVector exponent = shifted.reinterpretAsLongs().sub(Exponential.SHIFTER_BITS);
    LongVector half = exponent.add(2048).lanewise(VectorOperators.LSHR, 1).sub(1024);
    LongVector first = half.add(1023).lanewise(VectorOperators.LSHL, 52);
    LongVector second = exponent.sub(half).add(1023).lanewise(VectorOperators.LSHL, 52);
    return p.mul(first.reinterpretAsDoubles()).mul(second.reinterpretAsDoubles());
  }

  static DoubleVector expm1(DoubleVector x) {
    DoubleVector t = x.blend(710.0, x.compare(VectorOperators.GT, 710.0));
    t = t.blend(-40.0, t.compare(VectorOperators.LT, -40.0));
    DoubleVector shifted =
        t.fma(
            DoubleVector.broadcast(S, Exponential.LOG2_E),
            DoubleVector.broadcast(S, Exponential.SHIFTER));
    DoubleVector k = shifted.sub(Exponential.SHIFTER);
    DoubleVector r = remainder(t, k);
    DoubleVector em1 = r.mul(r).fma(series(r), r);
    // 2^(k-1)
    LongVector exponent = shifted.reinterpretAsLongs().sub(Exponential.SHIFTER_BITS).add(1022);
    DoubleVector s = exponent.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    DoubleVector y = s.fma(em1, s.sub(0.5)).mul(2.0);
    return y.blend(x, x.abs().compare(VectorOperators.LT, 0x1p-60));
  }

  /** {@code t - k ln 2}. */
  private static DoubleVector remainder(DoubleVector t, DoubleVector k) {
    DoubleVector minus = k.neg();
    DoubleVector r = minus.fma(DoubleVector.broadcast(S, Exponential.LN2_HIGH), t);
    return minus.fma(DoubleVector.broadcast(S, Exponential.LN2_LOW), r);
  }

  private static DoubleVector series(DoubleVector r) {
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
    return q.fma(r, DoubleVector.broadcast(S, 0.5));
  }

  static DoubleVector log(DoubleVector x) {
    DoubleVector y = logOfPositive(x, DoubleVector.broadcast(S, 0.0));
    y = y.blend(x, x.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY));
    y = y.blend(Double.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0.0));
    return DoubleVector.broadcast(S, Double.NaN).blend(y, x.compare(VectorOperators.GE, 0.0));
  }

  static DoubleVector log1p(DoubleVector x) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    DoubleVector w = one.add(x);
    DoubleVector small = x.sub(w.sub(1.0));
    DoubleVector rest = small.blend(one.sub(w.sub(x)), x.compare(VectorOperators.GT, 1.0));
    DoubleVector y = logOfPositive(w, rest.div(w));
    y = y.blend(x, x.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY));
    y = y.blend(Double.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, -1.0));
    y = y.blend(x, x.abs().compare(VectorOperators.LT, 0x1p-60));
    return DoubleVector.broadcast(S, Double.NaN).blend(y, x.compare(VectorOperators.GE, -1.0));
  }

  private static DoubleVector logOfPositive(DoubleVector x, DoubleVector correction) {
    VectorMask<Double> subnormal = x.compare(VectorOperators.LT, Double.MIN_NORMAL);
    DoubleVector normal = x.blend(x.mul(0x1p54), subnormal);
    LongVector u = normal.reinterpretAsLongs().add(Logarithm.ONE_BITS - Logarithm.ROOT_HALF_BITS);
    DoubleVector biased =
        u.lanewise(VectorOperators.LSHR, 52).add(Exponential.SHIFTER_BITS).reinterpretAsDoubles();
    DoubleVector k = biased.sub(Logarithm.SHIFTER_AND_BIAS);
    k = k.blend(k.sub(54.0), subnormal);
    DoubleVector f =
        u.and(Logarithm.FRACTION_MASK)
            .add(Logarithm.ROOT_HALF_BITS)
            .reinterpretAsDoubles()
            .sub(1.0);
    DoubleVector s = f.div(f.add(2.0));
    DoubleVector z = s.mul(s);
    DoubleVector q = logSeries(z);
    DoubleVector halfSquare = f.mul(0.5).mul(f);
    DoubleVector low = k.fma(DoubleVector.broadcast(S, Exponential.LN2_LOW), correction);
    DoubleVector tail = s.fma(q.fma(z, halfSquare), low);
    return k.fma(DoubleVector.broadcast(S, Exponential.LN2_HIGH), f.sub(halfSquare.sub(tail)));
  }

  private static DoubleVector logSeries(DoubleVector z) {
    DoubleVector q = DoubleVector.broadcast(S, 1.479819860511658591e-01);
    q = q.fma(z, DoubleVector.broadcast(S, 1.531383769920937332e-01));
    q = q.fma(z, DoubleVector.broadcast(S, 1.818357216161805012e-01));
    q = q.fma(z, DoubleVector.broadcast(S, 2.222219843214978396e-01));
    q = q.fma(z, DoubleVector.broadcast(S, 2.857142874366239149e-01));
    q = q.fma(z, DoubleVector.broadcast(S, 3.999999999940941908e-01));
    return q.fma(z, DoubleVector.broadcast(S, 6.666666666666735130e-01));
  }

  static DoubleVector tanh(DoubleVector x) {
    DoubleVector a = x.abs();
    a = a.blend(22.0, a.compare(VectorOperators.GT, 22.0));
    DoubleVector e = expm1(a.mul(2.0));
    VectorMask<Double> large = e.compare(VectorOperators.GT, 2.0);
    DoubleVector d = e.add(2.0);
    DoubleVector rest = e.sub(d.sub(2.0));
    DoubleVector inverse = DoubleVector.broadcast(S, 1.0).div(d);
    DoubleVector n = e.blend(-2.0, large);
    DoubleVector q = n.mul(inverse);
    DoubleVector minus = q.neg();
    DoubleVector remainder = minus.fma(rest, minus.fma(d, n));
    q = remainder.fma(inverse, q);
    DoubleVector y = q.blend(q.add(1.0), large);
    LongVector sign = x.reinterpretAsLongs().and(Long.MIN_VALUE);
    return y.reinterpretAsLongs().and(Long.MAX_VALUE).or(sign).reinterpretAsDoubles();
  }

  static DoubleVector sechSquared(DoubleVector x) {
    DoubleVector u = exp(x.abs().mul(-2.0));
    DoubleVector v = u.add(1.0);
    return u.mul(4.0).div(v.mul(v));
  }

  static DoubleVector sigmoid(DoubleVector x) {
    DoubleVector e = exp(x.abs().neg());
    DoubleVector top = DoubleVector.broadcast(S, 1.0).blend(e, x.compare(VectorOperators.LT, 0.0));
    return top.div(e.add(1.0));
  }
}
