package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exponential}, operation by operation, on vectors.
 *
 * <p>The loops call nothing but the Vector API: C2 always inlines that, but of other methods only
 * what comes early in a compilation, and boxes the vectors that the rest exchange. Constants are
 * broadcast where they are used: from fields they would be loaded again in every iteration, since
 * they might alias the output.
 */
final class VectorExponential {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  /** The exponential of anything smaller is a normal number, also when it is halved. */
  private static final double MODERATE = 700.0;

  /** How many elements go the longer way from one that is not moderate. */
  private static final int DETOUR = 256;

  private VectorExponential() {}

  /** {@code out = exp(factor x) / 2^halvings}, or of |x|, for a factor of ±1 or ±2. */
  static void exp(
      boolean magnitude,
      double factor,
      int halvings,
      double[] x,
      int xo,
      double[] out,
      int oo,
      int n) {
    int i = 0;
    while (i < n) {
      i = moderate(magnitude, factor, halvings, x, xo, out, oo, i, n);
      int end = Math.min(n, i + DETOUR);
      any(magnitude, factor, halvings, x, xo, out, oo, i, end);
      i = end;
    }
  }

  /**
   * Whole vectors from i to the first that has an element beyond ±{@link #MODERATE}; returns where
   * it stopped. 2^k e^r is a normal number here, so k is added to the exponent of e^r, which gives
   * the bits of a product.
   */
  private static int moderate(
      boolean magnitude,
      double factor,
      int halvings,
      double[] x,
      int xo,
      double[] out,
      int oo,
      int i,
      int n) {
    long bits = magnitude ? Long.MAX_VALUE : -1L;
    for (; i <= n - V; i += V) {
      LongVector raw = DoubleVector.fromArray(S, x, xo + i).reinterpretAsLongs();
      DoubleVector t = raw.and(bits).reinterpretAsDoubles().mul(factor);
      if (!t.abs().compare(VectorOperators.LT, MODERATE).allTrue()) {
        return i;
      }
      DoubleVector log2E = DoubleVector.broadcast(S, Exponential.LOG2_E);
      DoubleVector shifted = t.fma(log2E, DoubleVector.broadcast(S, Exponential.SHIFTER));
      DoubleVector minus = shifted.sub(Exponential.SHIFTER).neg();
      DoubleVector r = minus.fma(DoubleVector.broadcast(S, Exponential.LN2_HIGH), t);
      r = minus.fma(DoubleVector.broadcast(S, Exponential.LN2_LOW), r);
      DoubleVector q = DoubleVector.broadcast(S, 1.0 / 6227020800.0);
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 479001600.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 39916800.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 3628800.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 362880.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 40320.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 5040.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 720.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 120.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 24.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 6.0));
      q = q.fma(r, DoubleVector.broadcast(S, 0.5));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0));
      LongVector exponent = shifted.reinterpretAsLongs().sub(halvings);
      LongVector scaled = q.reinterpretAsLongs().add(exponent.lanewise(VectorOperators.LSHL, 52));
      scaled.reinterpretAsDoubles().intoArray(out, oo + i);
    }
    return i;
  }

  /** Elements of any size, i to n. */
  private static void any(
      boolean magnitude,
      double factor,
      int halvings,
      double[] x,
      int xo,
      double[] out,
      int oo,
      int i,
      int n) {
    long bias = Exponential.SHIFTER_BITS + halvings;
    long bits = magnitude ? Long.MAX_VALUE : -1L;
    for (; i <= n - V; i += V) {
      LongVector raw = DoubleVector.fromArray(S, x, xo + i).reinterpretAsLongs();
      DoubleVector t = raw.and(bits).reinterpretAsDoubles().mul(factor);
      t = t.blend(711.0, t.compare(VectorOperators.GT, 711.0));
      t = t.blend(-746.0, t.compare(VectorOperators.LT, -746.0));
      DoubleVector log2E = DoubleVector.broadcast(S, Exponential.LOG2_E);
      DoubleVector shifted = t.fma(log2E, DoubleVector.broadcast(S, Exponential.SHIFTER));
      DoubleVector minus = shifted.sub(Exponential.SHIFTER).neg();
      DoubleVector r = minus.fma(DoubleVector.broadcast(S, Exponential.LN2_HIGH), t);
      r = minus.fma(DoubleVector.broadcast(S, Exponential.LN2_LOW), r);
      DoubleVector q = DoubleVector.broadcast(S, 1.0 / 6227020800.0);
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 479001600.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 39916800.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 3628800.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 362880.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 40320.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 5040.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 720.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 120.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 24.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 6.0));
      q = q.fma(r, DoubleVector.broadcast(S, 0.5));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0));
      LongVector exponent = shifted.reinterpretAsLongs().sub(bias);
      LongVector half = exponent.add(2048).lanewise(VectorOperators.LSHR, 1).sub(1024);
      LongVector first = half.add(1023).lanewise(VectorOperators.LSHL, 52);
      LongVector second = exponent.sub(half).add(1023).lanewise(VectorOperators.LSHL, 52);
      DoubleVector scaled = q.mul(first.reinterpretAsDoubles());
      scaled.mul(second.reinterpretAsDoubles()).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      double t = magnitude ? Math.abs(x[xo + i]) : x[xo + i];
      out[oo + i] = Exponential.exp(factor * t, halvings);
    }
  }

  static void exp2(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector t = DoubleVector.fromArray(S, x, xo + i);
      t = t.blend(1025.0, t.compare(VectorOperators.GT, 1025.0));
      t = t.blend(-1080.0, t.compare(VectorOperators.LT, -1080.0));
      DoubleVector shifted = t.add(Exponential.SHIFTER);
      DoubleVector fraction = t.sub(shifted.sub(Exponential.SHIFTER));
      DoubleVector ln2 = DoubleVector.broadcast(S, Exponential.LN2);
      DoubleVector r = fraction.mul(ln2);
      DoubleVector low = fraction.fma(ln2, r.neg()).add(fraction.mul(Exponential.LN2_REST));
      DoubleVector q = DoubleVector.broadcast(S, 1.0 / 6227020800.0);
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 479001600.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 39916800.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 3628800.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 362880.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 40320.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 5040.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 720.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 120.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 24.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 6.0));
      q = q.fma(r, DoubleVector.broadcast(S, 0.5));
      q = r.mul(r).fma(q, low).add(r).add(1.0);
      LongVector exponent = shifted.reinterpretAsLongs().sub(Exponential.SHIFTER_BITS);
      LongVector half = exponent.add(2048).lanewise(VectorOperators.LSHR, 1).sub(1024);
      LongVector first = half.add(1023).lanewise(VectorOperators.LSHL, 52);
      LongVector second = exponent.sub(half).add(1023).lanewise(VectorOperators.LSHL, 52);
      DoubleVector scaled = q.mul(first.reinterpretAsDoubles());
      scaled.mul(second.reinterpretAsDoubles()).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Exponential.exp2(x[xo + i]);
    }
  }

  static void expm1(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector from = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector t = from.blend(710.0, from.compare(VectorOperators.GT, 710.0));
      t = t.blend(-40.0, t.compare(VectorOperators.LT, -40.0));
      DoubleVector log2E = DoubleVector.broadcast(S, Exponential.LOG2_E);
      DoubleVector shifted = t.fma(log2E, DoubleVector.broadcast(S, Exponential.SHIFTER));
      DoubleVector minus = shifted.sub(Exponential.SHIFTER).neg();
      DoubleVector r = minus.fma(DoubleVector.broadcast(S, Exponential.LN2_HIGH), t);
      r = minus.fma(DoubleVector.broadcast(S, Exponential.LN2_LOW), r);
      DoubleVector q = DoubleVector.broadcast(S, 1.0 / 6227020800.0);
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 479001600.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 39916800.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 3628800.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 362880.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 40320.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 5040.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 720.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 120.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 24.0));
      q = q.fma(r, DoubleVector.broadcast(S, 1.0 / 6.0));
      q = q.fma(r, DoubleVector.broadcast(S, 0.5));
      DoubleVector em1 = r.mul(r).fma(q, r);
      // 2^(k - 1)
      LongVector exponent = shifted.reinterpretAsLongs().sub(Exponential.SHIFTER_BITS).add(1022);
      DoubleVector s = exponent.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
      DoubleVector y = s.fma(em1, s.sub(0.5)).mul(2.0);
      y.blend(from, from.abs().compare(VectorOperators.LT, 0x1p-60)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Exponential.expm1(x[xo + i]);
    }
  }
}
