package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Circular}, operation by operation, on vectors; see {@link VectorExponential}. Vectors with
 * an argument that integers reduce are left to the scalar code.
 */
final class VectorCircular {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorCircular() {}

  static void sin(double[] x, int xo, double[] out, int oo, int n) {
    sine(0, Circular.TINY, x, xo, out, oo, n);
  }

  static void cos(double[] x, int xo, double[] out, int oo, int n) {
    sine(1, -1.0, x, xo, out, oo, n);
  }

  /** {@code out = sin(x + turn pi / 2)}, x itself below a limit. */
  private static void sine(
      int turn, double limit, double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      if (!v.abs().compare(VectorOperators.LT, Circular.FAR).allTrue()) {
        ScalarUnary.apply(function(turn), x, xo + i, out, oo + i, V);
        continue;
      }
      DoubleVector shifter = DoubleVector.broadcast(S, Exponential.SHIFTER);
      DoubleVector shifted = v.fma(DoubleVector.broadcast(S, Circular.TWO_OVER_PI), shifter);
      DoubleVector minus = shifted.sub(shifter).neg();
      DoubleVector middle = DoubleVector.broadcast(S, Circular.HALF_PI_MIDDLE);
      DoubleVector first = minus.fma(DoubleVector.broadcast(S, Circular.HALF_PI_HIGH), v);
      DoubleVector second = minus.mul(middle);
      DoubleVector r = first.add(second);
      DoubleVector part = r.sub(first);
      DoubleVector rounded = first.sub(r.sub(part)).add(second.sub(part));
      DoubleVector rest = minus.fma(middle, second.neg());
      DoubleVector low =
          rounded.add(minus.fma(DoubleVector.broadcast(S, Circular.HALF_PI_LOW), rest));
      DoubleVector z = r.mul(r);
      // sine
      DoubleVector p = DoubleVector.broadcast(S, Circular.S6);
      p = p.fma(z, DoubleVector.broadcast(S, Circular.S5));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.S4));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.S3));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.S2));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.S1));
      DoubleVector cube = z.mul(r);
      DoubleVector t = p.fma(cube, low.mul(-0.5)).fma(z, low);
      t = r.add(cube.fma(DoubleVector.broadcast(S, Circular.S0), t));
      // cosine
      p = DoubleVector.broadcast(S, Circular.C5);
      p = p.fma(z, DoubleVector.broadcast(S, Circular.C4));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.C3));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.C2));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.C1));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.C0));
      DoubleVector half = z.mul(0.5);
      DoubleVector one = DoubleVector.broadcast(S, 1.0);
      DoubleVector w = one.sub(half);
      DoubleVector below = r.neg().fma(low, one.sub(w).sub(half));
      LongVector cosine = w.add(z.mul(z).fma(p, below)).reinterpretAsLongs();
      // the one or the other, by bits
      LongVector quadrant = shifted.reinterpretAsLongs().add(turn);
      LongVector sine = t.reinterpretAsLongs();
      LongVector y = sine.lanewise(VectorOperators.XOR, cosine).and(quadrant.and(1).neg());
      LongVector sign = quadrant.and(2).lanewise(VectorOperators.LSHL, 62);
      y = y.lanewise(VectorOperators.XOR, sine).lanewise(VectorOperators.XOR, sign);
      y.reinterpretAsDoubles()
          .blend(v, v.abs().compare(VectorOperators.LT, limit))
          .intoArray(out, oo + i);
    }
    if (i < n) {
      ScalarUnary.apply(function(turn), x, xo + i, out, oo + i, n - i);
    }
  }

  static UnaryKernel function(int turn) {
    return turn == 0 ? UnaryKernel.SIN : UnaryKernel.COS;
  }

  static void tan(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      if (!v.abs().compare(VectorOperators.LT, Circular.FAR).allTrue()) {
        ScalarUnary.apply(UnaryKernel.TAN, x, xo + i, out, oo + i, V);
        continue;
      }
      DoubleVector shifter = DoubleVector.broadcast(S, Exponential.SHIFTER);
      DoubleVector shifted = v.fma(DoubleVector.broadcast(S, Circular.TWO_OVER_PI), shifter);
      DoubleVector minus = shifted.sub(shifter).neg();
      DoubleVector middle = DoubleVector.broadcast(S, Circular.HALF_PI_MIDDLE);
      DoubleVector first = minus.fma(DoubleVector.broadcast(S, Circular.HALF_PI_HIGH), v);
      DoubleVector second = minus.mul(middle);
      DoubleVector r = first.add(second);
      DoubleVector part = r.sub(first);
      DoubleVector rounded = first.sub(r.sub(part)).add(second.sub(part));
      DoubleVector rest = minus.fma(middle, second.neg());
      DoubleVector low =
          rounded.add(minus.fma(DoubleVector.broadcast(S, Circular.HALF_PI_LOW), rest));
      DoubleVector z = r.mul(r);
      // sine
      DoubleVector p = DoubleVector.broadcast(S, Circular.S6);
      p = p.fma(z, DoubleVector.broadcast(S, Circular.S5));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.S4));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.S3));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.S2));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.S1));
      DoubleVector cube = z.mul(r);
      DoubleVector t = p.fma(cube, low.mul(-0.5)).fma(z, low);
      LongVector sine =
          r.add(cube.fma(DoubleVector.broadcast(S, Circular.S0), t)).reinterpretAsLongs();
      // cosine
      p = DoubleVector.broadcast(S, Circular.C5);
      p = p.fma(z, DoubleVector.broadcast(S, Circular.C4));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.C3));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.C2));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.C1));
      p = p.fma(z, DoubleVector.broadcast(S, Circular.C0));
      DoubleVector half = z.mul(0.5);
      DoubleVector one = DoubleVector.broadcast(S, 1.0);
      DoubleVector w = one.sub(half);
      DoubleVector below = r.neg().fma(low, one.sub(w).sub(half));
      LongVector cosine = w.add(z.mul(z).fma(p, below)).reinterpretAsLongs();
      // -cos / sin in odd quadrants
      LongVector odd = shifted.reinterpretAsLongs().and(1);
      LongVector other = sine.lanewise(VectorOperators.XOR, cosine).and(odd.neg());
      LongVector sign = odd.lanewise(VectorOperators.LSHL, 63);
      LongVector top = sine.lanewise(VectorOperators.XOR, other);
      LongVector bottom = cosine.lanewise(VectorOperators.XOR, other);
      DoubleVector q = top.reinterpretAsDoubles().div(bottom.reinterpretAsDoubles());
      LongVector y = q.reinterpretAsLongs().lanewise(VectorOperators.XOR, sign);
      y.reinterpretAsDoubles()
          .blend(v, v.abs().compare(VectorOperators.LT, Circular.TINY))
          .intoArray(out, oo + i);
    }
    if (i < n) {
      ScalarUnary.apply(UnaryKernel.TAN, x, xo + i, out, oo + i, n - i);
    }
  }
}
