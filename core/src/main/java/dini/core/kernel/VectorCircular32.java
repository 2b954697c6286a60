package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Circular32}, operation by operation, on vectors; see {@link VectorExponential}. Vectors
 * with an argument that double reduces are left to the scalar code.
 */
final class VectorCircular32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorCircular32() {}

  static void sin(float[] x, int xo, float[] out, int oo, int n) {
    turned(0, Integer.MIN_VALUE, x, xo, out, oo, n);
  }

  static void cos(float[] x, int xo, float[] out, int oo, int n) {
    turned(1, 0, x, xo, out, oo, n);
  }

  /** {@code sin(|x| + turn pi / 2)}, with those bits of x that {@code signs} has. */
  private static void turned(int turn, int signs, float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector a = v.abs();
      if (!a.compare(VectorOperators.LT, Circular32.FAR).allTrue()) {
        ScalarUnary.apply(VectorCircular.function(turn), x, xo + i, out, oo + i, V);
        continue;
      }
      FloatVector shifter = FloatVector.broadcast(S, Exponential32.SHIFTER);
      FloatVector shifted = a.fma(FloatVector.broadcast(S, Circular32.TWO_OVER_PI), shifter);
      FloatVector minus = shifter.sub(shifted);
      FloatVector middle = FloatVector.broadcast(S, Circular32.HALF_PI_MIDDLE);
      FloatVector first = minus.fma(FloatVector.broadcast(S, Circular32.HALF_PI_HIGH), a);
      FloatVector second = minus.mul(middle);
      FloatVector r = first.add(second);
      FloatVector part = r.sub(first);
      FloatVector rounded = first.sub(r.sub(part)).add(second.sub(part));
      FloatVector rest = minus.fma(middle, second.neg());
      FloatVector low =
          rounded.add(minus.fma(FloatVector.broadcast(S, Circular32.HALF_PI_LOW), rest));
      FloatVector z = r.mul(r);
      FloatVector p = FloatVector.broadcast(S, Circular32.S2);
      p = p.fma(z, FloatVector.broadcast(S, Circular32.S1));
      p = p.fma(z, FloatVector.broadcast(S, Circular32.S0));
      IntVector sine = r.add(z.mul(r).fma(p, low)).reinterpretAsInts();
      p = FloatVector.broadcast(S, Circular32.C2);
      p = p.fma(z, FloatVector.broadcast(S, Circular32.C1));
      p = p.fma(z, FloatVector.broadcast(S, Circular32.C0));
      FloatVector half = z.mul(0.5f);
      FloatVector one = FloatVector.broadcast(S, 1.0f);
      FloatVector w = one.sub(half);
      FloatVector below = r.neg().fma(low, one.sub(w).sub(half));
      IntVector cosine = w.add(z.mul(z).fma(p, below)).reinterpretAsInts();
      // the one or the other, by bits
      IntVector quadrant = shifted.reinterpretAsInts().add(turn);
      IntVector y = sine.lanewise(VectorOperators.XOR, cosine).and(quadrant.and(1).neg());
      IntVector sign = quadrant.and(2).lanewise(VectorOperators.LSHL, 30);
      sign = sign.lanewise(VectorOperators.XOR, v.reinterpretAsInts().and(signs));
      y = y.lanewise(VectorOperators.XOR, sine).lanewise(VectorOperators.XOR, sign);
      y.reinterpretAsFloats().intoArray(out, oo + i);
    }
    if (i < n) {
      ScalarUnary.apply(VectorCircular.function(turn), x, xo + i, out, oo + i, n - i);
    }
  }
}
