package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * FLOAT64 elementwise arithmetic. C2 leaves the scalar loops as they are, since for all it knows
 * the output overlaps the inputs.
 */
final class VectorBinary64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorBinary64() {}

  /** False, and nothing done, for what the scalar twin does as fast. */
  static boolean apply(
      BinaryKernel op, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    switch (op) {
      case ADD -> add(x, xo, y, yo, out, oo, n);
      case SUB -> sub(x, xo, y, yo, out, oo, n);
      case MUL -> mul(x, xo, y, yo, out, oo, n);
      case DIV -> div(x, xo, y, yo, out, oo, n);
      case MAX -> max(x, xo, y, yo, out, oo, n);
      case MIN -> min(x, xo, y, yo, out, oo, n);
      case POW -> VectorPower.pow(x, xo, y, yo, out, oo, n);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** False, and nothing done, for what the scalar twin does as fast. */
  static boolean apply(BinaryKernel op, double[] x, int xo, double y, double[] out, int oo, int n) {
    switch (op) {
      case ADD -> add(x, xo, y, out, oo, n);
      case SUB -> sub(x, xo, y, out, oo, n);
      case MUL -> mul(x, xo, y, out, oo, n);
      case DIV -> div(x, xo, y, out, oo, n);
      case MAX -> max(x, xo, y, out, oo, n);
      case MIN -> min(x, xo, y, out, oo, n);
      case POW -> VectorPower.pow(x, xo, y, out, oo, n);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** False, and nothing done, for what the scalar twin does as fast. */
  static boolean apply(BinaryKernel op, double x, double[] y, int yo, double[] out, int oo, int n) {
    switch (op) {
      case ADD -> add(y, yo, x, out, oo, n);
      case SUB -> sub(x, y, yo, out, oo, n);
      case MUL -> mul(y, yo, x, out, oo, n);
      case DIV -> div(x, y, yo, out, oo, n);
      case MAX -> max(y, yo, x, out, oo, n);
      case MIN -> min(y, yo, x, out, oo, n);
      case POW -> VectorPower.pow(x, y, yo, out, oo, n);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void add(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i)
          .add(DoubleVector.fromArray(S, y, yo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] + y[yo + i];
    }
  }

  private static void add(double[] x, int xo, double y, double[] out, int oo, int n) {
    DoubleVector right = DoubleVector.broadcast(S, y);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i).add(right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] + y;
    }
  }

  private static void sub(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i)
          .sub(DoubleVector.fromArray(S, y, yo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] - y[yo + i];
    }
  }

  private static void sub(double[] x, int xo, double y, double[] out, int oo, int n) {
    DoubleVector right = DoubleVector.broadcast(S, y);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i).sub(right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] - y;
    }
  }

  private static void sub(double x, double[] y, int yo, double[] out, int oo, int n) {
    DoubleVector left = DoubleVector.broadcast(S, x);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      left.sub(DoubleVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x - y[yo + i];
    }
  }

  private static void mul(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i)
          .mul(DoubleVector.fromArray(S, y, yo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] * y[yo + i];
    }
  }

  private static void mul(double[] x, int xo, double y, double[] out, int oo, int n) {
    DoubleVector right = DoubleVector.broadcast(S, y);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i).mul(right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] * y;
    }
  }

  private static void div(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i)
          .div(DoubleVector.fromArray(S, y, yo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] / y[yo + i];
    }
  }

  private static void div(double[] x, int xo, double y, double[] out, int oo, int n) {
    DoubleVector right = DoubleVector.broadcast(S, y);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i).div(right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] / y;
    }
  }

  private static void div(double x, double[] y, int yo, double[] out, int oo, int n) {
    DoubleVector left = DoubleVector.broadcast(S, x);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      left.div(DoubleVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x / y[yo + i];
    }
  }

  private static void max(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i)
          .max(DoubleVector.fromArray(S, y, yo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], y[yo + i]);
    }
  }

  private static void max(double[] x, int xo, double y, double[] out, int oo, int n) {
    DoubleVector right = DoubleVector.broadcast(S, y);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i).max(right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], y);
    }
  }

  private static void min(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i)
          .min(DoubleVector.fromArray(S, y, yo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.min(x[xo + i], y[yo + i]);
    }
  }

  private static void min(double[] x, int xo, double y, double[] out, int oo, int n) {
    DoubleVector right = DoubleVector.broadcast(S, y);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector.fromArray(S, x, xo + i).min(right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.min(x[xo + i], y);
    }
  }

  static void axpy(double a, double[] x, int xo, double[] y, int yo, int n) {
    DoubleVector factor = DoubleVector.broadcast(S, a);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.fma(factor, DoubleVector.fromArray(S, y, yo + i)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = Math.fma(a, x[xo + i], y[yo + i]);
    }
  }
}
