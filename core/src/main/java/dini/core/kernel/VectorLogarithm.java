package dini.core.kernel;

import static dini.core.kernel.VectorExponential.all;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/** {@link Logarithm}, operation by operation; see {@link VectorExponential} for what binds it. */
final class VectorLogarithm {
  private VectorLogarithm() {}

  static DoubleVector log(DoubleVector x) {
    DoubleVector infinity = all(Double.POSITIVE_INFINITY);
    DoubleVector y = ofPositive(x, all(0.0));
    y = y.blend(x, x.compare(EQ, infinity));
    y = y.blend(all(Double.NEGATIVE_INFINITY), x.compare(EQ, all(0.0)));
    return all(Double.NaN).blend(y, x.compare(GE, all(0.0)));
  }

  static DoubleVector log1p(DoubleVector x) {
    DoubleVector one = all(1.0);
    DoubleVector w = x.add(one);
    DoubleVector rest = x.sub(w.sub(one));
    rest = rest.blend(one.sub(w.sub(x)), x.compare(GT, one));
    DoubleVector y = ofPositive(w, rest.div(w));
    y = y.blend(x, x.compare(EQ, all(Double.POSITIVE_INFINITY)));
    y = y.blend(all(Double.NEGATIVE_INFINITY), x.compare(EQ, all(-1.0)));
    y = y.blend(x, x.abs().compare(LT, all(0x1p-60)));
    return all(Double.NaN).blend(y, x.compare(GE, all(-1.0)));
  }

  private static DoubleVector ofPositive(DoubleVector x, DoubleVector correction) {
    VectorMask<Double> subnormal = x.compare(LT, all(Double.MIN_NORMAL));
    DoubleVector normal = x.blend(x.mul(all(0x1p54)), subnormal);
    LongVector u = normal.reinterpretAsLongs().add(Logarithm.ONE_BITS - Logarithm.ROOT_HALF_BITS);
    DoubleVector biased = u.lanewise(LSHR, 52).add(Exponential.SHIFTER_BITS).reinterpretAsDoubles();
    DoubleVector k = biased.sub(all(Logarithm.SHIFTER_AND_BIAS));
    k = k.blend(k.sub(all(54.0)), subnormal);
    LongVector fraction = u.and(Logarithm.FRACTION_MASK).add(Logarithm.ROOT_HALF_BITS);
    return combine(fraction.reinterpretAsDoubles(), k, correction);
  }

  private static DoubleVector combine(DoubleVector m, DoubleVector k, DoubleVector correction) {
    DoubleVector f = m.sub(all(1.0));
    DoubleVector s = f.div(f.add(all(2.0)));
    DoubleVector z = s.mul(s);
    DoubleVector q = all(1.479819860511658591e-01).fma(z, all(1.531383769920937332e-01));
    q = q.fma(z, all(1.818357216161805012e-01));
    q = q.fma(z, all(2.222219843214978396e-01));
    q = q.fma(z, all(2.857142874366239149e-01));
    q = q.fma(z, all(3.999999999940941908e-01));
    q = q.fma(z, all(6.666666666666735130e-01));
    DoubleVector halfSquare = f.mul(all(0.5)).mul(f);
    DoubleVector low = k.fma(all(Exponential.LN2_LOW), correction);
    DoubleVector tail = s.fma(q.fma(z, halfSquare), low);
    return k.fma(all(Exponential.LN2_HIGH), f.sub(halfSquare.sub(tail)));
  }
}
