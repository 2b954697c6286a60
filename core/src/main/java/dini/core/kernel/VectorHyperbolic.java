package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code sinh} and {@code cosh} of {@link Hyperbolic} on vectors, from {@code e = exp(|x|) / 2}.
 */
final class VectorHyperbolic {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorHyperbolic() {}

  static void sinh(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    for (int i = 0, end = n & -V; i < end; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector u = DoubleVector.fromArray(S, e, i);
      DoubleVector a = v.abs();
      DoubleVector z = v.mul(v);
      DoubleVector p = DoubleVector.broadcast(S, Hyperbolic.SINH[0]);
      p = p.fma(z, DoubleVector.broadcast(S, Hyperbolic.SINH[1]));
      p = p.fma(z, DoubleVector.broadcast(S, Hyperbolic.SINH[2]));
      p = p.fma(z, DoubleVector.broadcast(S, Hyperbolic.SINH[3]));
      p = p.fma(z, DoubleVector.broadcast(S, Hyperbolic.SINH[4]));
      p = p.fma(z, DoubleVector.broadcast(S, Hyperbolic.SINH[5]));
      p = p.fma(z, DoubleVector.broadcast(S, Hyperbolic.SINH[6]));
      DoubleVector near = p.fma(z.mul(a), a);
      DoubleVector far = u.sub(DoubleVector.broadcast(S, 0.25).div(u));
      DoubleVector y = far.blend(near, a.compare(VectorOperators.LT, 1.0));
      LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
      LongVector bits = y.reinterpretAsLongs().and(Long.MAX_VALUE).or(sign);
      bits.reinterpretAsDoubles().intoArray(out, oo + i);
    }
    for (int i = n & -V; i < n; i++) {
      out[oo + i] = Hyperbolic.sinh(x[xo + i]);
    }
  }

  static void cosh(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    DoubleVector quarter = DoubleVector.broadcast(S, 0.25);
    for (int i = 0, end = n & -V; i < end; i += V) {
      DoubleVector u = DoubleVector.fromArray(S, e, i);
      u.add(quarter.div(u)).intoArray(out, oo + i);
    }
    for (int i = n & -V; i < n; i++) {
      out[oo + i] = Hyperbolic.cosh(x[xo + i]);
    }
  }
}
