package dini.core.kernel;

import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Extremes and norms of ranges of float. */
final class VectorNorms32 {

  private static final VectorSpecies<Float> S = VectorBinary32.S;

  private VectorNorms32() {}

  private static FloatVector at(float[] x, int i) {
    return FloatVector.fromArray(S, x, i);
  }

  static float nrm2(float[] x, int xo, int n) {
    float s = VectorSums32.dot(x, xo, x, xo, n);
    return s >= 0x1p-100f && s <= 0x1p120f ? (float) Math.sqrt(s) : ScalarNorms.scaled(x, xo, n);
  }

  static float max(float[] x, int xo, int n) {
    FloatVector a = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = xo;
    int step = S.length();
    for (int end = xo + n - 4 * step; i <= end; i += 4 * step) {
      a = a.max(at(x, i));
      b = b.max(at(x, i + step));
      c = c.max(at(x, i + 2 * step));
      d = d.max(at(x, i + 3 * step));
    }
    float y = a.max(b).max(c.max(d)).reduceLanes(MAX);
    for (; i < xo + n; i++) {
      y = Math.max(y, x[i]);
    }
    return y;
  }

  static float min(float[] x, int xo, int n) {
    FloatVector a = FloatVector.broadcast(S, Float.POSITIVE_INFINITY);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = xo;
    int step = S.length();
    for (int end = xo + n - 4 * step; i <= end; i += 4 * step) {
      a = a.min(at(x, i));
      b = b.min(at(x, i + step));
      c = c.min(at(x, i + 2 * step));
      d = d.min(at(x, i + 3 * step));
    }
    float y = a.min(b).min(c.min(d)).reduceLanes(MIN);
    for (; i < xo + n; i++) {
      y = Math.min(y, x[i]);
    }
    return y;
  }
}
