package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** FLOAT64 functions of one element that are single instructions; see {@link VectorBinary64}. */
final class VectorCheap64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorCheap64() {}

  /** False, and nothing done, for all other functions. */
  static boolean apply(UnaryKernel op, double[] x, int xo, double[] out, int oo, int n) {
    switch (op) {
      case NEG -> neg(x, xo, out, oo, n);
      case ABS -> abs(x, xo, out, oo, n);
      case SQUARE -> square(x, xo, out, oo, n);
      case RECIPROCAL -> reciprocal(x, xo, out, oo, n);
      case SQRT -> sqrt(x, xo, out, oo, n);
      case RELU -> relu(x, xo, out, oo, n);
      case RSQRT -> rsqrt(x, xo, out, oo, n);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void neg(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i).neg().intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = -x[xo + i];
    }
  }

  private static void abs(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i).abs().intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.abs(x[xo + i]);
    }
  }

  private static void square(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.mul(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] * x[xo + i];
    }
  }

  private static void reciprocal(double[] x, int xo, double[] out, int oo, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      one.div(DoubleVector.fromArray(S, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = 1 / x[xo + i];
    }
  }

  private static void rsqrt(double[] x, int xo, double[] out, int oo, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector root = DoubleVector.fromArray(S, x, xo + i).lanewise(VectorOperators.SQRT);
      one.div(root).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = 1 / Math.sqrt(x[xo + i]);
    }
  }

  private static void sqrt(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i).lanewise(VectorOperators.SQRT).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.sqrt(x[xo + i]);
    }
  }

  private static void relu(double[] x, int xo, double[] out, int oo, int n) {
    DoubleVector zero = DoubleVector.zero(S);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i).max(zero).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], 0);
    }
  }
}
