package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code tanh}, its derivative and both at once, of {@link Hyperbolic32}, operation by operation.
 * Vectors in which the derivative is computed in double are left to the scalar code.
 */
final class VectorTanh32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorTanh32() {}

  static void tanh(float[] x, int xo, float[] out, int oo, int n) {
    apply(true, false, x, xo, out, oo, out, oo, n);
  }

  static void sechSquared(float[] x, int xo, float[] out, int oo, int n) {
    apply(false, true, x, xo, out, oo, out, oo, n);
  }

  static void tanhAndSechSquared(
      float[] x, int xo, float[] tanh, int to, float[] slope, int so, int n) {
    apply(true, true, x, xo, tanh, to, slope, so, n);
  }

  /** Writes what is wanted of both. */
  private static void apply(
      boolean wantsTanh,
      boolean wantsSlope,
      float[] x,
      int xo,
      float[] tanh,
      int to,
      float[] slope,
      int so,
      int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector a = v.abs();
      if (wantsSlope && a.compare(VectorOperators.GT, Hyperbolic32.FAR).anyTrue()) {
        scalar(wantsTanh, x, xo + i, tanh, to + i, slope, so + i, V);
        continue;
      }
      // expm1 of twice the magnitude
      FloatVector twice = a.add(a);
      FloatVector limit = FloatVector.broadcast(S, 2.0f * Hyperbolic32.FAR);
      FloatVector t = twice.blend(limit, twice.compare(VectorOperators.GT, limit));
      FloatVector shifter = FloatVector.broadcast(S, Exponential32.SHIFTER);
      FloatVector shifted = t.fma(FloatVector.broadcast(S, Exponential32.LOG2_E), shifter);
      FloatVector minus = shifter.sub(shifted);
      FloatVector r = minus.fma(FloatVector.broadcast(S, Exponential32.LN2_HIGH), t);
      r = minus.fma(FloatVector.broadcast(S, Exponential32.LN2_LOW), r);
      FloatVector p = FloatVector.broadcast(S, Exponential32.E4);
      p = p.fma(r, FloatVector.broadcast(S, Exponential32.E3));
      p = p.fma(r, FloatVector.broadcast(S, Exponential32.E2));
      p = p.fma(r, FloatVector.broadcast(S, Exponential32.E1));
      p = p.fma(r, FloatVector.broadcast(S, Exponential32.E0));
      FloatVector em1 = r.mul(r).fma(p, r);
      IntVector exponent = shifted.reinterpretAsInts().add(127);
      FloatVector s = exponent.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector one = FloatVector.broadcast(S, 1.0f);
      FloatVector e = s.fma(em1, s.sub(one));
      // the quotient
      VectorMask<Float> large = e.compare(VectorOperators.GT, 2.0f);
      FloatVector d = e.add(2.0f);
      FloatVector rest = e.sub(d.sub(2.0f));
      FloatVector inverse = FloatVector.broadcast(S, -1.0f).div(d);
      FloatVector top = e.blend(-2.0f, large);
      FloatVector q = top.mul(inverse);
      q = q.fma(rest, q.fma(d, top)).fma(inverse, q);
      if (wantsTanh) {
        IntVector y = q.blend(one.sub(q), large).reinterpretAsInts();
        // the sign of x: one operation of three operands
        IntVector other = y.lanewise(VectorOperators.XOR, v.reinterpretAsInts());
        y = y.lanewise(VectorOperators.XOR, other.and(Integer.MIN_VALUE));
        y.reinterpretAsFloats().intoArray(tanh, to + i);
      }
      if (wantsSlope) {
        q.neg().fma(q, one.blend(q.add(q), large)).intoArray(slope, so + i);
      }
    }
    int left = n - i;
    if (wantsSlope) {
      scalar(wantsTanh, x, xo + i, tanh, to + i, slope, so + i, left);
    } else {
      ScalarUnary.apply(UnaryKernel.TANH, x, xo + i, tanh, to + i, left);
    }
  }

  private static void scalar(
      boolean wantsTanh, float[] x, int xo, float[] tanh, int to, float[] slope, int so, int n) {
    if (wantsTanh) {
      Hyperbolic32.tanhAndSechSquared(x, xo, tanh, to, slope, so, n);
    } else {
      ScalarUnary.apply(UnaryKernel.SECH_SQUARED, x, xo, slope, so, n);
    }
  }
}
