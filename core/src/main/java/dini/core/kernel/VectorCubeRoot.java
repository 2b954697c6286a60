package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link CubeRoot}, operation by operation, on vectors; see {@link VectorExponential}. */
final class VectorCubeRoot {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorCubeRoot() {}

  static void cbrt(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector a = v.abs();
      VectorMask<Double> subnormal = a.compare(VectorOperators.LT, Double.MIN_NORMAL);
      LongVector bits = a.blend(a.mul(0x1p54), subnormal).reinterpretAsLongs();
      LongVector biased = bits.lanewise(VectorOperators.LSHR, 52);
      DoubleVector exponent = biased.add(Exponential.SHIFTER_BITS).reinterpretAsDoubles();
      exponent = exponent.sub(Logarithm.SHIFTER_AND_BIAS);
      DoubleVector third = DoubleVector.broadcast(S, CubeRoot.THIRD);
      DoubleVector shifted = exponent.fma(third, DoubleVector.broadcast(S, Exponential.SHIFTER));
      LongVector q = shifted.reinterpretAsLongs().sub(Exponential.SHIFTER_BITS);
      LongVector rest = biased.sub(q.add(q).add(q)).lanewise(VectorOperators.LSHL, 52);
      DoubleVector m = bits.and(Logarithm.FRACTION_MASK).or(rest).reinterpretAsDoubles();
      DoubleVector r = DoubleVector.broadcast(S, CubeRoot.START[0]);
      r = r.fma(m, DoubleVector.broadcast(S, CubeRoot.START[1]));
      r = r.fma(m, DoubleVector.broadcast(S, CubeRoot.START[2]));
      r = r.fma(m, DoubleVector.broadcast(S, CubeRoot.START[3]));
      r = r.fma(m, DoubleVector.broadcast(S, CubeRoot.START[4]));
      r = r.fma(m, DoubleVector.broadcast(S, CubeRoot.START[5]));
      r = r.fma(m, DoubleVector.broadcast(S, CubeRoot.START[6]));
      r = r.fma(m, DoubleVector.broadcast(S, CubeRoot.START[7]));
      DoubleVector one = DoubleVector.broadcast(S, 1.0);
      DoubleVector ninths = DoubleVector.broadcast(S, 2.0 / 9.0);
      DoubleVector h = m.mul(r).neg().fma(r.mul(r), one);
      r = r.mul(h).fma(h.fma(ninths, third), r);
      h = m.mul(r).neg().fma(r.mul(r), one);
      r = r.mul(h).fma(h.fma(ninths, third), r);
      DoubleVector square = r.mul(r);
      DoubleVector y = m.mul(square);
      DoubleVector y2 = y.mul(y);
      DoubleVector y3 = y2.mul(y);
      DoubleVector y2Low = y.fma(y, y2.neg());
      DoubleVector y3Low = y2Low.fma(y, y2.fma(y, y3.neg()));
      y = m.sub(y3).sub(y3Low).fma(square.mul(third), y);
      LongVector power = q.add(1023).lanewise(VectorOperators.LSHL, 52);
      DoubleVector scale = power.reinterpretAsDoubles();
      scale = scale.blend(scale.mul(0x1p-18), subnormal);
      LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
      LongVector signed = y.mul(scale).reinterpretAsLongs().or(sign);
      VectorMask<Double> finite = a.compare(VectorOperators.LT, Double.POSITIVE_INFINITY);
      finite = finite.and(a.compare(VectorOperators.GT, 0.0));
      v.blend(signed.reinterpretAsDoubles(), finite).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = CubeRoot.cbrt(x[xo + i]);
    }
  }
}
