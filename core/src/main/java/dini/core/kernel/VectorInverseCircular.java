package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link InverseCircular}, operation by operation, on vectors; see {@link VectorExponential}. */
final class VectorInverseCircular {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorInverseCircular() {}

  static void atan(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector a = v.abs();
      a = a.blend(0x1p60, a.compare(VectorOperators.GT, 0x1p60));
      VectorMask<Double> near = a.compare(VectorOperators.LE, 0.5);
      VectorMask<Double> far = a.compare(VectorOperators.GT, 2.0);
      DoubleVector one = DoubleVector.broadcast(S, 1.0);
      DoubleVector n0 = a.blend(0.0, far).sub(one.blend(0.0, near));
      DoubleVector part = a.blend(0.0, near);
      one = one.blend(0.0, far);
      DoubleVector d = one.add(part);
      DoubleVector dLow = part.sub(d.sub(one));
      DoubleVector inverse = DoubleVector.broadcast(S, 1.0).div(d);
      DoubleVector t = n0.mul(inverse);
      DoubleVector minus = t.neg();
      DoubleVector tLow = minus.fma(dLow, minus.fma(d, n0)).mul(inverse);
      DoubleVector z = t.mul(t);
      DoubleVector p = DoubleVector.broadcast(S, InverseCircular.ATAN[0]);
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ATAN[1]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ATAN[2]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ATAN[3]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ATAN[4]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ATAN[5]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ATAN[6]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ATAN[7]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ATAN[8]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ATAN[9]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ATAN[10]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ATAN[11]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ATAN[12]));
      DoubleVector base = DoubleVector.broadcast(S, InverseCircular.QUARTER_PI_HIGH);
      base = base.blend(Circular.HALF_PI_HIGH, far).blend(0.0, near);
      DoubleVector baseLow = DoubleVector.broadcast(S, InverseCircular.QUARTER_PI_LOW);
      baseLow = baseLow.blend(Circular.HALF_PI_MIDDLE, far).blend(0.0, near);
      DoubleVector e = p.fma(z.mul(t), tLow.add(baseLow));
      DoubleVector sum = base.add(t);
      DoubleVector y = sum.add(base.sub(sum).add(t).add(e));
      LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
      LongVector bits = y.reinterpretAsLongs().and(Long.MAX_VALUE).or(sign);
      bits.reinterpretAsDoubles().intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = InverseCircular.atan(x[xo + i]);
    }
  }

  static void asin(double[] x, int xo, double[] out, int oo, int n) {
    arc(false, x, xo, out, oo, n & -V);
    for (int i = n & -V; i < n; i++) {
      out[oo + i] = InverseCircular.asin(x[xo + i]);
    }
  }

  static void acos(double[] x, int xo, double[] out, int oo, int n) {
    arc(true, x, xo, out, oo, n & -V);
    for (int i = n & -V; i < n; i++) {
      out[oo + i] = InverseCircular.acos(x[xo + i]);
    }
  }

  /** asin or acos of n elements, whole vectors. */
  private static void arc(boolean cosine, double[] x, int xo, double[] out, int oo, int n) {
    // quarters of a turn and factors, of small, large, and large negative x
    double small = cosine ? 1.0 : 0.0;
    double large = cosine ? 0.0 : 1.0;
    double negative = cosine ? 2.0 : 1.0;
    double largeFactor = cosine ? 2.0 : -2.0;
    // signs are of acos's factor before, or of asin's result after
    long before = cosine ? Long.MIN_VALUE : 0L;
    long turned = cosine ? Long.MIN_VALUE : 0L;
    long kept = cosine ? -1L : Long.MAX_VALUE;
    for (int i = 0; i < n; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector a = v.abs();
      VectorMask<Double> isLarge = a.compare(VectorOperators.GT, 0.5);
      VectorMask<Double> isNegative = v.compare(VectorOperators.LT, 0.0);
      DoubleVector quarters = DoubleVector.broadcast(S, large).blend(negative, isNegative);
      quarters = DoubleVector.broadcast(S, small).blend(quarters, isLarge);
      DoubleVector one = DoubleVector.broadcast(S, 1.0);
      DoubleVector z = a.mul(a).blend(one.sub(a).mul(0.5), isLarge);
      DoubleVector root = z.lanewise(VectorOperators.SQRT);
      DoubleVector rest = root.neg().fma(root, z).div(root.add(root).add(0x1p-500));
      DoubleVector zero = DoubleVector.zero(S);
      LongVector sign = zero.blend(-0.0, isNegative).reinterpretAsLongs().and(before);
      DoubleVector factor = DoubleVector.broadcast(S, cosine ? -1.0 : 1.0);
      factor = factor.blend(largeFactor, isLarge);
      LongVector signed = factor.reinterpretAsLongs().lanewise(VectorOperators.XOR, sign);
      factor = signed.reinterpretAsDoubles();
      DoubleVector s = factor.mul(a.blend(root, isLarge));
      DoubleVector sLow = zero.blend(factor.mul(rest), isLarge);
      DoubleVector p = DoubleVector.broadcast(S, InverseCircular.ASIN[0]);
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ASIN[1]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ASIN[2]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ASIN[3]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ASIN[4]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ASIN[5]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ASIN[6]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ASIN[7]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ASIN[8]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ASIN[9]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ASIN[10]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ASIN[11]));
      p = p.fma(z, DoubleVector.broadcast(S, InverseCircular.ASIN[12]));
      DoubleVector base = quarters.mul(Circular.HALF_PI_HIGH);
      DoubleVector baseLow = quarters.mul(Circular.HALF_PI_MIDDLE);
      DoubleVector e = p.fma(z.mul(s), sLow.add(baseLow));
      DoubleVector sum = base.add(s);
      DoubleVector y = sum.add(base.sub(sum).add(s).add(e));
      LongVector outer = v.reinterpretAsLongs().and(~kept);
      y.reinterpretAsLongs().and(kept).or(outer).reinterpretAsDoubles().intoArray(out, oo + i);
    }
  }
}
