package dini.core.kernel;

import static dini.core.kernel.VectorExponential.all;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/** {@link Hyperbolic}, operation by operation; see {@link VectorExponential} for what binds it. */
final class VectorHyperbolic {
  private VectorHyperbolic() {}

  static DoubleVector tanh(DoubleVector x) {
    DoubleVector a = x.abs();
    a = a.blend(all(22.0), a.compare(GT, all(22.0)));
    DoubleVector e = VectorExponential.expm1(a.mul(all(2.0)));
    VectorMask<Double> large = e.compare(GT, all(2.0));
    DoubleVector d = e.add(all(2.0));
    DoubleVector rest = e.sub(d.sub(all(2.0)));
    DoubleVector inverse = all(1.0).div(d);
    DoubleVector n = e.blend(all(-2.0), large);
    DoubleVector q = n.mul(inverse);
    DoubleVector minusQ = q.neg();
    DoubleVector remainder = minusQ.fma(rest, minusQ.fma(d, n));
    q = remainder.fma(inverse, q);
    return withSign(q.blend(q.add(all(1.0)), large), x);
  }

  static DoubleVector sechSquared(DoubleVector x) {
    DoubleVector u = VectorExponential.exp(x.abs().mul(all(-2.0)));
    DoubleVector v = u.add(all(1.0));
    return u.mul(all(4.0)).div(v.mul(v));
  }

  private static DoubleVector withSign(DoubleVector y, DoubleVector x) {
    LongVector sign = x.reinterpretAsLongs().and(Long.MIN_VALUE);
    return y.abs().reinterpretAsLongs().or(sign).reinterpretAsDoubles();
  }
}
