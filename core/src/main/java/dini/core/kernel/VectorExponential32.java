package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exponential32} and the {@code sigmoid} of {@link Logistic32}, operation by operation, on
 * vectors; see {@link VectorExponential}.
 */
final class VectorExponential32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  /** The exponential of anything smaller is a normal number. */
  private static final float MODERATE = 87.0f;

  /** How many elements go the longer way from one that is not moderate. */
  private static final int DETOUR = 256;

  private VectorExponential32() {}

  static void exp(float[] x, int xo, float[] out, int oo, int n) {
    // outside of the loop, in which C2 makes slower code of it
    int i = moderate(x, xo, out, oo, 0, n);
    while (i < n) {
      int end = Math.min(n, i + DETOUR);
      any(x, xo, out, oo, i, end);
      i = moderate(x, xo, out, oo, end, n);
    }
  }

  /**
   * Whole vectors from i to the first that has an element beyond ±{@link #MODERATE}; returns where
   * it stopped. The exponent of e^r takes k, which gives the bits of a product.
   */
  private static int moderate(float[] x, int xo, float[] out, int oo, int i, int n) {
    for (; i <= n - V; i += V) {
      FloatVector t = FloatVector.fromArray(S, x, xo + i);
      if (!t.abs().compare(VectorOperators.LT, MODERATE).allTrue()) {
        return i;
      }
      FloatVector shifter = FloatVector.broadcast(S, Exponential32.SHIFTER);
      FloatVector shifted = t.fma(FloatVector.broadcast(S, Exponential32.LOG2_E), shifter);
      FloatVector minus = shifter.sub(shifted);
      FloatVector r = minus.fma(FloatVector.broadcast(S, Exponential32.LN2_HIGH), t);
      r = minus.fma(FloatVector.broadcast(S, Exponential32.LN2_LOW), r);
      FloatVector q = FloatVector.broadcast(S, Exponential32.E4);
      q = q.fma(r, FloatVector.broadcast(S, Exponential32.E3));
      q = q.fma(r, FloatVector.broadcast(S, Exponential32.E2));
      q = q.fma(r, FloatVector.broadcast(S, Exponential32.E1));
      q = q.fma(r, FloatVector.broadcast(S, Exponential32.E0));
      q = q.fma(r, FloatVector.broadcast(S, 1.0f));
      q = q.fma(r, FloatVector.broadcast(S, 1.0f));
      IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      q.reinterpretAsInts().add(exponent).reinterpretAsFloats().intoArray(out, oo + i);
    }
    return i;
  }

  /** Elements of any size, i to n. */
  private static void any(float[] x, int xo, float[] out, int oo, int i, int n) {
    for (; i <= n - V; i += V) {
      FloatVector t = FloatVector.fromArray(S, x, xo + i);
      t = t.blend(89.0f, t.compare(VectorOperators.GT, 89.0f));
      t = t.blend(-104.0f, t.compare(VectorOperators.LT, -104.0f));
      FloatVector shifter = FloatVector.broadcast(S, Exponential32.SHIFTER);
      FloatVector shifted = t.fma(FloatVector.broadcast(S, Exponential32.LOG2_E), shifter);
      FloatVector minus = shifter.sub(shifted);
      FloatVector r = minus.fma(FloatVector.broadcast(S, Exponential32.LN2_HIGH), t);
      r = minus.fma(FloatVector.broadcast(S, Exponential32.LN2_LOW), r);
      FloatVector q = FloatVector.broadcast(S, Exponential32.E4);
      q = q.fma(r, FloatVector.broadcast(S, Exponential32.E3));
      q = q.fma(r, FloatVector.broadcast(S, Exponential32.E2));
      q = q.fma(r, FloatVector.broadcast(S, Exponential32.E1));
      q = q.fma(r, FloatVector.broadcast(S, Exponential32.E0));
      q = q.fma(r, FloatVector.broadcast(S, 1.0f));
      q = q.fma(r, FloatVector.broadcast(S, 1.0f));
      IntVector exponent = shifted.reinterpretAsInts().sub(Exponential32.SHIFTER_BITS);
      IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
      IntVector first = half.add(127).lanewise(VectorOperators.LSHL, 23);
      IntVector second = exponent.sub(half).add(127).lanewise(VectorOperators.LSHL, 23);
      FloatVector scaled = q.mul(first.reinterpretAsFloats());
      scaled.mul(second.reinterpretAsFloats()).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Exponential32.exp(x[xo + i]);
    }
  }

  static void sigmoid(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector t = v.abs().neg();
      if (!t.compare(VectorOperators.GT, -MODERATE).allTrue()) {
        ScalarUnary.apply(UnaryKernel.SIGMOID, x, xo + i, out, oo + i, V);
        continue;
      }
      FloatVector shifter = FloatVector.broadcast(S, Exponential32.SHIFTER);
      FloatVector shifted = t.fma(FloatVector.broadcast(S, Exponential32.LOG2_E), shifter);
      FloatVector minus = shifter.sub(shifted);
      FloatVector r = minus.fma(FloatVector.broadcast(S, Exponential32.LN2_HIGH), t);
      r = minus.fma(FloatVector.broadcast(S, Exponential32.LN2_LOW), r);
      FloatVector q = FloatVector.broadcast(S, Exponential32.E4);
      q = q.fma(r, FloatVector.broadcast(S, Exponential32.E3));
      q = q.fma(r, FloatVector.broadcast(S, Exponential32.E2));
      q = q.fma(r, FloatVector.broadcast(S, Exponential32.E1));
      q = q.fma(r, FloatVector.broadcast(S, Exponential32.E0));
      FloatVector one = FloatVector.broadcast(S, 1.0f);
      q = q.fma(r, one).fma(r, one);
      IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector e = q.reinterpretAsInts().add(exponent).reinterpretAsFloats();
      VectorMask<Float> negative = v.compare(VectorOperators.LT, 0.0f);
      one.blend(e, negative).div(e.add(1.0f)).intoArray(out, oo + i);
    }
    ScalarUnary.apply(UnaryKernel.SIGMOID, x, xo + i, out, oo + i, n - i);
  }
}
