package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code tanh}, its derivative and both at once, of {@link Hyperbolic}, in two passes over chunks,
 * operation by operation. Vectors in which the derivative needs an exponential of its own are left
 * to the scalar code.
 */
final class VectorTanh {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  /** What is computed in between stays in the nearest cache. */
  private static final int CHUNK = 256;

  /** What the first pass gives where the derivative needs an exponential of its own. */
  private static final double FAR = Exponential.expm1(2.0 * Hyperbolic.FAR);

  private VectorTanh() {}

  static void tanh(double[] x, int xo, double[] out, int oo, int n) {
    double[] e = Chunks.get(Chunks.FUNCTION);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      int whole = length & -V;
      expm1OfTwice(x, xo + from, e, whole);
      tanh(x, xo + from, e, out, oo + from, whole);
      for (int i = from + whole; i < from + length; i++) {
        out[oo + i] = Hyperbolic.tanh(x[xo + i]);
      }
    }
  }

  static void sechSquared(double[] x, int xo, double[] out, int oo, int n) {
    double[] e = Chunks.get(Chunks.FUNCTION);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      int whole = length & -V;
      expm1OfTwice(x, xo + from, e, whole);
      sechSquared(x, xo + from, e, out, oo + from, whole);
      for (int i = from + whole; i < from + length; i++) {
        out[oo + i] = Hyperbolic.sechSquared(x[xo + i]);
      }
    }
  }

  static void tanhAndSechSquared(
      double[] x, int xo, double[] tanh, int to, double[] slope, int so, int n) {
    double[] e = Chunks.get(Chunks.FUNCTION);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      int whole = length & -V;
      expm1OfTwice(x, xo + from, e, whole);
      both(x, xo + from, e, tanh, to + from, slope, so + from, whole);
      int at = from + whole;
      Hyperbolic.tanhAndSechSquared(x, xo + at, tanh, to + at, slope, so + at, length - whole);
    }
  }

  /** {@code e = expm1(2 min(|x|, FAR))}, of n elements, whole vectors. */
  private static void expm1OfTwice(double[] x, int xo, double[] e, int n) {
    for (int i = 0; i < n; i += V) {
      DoubleVector a = DoubleVector.fromArray(S, x, xo + i).abs();
      DoubleVector from = a.add(a);
      DoubleVector limit = DoubleVector.broadcast(S, 2.0 * Hyperbolic.FAR);
      DoubleVector t = from.blend(limit, from.compare(VectorOperators.GT, limit));
      DoubleVector log2E = DoubleVector.broadcast(S, Exponential.LOG2_E);
      DoubleVector shifter = DoubleVector.broadcast(S, Exponential.SHIFTER);
      DoubleVector shifted = t.fma(log2E, shifter);
      DoubleVector minus = shifter.sub(shifted);
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
      // 2^k: the shifter's own bits are shifted out
      LongVector exponent = shifted.reinterpretAsLongs().add(1023);
      DoubleVector s = exponent.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
      s.fma(em1, s.sub(1.0)).intoArray(e, i);
    }
  }

  /** From {@code e = expm1(2 |x|)}, of n elements, whole vectors. */
  private static void tanh(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    DoubleVector minusOne = DoubleVector.broadcast(S, -1.0);
    for (int i = 0; i < n; i += V) {
      DoubleVector em1 = DoubleVector.fromArray(S, e, i);
      VectorMask<Double> large = em1.compare(VectorOperators.GT, 2.0);
      DoubleVector d = em1.add(2.0);
      DoubleVector rest = em1.sub(d.sub(2.0));
      DoubleVector inverse = minusOne.div(d);
      DoubleVector top = em1.blend(-2.0, large);
      DoubleVector q = top.mul(inverse);
      q = q.fma(rest, q.fma(d, top)).fma(inverse, q);
      LongVector y = q.blend(one.sub(q), large).reinterpretAsLongs();
      // the sign of x: one operation of three operands
      LongVector other = DoubleVector.fromArray(S, x, xo + i).reinterpretAsLongs();
      other = y.lanewise(VectorOperators.XOR, other).and(Long.MIN_VALUE);
      y.lanewise(VectorOperators.XOR, other).reinterpretAsDoubles().intoArray(out, oo + i);
    }
  }

  /** From {@code e = expm1(2 |x|)}, of n elements, whole vectors. */
  private static void sechSquared(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    DoubleVector minusOne = DoubleVector.broadcast(S, -1.0);
    for (int i = 0; i < n; i += V) {
      DoubleVector em1 = DoubleVector.fromArray(S, e, i);
      if (em1.compare(VectorOperators.GE, FAR).anyTrue()) {
        scalar(x, xo + i, out, oo + i);
        continue;
      }
      VectorMask<Double> large = em1.compare(VectorOperators.GT, 2.0);
      DoubleVector d = em1.add(2.0);
      DoubleVector rest = em1.sub(d.sub(2.0));
      DoubleVector inverse = minusOne.div(d);
      DoubleVector top = em1.blend(-2.0, large);
      DoubleVector q = top.mul(inverse);
      q = q.fma(rest, q.fma(d, top)).fma(inverse, q);
      q.neg().fma(q, one.blend(q.add(q), large)).intoArray(out, oo + i);
    }
  }

  /** From {@code e = expm1(2 |x|)}, of n elements, whole vectors. */
  private static void both(
      double[] x, int xo, double[] e, double[] tanh, int to, double[] slope, int so, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    DoubleVector minusOne = DoubleVector.broadcast(S, -1.0);
    for (int i = 0; i < n; i += V) {
      DoubleVector em1 = DoubleVector.fromArray(S, e, i);
      if (em1.compare(VectorOperators.GE, FAR).anyTrue()) {
        Hyperbolic.tanhAndSechSquared(x, xo + i, tanh, to + i, slope, so + i, V);
        continue;
      }
      VectorMask<Double> large = em1.compare(VectorOperators.GT, 2.0);
      DoubleVector d = em1.add(2.0);
      DoubleVector rest = em1.sub(d.sub(2.0));
      DoubleVector inverse = minusOne.div(d);
      DoubleVector top = em1.blend(-2.0, large);
      DoubleVector q = top.mul(inverse);
      q = q.fma(rest, q.fma(d, top)).fma(inverse, q);
      LongVector y = q.blend(one.sub(q), large).reinterpretAsLongs();
      // the sign of x: one operation of three operands
      LongVector other = DoubleVector.fromArray(S, x, xo + i).reinterpretAsLongs();
      other = y.lanewise(VectorOperators.XOR, other).and(Long.MIN_VALUE);
      y.lanewise(VectorOperators.XOR, other).reinterpretAsDoubles().intoArray(tanh, to + i);
      q.neg().fma(q, one.blend(q.add(q), large)).intoArray(slope, so + i);
    }
  }

  /** One vector. */
  private static void scalar(double[] x, int xo, double[] out, int oo) {
    for (int i = 0; i < V; i++) {
      out[oo + i] = Hyperbolic.sechSquared(x[xo + i]);
    }
  }
}
