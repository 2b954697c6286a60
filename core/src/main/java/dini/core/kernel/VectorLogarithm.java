package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Logarithm}, operation by operation, on vectors; see {@link VectorExponential}. */
final class VectorLogarithm {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private static final long ONE_BITS_LESS_ROOT_HALF = Logarithm.ONE_BITS - Logarithm.ROOT_HALF_BITS;

  private VectorLogarithm() {}

  static void log(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector w = DoubleVector.fromArray(S, x, xo + i);
      VectorMask<Double> subnormal = w.compare(VectorOperators.LT, Double.MIN_NORMAL);
      DoubleVector normal = w.blend(w.mul(0x1p54), subnormal);
      LongVector u = normal.reinterpretAsLongs().add(ONE_BITS_LESS_ROOT_HALF);
      LongVector shifted = u.lanewise(VectorOperators.LSHR, 52).add(Exponential.SHIFTER_BITS);
      DoubleVector k = shifted.reinterpretAsDoubles().sub(Logarithm.SHIFTER_AND_BIAS);
      k = k.blend(k.sub(54.0), subnormal);
      LongVector fraction = u.and(Logarithm.FRACTION_MASK).add(Logarithm.ROOT_HALF_BITS);
      DoubleVector f = fraction.reinterpretAsDoubles().sub(1.0);
      DoubleVector s = f.div(f.add(2.0));
      DoubleVector z = s.mul(s);
      DoubleVector q = DoubleVector.broadcast(S, 1.479819860511658591e-01);
      q = q.fma(z, DoubleVector.broadcast(S, 1.531383769920937332e-01));
      q = q.fma(z, DoubleVector.broadcast(S, 1.818357216161805012e-01));
      q = q.fma(z, DoubleVector.broadcast(S, 2.222219843214978396e-01));
      q = q.fma(z, DoubleVector.broadcast(S, 2.857142874366239149e-01));
      q = q.fma(z, DoubleVector.broadcast(S, 3.999999999940941908e-01));
      q = q.fma(z, DoubleVector.broadcast(S, 6.666666666666735130e-01));
      DoubleVector halfSquare = f.mul(0.5).mul(f);
      DoubleVector low =
          k.fma(DoubleVector.broadcast(S, Exponential.LN2_LOW), DoubleVector.zero(S));
      DoubleVector tail = s.fma(q.fma(z, halfSquare), low);
      DoubleVector high = f.sub(halfSquare.sub(tail));
      DoubleVector y = k.fma(DoubleVector.broadcast(S, Exponential.LN2_HIGH), high);
      y = y.blend(w, w.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY));
      y = y.blend(Double.NEGATIVE_INFINITY, w.compare(VectorOperators.EQ, 0.0));
      DoubleVector nan = DoubleVector.broadcast(S, Double.NaN);
      nan.blend(y, w.compare(VectorOperators.GE, 0.0)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Logarithm.log(x[xo + i]);
    }
  }

  static void log1p(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector w = v.add(1.0);
      DoubleVector rest = DoubleVector.broadcast(S, 1.0).sub(w.sub(v));
      rest = v.sub(w.sub(1.0)).blend(rest, v.compare(VectorOperators.GT, 1.0));
      VectorMask<Double> subnormal = w.compare(VectorOperators.LT, Double.MIN_NORMAL);
      DoubleVector normal = w.blend(w.mul(0x1p54), subnormal);
      LongVector u = normal.reinterpretAsLongs().add(ONE_BITS_LESS_ROOT_HALF);
      LongVector shifted = u.lanewise(VectorOperators.LSHR, 52).add(Exponential.SHIFTER_BITS);
      DoubleVector k = shifted.reinterpretAsDoubles().sub(Logarithm.SHIFTER_AND_BIAS);
      k = k.blend(k.sub(54.0), subnormal);
      LongVector fraction = u.and(Logarithm.FRACTION_MASK).add(Logarithm.ROOT_HALF_BITS);
      DoubleVector f = fraction.reinterpretAsDoubles().sub(1.0);
      DoubleVector s = f.div(f.add(2.0));
      DoubleVector z = s.mul(s);
      DoubleVector q = DoubleVector.broadcast(S, 1.479819860511658591e-01);
      q = q.fma(z, DoubleVector.broadcast(S, 1.531383769920937332e-01));
      q = q.fma(z, DoubleVector.broadcast(S, 1.818357216161805012e-01));
      q = q.fma(z, DoubleVector.broadcast(S, 2.222219843214978396e-01));
      q = q.fma(z, DoubleVector.broadcast(S, 2.857142874366239149e-01));
      q = q.fma(z, DoubleVector.broadcast(S, 3.999999999940941908e-01));
      q = q.fma(z, DoubleVector.broadcast(S, 6.666666666666735130e-01));
      DoubleVector halfSquare = f.mul(0.5).mul(f);
      DoubleVector low = k.fma(DoubleVector.broadcast(S, Exponential.LN2_LOW), rest.div(w));
      DoubleVector tail = s.fma(q.fma(z, halfSquare), low);
      DoubleVector high = f.sub(halfSquare.sub(tail));
      DoubleVector y = k.fma(DoubleVector.broadcast(S, Exponential.LN2_HIGH), high);
      y = y.blend(v, v.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY));
      y = y.blend(Double.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, -1.0));
      y = y.blend(v, v.abs().compare(VectorOperators.LT, 0x1p-60));
      DoubleVector nan = DoubleVector.broadcast(S, Double.NaN);
      nan.blend(y, v.compare(VectorOperators.GE, -1.0)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Logarithm.log1p(x[xo + i]);
    }
  }
}
