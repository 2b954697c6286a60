package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * FLOAT64 reductions over the middle axis of contiguous (outer, n, inner) arrays, and extremes.
 *
 * <p>Where {@code inner} is above 1 only sums are here: C2 turns the scalar loops over inner into
 * vector code by itself, and only for cheap additions is it worth taking several rows at once.
 */
final class VectorReduction64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorReduction64() {}

  /** False, and nothing done, where the scalar twin is as fast. */
  static boolean reduce(BinaryKernel op, double[] x, int outer, int n, int inner, double[] out) {
    if (inner > 1) {
      if (op != BinaryKernel.ADD || inner < V || n < 2) {
        return false;
      }
      for (int o = 0; o < outer; o++) {
        columnSums(x, o * n * inner, n, inner, out, o * inner);
      }
      return true;
    }
    switch (op) {
      case ADD -> {
        for (int o = 0; o < outer; o++) {
          out[o] = VectorSums64.sum(x, o * n, n);
        }
      }
      case MAX -> {
        for (int o = 0; o < outer; o++) {
          out[o] = max(x, o * n, n);
        }
      }
      case MIN -> {
        for (int o = 0; o < outer; o++) {
          out[o] = min(x, o * n, n);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void columnSums(double[] x, int xo, int n, int inner, double[] out, int oo) {
    int rest = n % 4;
    if (rest == 0) {
      rest = 4;
    }
    // the first one to four rows start at 0, the others continue from out
    for (int j = 0; j < inner; j++) {
      double s = 0;
      for (int k = 0; k < rest; k++) {
        s += x[xo + k * inner + j];
      }
      out[oo + j] = s;
    }
    for (int k = rest; k < n; k += 4) {
      addFourRows(x, xo + k * inner, inner, out, oo);
    }
  }

  private static void addFourRows(double[] x, int xo, int inner, double[] out, int oo) {
    int x1 = xo + inner;
    int x2 = x1 + inner;
    int x3 = x2 + inner;
    int j = 0;
    for (int end = inner & -V; j < end; j += V) {
      DoubleVector s = DoubleVector.fromArray(S, out, oo + j);
      s = s.add(DoubleVector.fromArray(S, x, xo + j));
      s = s.add(DoubleVector.fromArray(S, x, x1 + j));
      s = s.add(DoubleVector.fromArray(S, x, x2 + j));
      s = s.add(DoubleVector.fromArray(S, x, x3 + j));
      s.intoArray(out, oo + j);
    }
    for (; j < inner; j++) {
      out[oo + j] = (((out[oo + j] + x[xo + j]) + x[x1 + j]) + x[x2 + j]) + x[x3 + j];
    }
  }

  static double max(double[] x, int xo, int n) {
    DoubleVector a = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = xo;
    for (int end = xo + (n & -(4 * V)); i < end; i += 4 * V) {
      a = a.max(DoubleVector.fromArray(S, x, i));
      b = b.max(DoubleVector.fromArray(S, x, i + V));
      c = c.max(DoubleVector.fromArray(S, x, i + 2 * V));
      d = d.max(DoubleVector.fromArray(S, x, i + 3 * V));
    }
    for (int end = xo + (n & -V); i < end; i += V) {
      a = a.max(DoubleVector.fromArray(S, x, i));
    }
    a = a.max(b).max(c.max(d));
    double s = a.lane(0);
    for (int lane = 1; lane < V; lane++) {
      s = Math.max(s, a.lane(lane));
    }
    for (; i < xo + n; i++) {
      s = Math.max(s, x[i]);
    }
    return s;
  }

  static double amax(double[] x, int xo, int n) {
    DoubleVector a = DoubleVector.zero(S);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = xo;
    for (int end = xo + (n & -(4 * V)); i < end; i += 4 * V) {
      a = a.max(DoubleVector.fromArray(S, x, i).abs());
      b = b.max(DoubleVector.fromArray(S, x, i + V).abs());
      c = c.max(DoubleVector.fromArray(S, x, i + 2 * V).abs());
      d = d.max(DoubleVector.fromArray(S, x, i + 3 * V).abs());
    }
    for (int end = xo + (n & -V); i < end; i += V) {
      a = a.max(DoubleVector.fromArray(S, x, i).abs());
    }
    a = a.max(b).max(c.max(d));
    double s = a.lane(0);
    for (int lane = 1; lane < V; lane++) {
      s = Math.max(s, a.lane(lane));
    }
    for (; i < xo + n; i++) {
      s = Math.max(s, Math.abs(x[i]));
    }
    return s;
  }

  static double min(double[] x, int xo, int n) {
    DoubleVector a = DoubleVector.broadcast(S, Double.POSITIVE_INFINITY);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = xo;
    for (int end = xo + (n & -(4 * V)); i < end; i += 4 * V) {
      a = a.min(DoubleVector.fromArray(S, x, i));
      b = b.min(DoubleVector.fromArray(S, x, i + V));
      c = c.min(DoubleVector.fromArray(S, x, i + 2 * V));
      d = d.min(DoubleVector.fromArray(S, x, i + 3 * V));
    }
    for (int end = xo + (n & -V); i < end; i += V) {
      a = a.min(DoubleVector.fromArray(S, x, i));
    }
    a = a.min(b).min(c.min(d));
    double s = a.lane(0);
    for (int lane = 1; lane < V; lane++) {
      s = Math.min(s, a.lane(lane));
    }
    for (; i < xo + n; i++) {
      s = Math.min(s, x[i]);
    }
    return s;
  }
}
