package dini.core.kernel;

import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Extremes and norms of ranges of double. */
final class VectorNorms64 {

  private static final VectorSpecies<Double> S = VectorBinary64.S;

  private VectorNorms64() {}

  private static DoubleVector at(double[] x, int i) {
    return DoubleVector.fromArray(S, x, i);
  }

  static double nrm2(double[] x, int xo, int n) {
    double s = VectorSums64.dot(x, xo, x, xo, n);
    return s >= 0x1p-900 && s <= 0x1p1000 ? Math.sqrt(s) : ScalarNorms.scaled(x, xo, n);
  }

  static double max(double[] x, int xo, int n) {
    DoubleVector a = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = xo;
    int step = S.length();
    for (int end = xo + n - 4 * step; i <= end; i += 4 * step) {
      a = a.max(at(x, i));
      b = b.max(at(x, i + step));
      c = c.max(at(x, i + 2 * step));
      d = d.max(at(x, i + 3 * step));
    }
    double y = a.max(b).max(c.max(d)).reduceLanes(MAX);
    for (; i < xo + n; i++) {
      y = Math.max(y, x[i]);
    }
    return y;
  }

  static double min(double[] x, int xo, int n) {
    DoubleVector a = DoubleVector.broadcast(S, Double.POSITIVE_INFINITY);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = xo;
    int step = S.length();
    for (int end = xo + n - 4 * step; i <= end; i += 4 * step) {
      a = a.min(at(x, i));
      b = b.min(at(x, i + step));
      c = c.min(at(x, i + 2 * step));
      d = d.min(at(x, i + 3 * step));
    }
    double y = a.min(b).min(c.min(d)).reduceLanes(MIN);
    for (; i < xo + n; i++) {
      y = Math.min(y, x[i]);
    }
    return y;
  }
}
