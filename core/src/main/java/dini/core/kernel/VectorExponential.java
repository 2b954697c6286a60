package dini.core.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exponential}, operation by operation, on vectors of the preferred width.
 *
 * <p>Methods that take and return vectors must be inlined where they are used, else every call
 * allocates: so none here has more than 325 bytecodes. Constants are broadcast where they are used;
 * from static fields they would be read anew for every vector, since the output might alias them.
 */
final class VectorExponential {

  static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private VectorExponential() {}

  static DoubleVector all(double c) {
    return DoubleVector.broadcast(S, c);
  }

  static DoubleVector exp(DoubleVector x) {
    DoubleVector t = x.blend(all(710.0), x.compare(GT, all(710.0)));
    t = t.blend(all(-746.0), t.compare(LT, all(-746.0)));
    DoubleVector shifted = t.fma(all(Exponential.LOG2_E), all(Exponential.SHIFTER));
    DoubleVector k = shifted.sub(all(Exponential.SHIFTER));
    DoubleVector r = remainder(k, t);
    DoubleVector p = series(r).fma(r, all(1.0));
    p = p.fma(r, all(1.0));
    // the exponent + 2048, a positive number; then 1 less than each half is what powerOfTwo biases
    LongVector e = shifted.reinterpretAsLongs().sub(Exponential.SHIFTER_BITS - 2048);
    LongVector half = e.lanewise(LSHR, 1).sub(1);
    DoubleVector scaled = p.mul(half.lanewise(LSHL, 52).reinterpretAsDoubles());
    return scaled.mul(e.sub(half).sub(2).lanewise(LSHL, 52).reinterpretAsDoubles());
  }

  static DoubleVector expm1(DoubleVector x) {
    DoubleVector t = x.blend(all(710.0), x.compare(GT, all(710.0)));
    t = t.blend(all(-40.0), t.compare(LT, all(-40.0)));
    DoubleVector shifted = t.fma(all(Exponential.LOG2_E), all(Exponential.SHIFTER));
    DoubleVector k = shifted.sub(all(Exponential.SHIFTER));
    DoubleVector r = remainder(k, t);
    DoubleVector em1 = r.mul(r).fma(series(r), r);
    LongVector e = shifted.reinterpretAsLongs().sub(Exponential.SHIFTER_BITS - 1022);
    DoubleVector s = e.lanewise(LSHL, 52).reinterpretAsDoubles();
    DoubleVector y = s.fma(em1, s.sub(all(0.5))).mul(all(2.0));
    return y.blend(x, x.abs().compare(LT, all(0x1p-60)));
  }

  private static DoubleVector remainder(DoubleVector k, DoubleVector t) {
    DoubleVector r = k.fma(all(-Exponential.LN2_HIGH), t);
    return k.fma(all(-Exponential.LN2_LOW), r);
  }

  private static DoubleVector series(DoubleVector r) {
    DoubleVector q = all(1.0 / 6227020800.0).fma(r, all(1.0 / 479001600.0));
    q = q.fma(r, all(1.0 / 39916800.0));
    q = q.fma(r, all(1.0 / 3628800.0));
    q = q.fma(r, all(1.0 / 362880.0));
    q = q.fma(r, all(1.0 / 40320.0));
    q = q.fma(r, all(1.0 / 5040.0));
    q = q.fma(r, all(1.0 / 720.0));
    q = q.fma(r, all(1.0 / 120.0));
    q = q.fma(r, all(1.0 / 24.0));
    q = q.fma(r, all(1.0 / 6.0));
    return q.fma(r, all(0.5));
  }
}
