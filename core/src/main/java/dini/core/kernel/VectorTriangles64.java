package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** FLOAT64 solutions with four unknown rows, as {@link ScalarBlocks#substitute} has them. */
final class VectorTriangles64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorTriangles64() {}

  /** Up to four rows. */
  static void substitute(
      boolean unit,
      int n,
      int k,
      double[] t,
      int to,
      int row,
      int step,
      double[] b,
      int bo,
      int line) {
    int j = 0;
    if (n == 4) {
      if (unit) {
        unit(k, t, to, row, step, b, bo, line);
      } else {
        divided(k, t, to, row, step, b, bo, line);
      }
      j = k & -V;
    }
    if (j < k) {
      ScalarBlocks.substitute(unit, n, k - j, t, to, row, step, b, bo + j, line);
    }
  }

  private static void unit(
      int k, double[] t, int to, int row, int step, double[] b, int bo, int line) {
    double t10 = -t[to + row];
    double t20 = -t[to + 2 * row];
    double t21 = -t[to + 2 * row + step];
    double t30 = -t[to + 3 * row];
    double t31 = -t[to + 3 * row + step];
    double t32 = -t[to + 3 * row + 2 * step];
    DoubleVector zero = DoubleVector.zero(S);
    int b1 = bo + line;
    int b2 = b1 + line;
    int b3 = b2 + line;
    for (int j = 0, end = k & -V; j < end; j += V) {
      DoubleVector x0 = DoubleVector.fromArray(S, b, bo + j).add(zero);
      DoubleVector x1 = DoubleVector.fromArray(S, b, b1 + j);
      x1 = x0.fma(DoubleVector.broadcast(S, t10), x1).add(zero);
      DoubleVector x2 = DoubleVector.fromArray(S, b, b2 + j);
      x2 = x0.fma(DoubleVector.broadcast(S, t20), x2);
      x2 = x1.fma(DoubleVector.broadcast(S, t21), x2).add(zero);
      DoubleVector x3 = DoubleVector.fromArray(S, b, b3 + j);
      x3 = x0.fma(DoubleVector.broadcast(S, t30), x3);
      x3 = x1.fma(DoubleVector.broadcast(S, t31), x3);
      x3 = x2.fma(DoubleVector.broadcast(S, t32), x3).add(zero);
      x0.intoArray(b, bo + j);
      x1.intoArray(b, b1 + j);
      x2.intoArray(b, b2 + j);
      x3.intoArray(b, b3 + j);
    }
  }

  private static void divided(
      int k, double[] t, int to, int row, int step, double[] b, int bo, int line) {
    double t00 = t[to];
    double t10 = -t[to + row];
    double t11 = t[to + row + step];
    double t20 = -t[to + 2 * row];
    double t21 = -t[to + 2 * row + step];
    double t22 = t[to + 2 * (row + step)];
    double t30 = -t[to + 3 * row];
    double t31 = -t[to + 3 * row + step];
    double t32 = -t[to + 3 * row + 2 * step];
    double t33 = t[to + 3 * (row + step)];
    DoubleVector zero = DoubleVector.zero(S);
    int b1 = bo + line;
    int b2 = b1 + line;
    int b3 = b2 + line;
    for (int j = 0, end = k & -V; j < end; j += V) {
      DoubleVector x0 = DoubleVector.fromArray(S, b, bo + j).add(zero);
      x0 = x0.div(DoubleVector.broadcast(S, t00));
      DoubleVector x1 = DoubleVector.fromArray(S, b, b1 + j);
      x1 = x0.fma(DoubleVector.broadcast(S, t10), x1).add(zero);
      x1 = x1.div(DoubleVector.broadcast(S, t11));
      DoubleVector x2 = DoubleVector.fromArray(S, b, b2 + j);
      x2 = x0.fma(DoubleVector.broadcast(S, t20), x2);
      x2 = x1.fma(DoubleVector.broadcast(S, t21), x2).add(zero);
      x2 = x2.div(DoubleVector.broadcast(S, t22));
      DoubleVector x3 = DoubleVector.fromArray(S, b, b3 + j);
      x3 = x0.fma(DoubleVector.broadcast(S, t30), x3);
      x3 = x1.fma(DoubleVector.broadcast(S, t31), x3);
      x3 = x2.fma(DoubleVector.broadcast(S, t32), x3).add(zero);
      x3 = x3.div(DoubleVector.broadcast(S, t33));
      x0.intoArray(b, bo + j);
      x1.intoArray(b, b1 + j);
      x2.intoArray(b, b2 + j);
      x3.intoArray(b, b3 + j);
    }
  }
}
