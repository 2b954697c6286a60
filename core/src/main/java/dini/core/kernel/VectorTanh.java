package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code tanh}, its derivative and both at once, of {@link Hyperbolic}, operation by operation, in
 * two passes over chunks, the first of which is in {@link VectorExponential}. Chunks in which the
 * derivative needs an exponential of its own are left to the scalar code.
 */
final class VectorTanh {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  /** What is computed in between stays in the nearest cache. */
  private static final int CHUNK = 256;

  private static final long FAR_BITS = Double.doubleToRawLongBits(Hyperbolic.FAR);

  private VectorTanh() {}

  static void tanh(double[] x, int xo, double[] out, int oo, int n) {
    double[] e = Chunks.get(Chunks.FUNCTION);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      int whole = length & -V;
      VectorExponential.expm1(true, x, xo + from, e, 0, whole);
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
      int whole = isNear(x, xo + from, length & -V) ? length & -V : 0;
      VectorExponential.expm1(true, x, xo + from, e, 0, whole);
      sechSquared(e, out, oo + from, whole);
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
      int whole = isNear(x, xo + from, length & -V) ? length & -V : 0;
      VectorExponential.expm1(true, x, xo + from, e, 0, whole);
      both(x, xo + from, e, tanh, to + from, slope, so + from, whole);
      int at = from + whole;
      Hyperbolic.tanhAndSechSquared(x, xo + at, tanh, to + at, slope, so + at, length - whole);
    }
  }

  static void tanhAndSechSquared(
      float[] x, int xo, float[] tanh, int to, float[] slope, int so, int n) {
    double[] left = Chunks.get(Chunks.TANH);
    double[] right = Chunks.get(Chunks.TANH + 1);
    for (int from = 0; from < n; from += Chunks.LENGTH) {
      int length = Math.min(Chunks.LENGTH, n - from);
      VectorUnary32.widen(x, xo + from, left, length);
      tanhAndSechSquared(left, 0, left, 0, right, 0, length);
      VectorUnary32.round(left, tanh, to + from, length);
      VectorUnary32.round(right, slope, so + from, length);
    }
  }

  /** Whether all of n elements, whole vectors, are below {@link Hyperbolic#FAR} in magnitude. */
  private static boolean isNear(double[] x, int xo, int n) {
    LongVector near = LongVector.broadcast(LongVector.SPECIES_PREFERRED, -1L);
    LongVector bound = LongVector.broadcast(LongVector.SPECIES_PREFERRED, FAR_BITS);
    for (int i = 0; i < n; i += V) {
      LongVector raw = DoubleVector.fromArray(S, x, xo + i).reinterpretAsLongs();
      near = near.and(raw.and(Long.MAX_VALUE).sub(bound));
    }
    return near.reduceLanes(VectorOperators.AND) < 0;
  }

  /** From {@code e = expm1(2 |x|)}, of n elements, whole vectors. */
  private static void tanh(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int i = 0; i < n; i += V) {
      DoubleVector em1 = DoubleVector.fromArray(S, e, i);
      VectorMask<Double> large = em1.compare(VectorOperators.GT, 2.0);
      DoubleVector d = em1.add(2.0);
      DoubleVector rest = em1.sub(d.sub(2.0));
      DoubleVector inverse = one.div(d);
      DoubleVector top = em1.blend(-2.0, large);
      DoubleVector q = top.mul(inverse);
      DoubleVector minus = q.neg();
      q = minus.fma(rest, minus.fma(d, top)).fma(inverse, q);
      DoubleVector y = q.blend(q.add(1.0), large);
      LongVector sign =
          DoubleVector.fromArray(S, x, xo + i).reinterpretAsLongs().and(Long.MIN_VALUE);
      LongVector bits = y.reinterpretAsLongs().and(Long.MAX_VALUE).or(sign);
      bits.reinterpretAsDoubles().intoArray(out, oo + i);
    }
  }

  /** From {@code e = expm1(2 |x|)}, of n elements, whole vectors. */
  private static void sechSquared(double[] e, double[] out, int oo, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int i = 0; i < n; i += V) {
      DoubleVector em1 = DoubleVector.fromArray(S, e, i);
      VectorMask<Double> large = em1.compare(VectorOperators.GT, 2.0);
      DoubleVector d = em1.add(2.0);
      DoubleVector rest = em1.sub(d.sub(2.0));
      DoubleVector inverse = one.div(d);
      DoubleVector top = em1.blend(-2.0, large);
      DoubleVector q = top.mul(inverse);
      DoubleVector minus = q.neg();
      q = minus.fma(rest, minus.fma(d, top)).fma(inverse, q);
      q.neg().fma(q, one.blend(q.mul(-2.0), large)).intoArray(out, oo + i);
    }
  }

  /** From {@code e = expm1(2 |x|)}, of n elements, whole vectors. */
  private static void both(
      double[] x, int xo, double[] e, double[] tanh, int to, double[] slope, int so, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int i = 0; i < n; i += V) {
      DoubleVector em1 = DoubleVector.fromArray(S, e, i);
      VectorMask<Double> large = em1.compare(VectorOperators.GT, 2.0);
      DoubleVector d = em1.add(2.0);
      DoubleVector rest = em1.sub(d.sub(2.0));
      DoubleVector inverse = one.div(d);
      DoubleVector top = em1.blend(-2.0, large);
      DoubleVector q = top.mul(inverse);
      DoubleVector minus = q.neg();
      q = minus.fma(rest, minus.fma(d, top)).fma(inverse, q);
      DoubleVector y = q.blend(q.add(1.0), large);
      LongVector sign =
          DoubleVector.fromArray(S, x, xo + i).reinterpretAsLongs().and(Long.MIN_VALUE);
      LongVector bits = y.reinterpretAsLongs().and(Long.MAX_VALUE).or(sign);
      bits.reinterpretAsDoubles().intoArray(tanh, to + i);
      q.neg().fma(q, one.blend(q.mul(-2.0), large)).intoArray(slope, so + i);
    }
  }
}
