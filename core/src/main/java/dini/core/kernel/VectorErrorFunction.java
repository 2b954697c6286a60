package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code erf}, {@code erfc} and {@code gelu} of {@link ErrorFunction}, operation by operation, on
 * vectors, in passes over chunks: squares, exponentials, tails of the normal distribution, and what
 * each function makes of these; see {@link VectorExponential}.
 */
final class VectorErrorFunction {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorErrorFunction() {}

  /** The chunk e is room for what is computed in between. */
  static void erf(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    int whole = n & -V;
    tails(x, xo, 1.0, 1.0, e, whole);
    for (int i = 0; i < whole; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector a = v.abs();
      DoubleVector z = v.mul(v);
      DoubleVector p = DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[0]);
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[1]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[2]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[3]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[4]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[5]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[6]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[7]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[8]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[9]));
      DoubleVector one = DoubleVector.broadcast(S, 1.0);
      DoubleVector far = one.sub(DoubleVector.fromArray(S, e, i));
      far = far.blend(one, a.compare(VectorOperators.GE, 6.0));
      LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
      DoubleVector signed = far.reinterpretAsLongs().or(sign).reinterpretAsDoubles();
      DoubleVector near = v.fma(p, v);
      signed.blend(near, a.compare(VectorOperators.LT, 0.5)).intoArray(out, oo + i);
    }
    for (int i = whole; i < n; i++) {
      out[oo + i] = ErrorFunction.erf(x[xo + i]);
    }
  }

  static void erfc(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    int whole = n & -V;
    tails(x, xo, 1.0, 1.0, e, whole);
    for (int i = 0; i < whole; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector z = v.mul(v);
      DoubleVector p = DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[0]);
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[1]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[2]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[3]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[4]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[5]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[6]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[7]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[8]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[9]));
      DoubleVector near = DoubleVector.broadcast(S, 1.0).sub(v.fma(p, v));
      DoubleVector upper = DoubleVector.fromArray(S, e, i);
      DoubleVector lower = DoubleVector.broadcast(S, 2.0).sub(upper);
      lower = lower.blend(2.0, v.compare(VectorOperators.LE, -6.0));
      upper = upper.blend(0.0, v.compare(VectorOperators.GE, 28.0));
      DoubleVector far = lower.blend(upper, v.compare(VectorOperators.GT, 0.0));
      far.blend(near, v.abs().compare(VectorOperators.LT, 0.5)).intoArray(out, oo + i);
    }
    for (int i = whole; i < n; i++) {
      out[oo + i] = ErrorFunction.erfc(x[xo + i]);
    }
  }

  static void gelu(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    int whole = n & -V;
    tails(x, xo, 0.5, ErrorFunction.ROOT_HALF, e, whole);
    for (int i = 0; i < whole; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector scaled = v.mul(ErrorFunction.ROOT_HALF);
      DoubleVector z = scaled.mul(scaled);
      DoubleVector p = DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[0]);
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[1]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[2]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[3]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[4]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[5]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[6]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[7]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[8]));
      p = p.fma(z, DoubleVector.broadcast(S, ErrorFunction.NEAR_ZERO[9]));
      DoubleVector near = v.mul(0.5).mul(scaled.fma(p, scaled).add(1.0));
      DoubleVector tail = DoubleVector.fromArray(S, e, i);
      DoubleVector upper = v.neg().fma(tail, v);
      upper = upper.blend(v, v.compare(VectorOperators.GT, 39.0));
      DoubleVector y = v.mul(tail);
      y = y.blend(-0.0, v.compare(VectorOperators.LT, -39.0));
      y = y.blend(upper, v.compare(VectorOperators.GT, 0.0));
      DoubleVector a = v.abs();
      y.blend(near, a.compare(VectorOperators.LT, ErrorFunction.GELU_NEAR)).intoArray(out, oo + i);
    }
    for (int i = whole; i < n; i++) {
      out[oo + i] = ErrorFunction.gelu(x[xo + i]);
    }
  }

  /** {@code half exp(-half x^2) scaled(root |x|)}, in three passes; n elements, whole vectors. */
  private static void tails(double[] x, int xo, double half, double root, double[] e, int n) {
    for (int i = 0; i < n; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.mul(v).mul(-half).intoArray(e, i);
    }
    VectorExponential.exp(false, 1.0, 0, e, 0, e, 0, n);
    for (int i = 0; i < n; i += V) {
      DoubleVector a = DoubleVector.fromArray(S, x, xo + i).abs();
      DoubleVector rest = a.fma(a, a.mul(a).neg()).mul(half);
      DoubleVector u = DoubleVector.fromArray(S, e, i).mul(half);
      DoubleVector w = a.mul(root);
      DoubleVector t = DoubleVector.broadcast(S, 4.0).div(w.add(4.0)).sub(ErrorFunction.CENTRE);
      DoubleVector q = DoubleVector.broadcast(S, ErrorFunction.SCALED[0]);
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[1]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[2]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[3]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[4]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[5]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[6]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[7]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[8]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[9]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[10]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[11]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[12]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[13]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[14]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[15]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[16]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[17]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[18]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[19]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[20]));
      q = q.fma(t, DoubleVector.broadcast(S, ErrorFunction.SCALED[21]));
      DoubleVector scaled = q.div(w.mul(2.0).add(1.0));
      u.neg().fma(rest, u).mul(scaled).intoArray(e, i);
    }
  }
}
