package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Logarithm32}, operation by operation, on vectors; see {@link VectorExponential}. */
final class VectorLogarithm32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorLogarithm32() {}

  static void log(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector w = FloatVector.fromArray(S, x, xo + i);
      VectorMask<Float> subnormal = w.compare(VectorOperators.LT, Float.MIN_NORMAL);
      FloatVector normal = w.blend(w.mul(0x1p24f), subnormal);
      IntVector u = normal.reinterpretAsInts().sub(Logarithm32.ROOT_HALF_BITS);
      IntVector exponent = u.lanewise(VectorOperators.ASHR, 23);
      FloatVector k = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
      k = k.blend(k.sub(24.0f), subnormal);
      IntVector fraction = u.and(Logarithm32.FRACTION_MASK).add(Logarithm32.ROOT_HALF_BITS);
      FloatVector f = fraction.reinterpretAsFloats().sub(1.0f);
      FloatVector q = FloatVector.broadcast(S, Logarithm32.L8);
      q = q.fma(f, FloatVector.broadcast(S, Logarithm32.L7));
      q = q.fma(f, FloatVector.broadcast(S, Logarithm32.L6));
      q = q.fma(f, FloatVector.broadcast(S, Logarithm32.L5));
      q = q.fma(f, FloatVector.broadcast(S, Logarithm32.L4));
      q = q.fma(f, FloatVector.broadcast(S, Logarithm32.L3));
      q = q.fma(f, FloatVector.broadcast(S, Logarithm32.L2));
      q = q.fma(f, FloatVector.broadcast(S, Logarithm32.L1));
      q = q.fma(f, FloatVector.broadcast(S, Logarithm32.L0));
      q = f.mul(f).fma(q, f);
      FloatVector y = k.fma(FloatVector.broadcast(S, Exponential32.LN2), q);
      y = y.blend(w, w.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
      y = y.blend(Float.NEGATIVE_INFINITY, w.compare(VectorOperators.EQ, 0.0f));
      FloatVector nan = FloatVector.broadcast(S, Float.NaN);
      nan.blend(y, w.compare(VectorOperators.GE, 0.0f)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Logarithm32.log(x[xo + i]);
    }
  }
}
