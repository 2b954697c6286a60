package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Loops of {@link VectorFunctions} over FLOAT64. */
final class VectorUnary64 {
  private static final VectorSpecies<Double> S = VectorFunctions.S;

  private static final int V = S.length();

  private static final int CHUNK = 512;

  private VectorUnary64() {}

  static boolean has(UnaryKernel op) {
    return switch (op) {
      case EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID, SOFTPLUS, SECH_SQUARED -> true;
      default -> false;
    };
  }

  /** False, and nothing done, for what the scalar twin does as fast. */
  static boolean apply(UnaryKernel op, double[] x, int xo, double[] out, int oo, int n) {
    switch (op) {
      case EXP -> exp(x, xo, out, oo, n);
      case EXPM1 -> expm1(x, xo, out, oo, n);
      case LOG -> log(x, xo, out, oo, n);
      case LOG1P -> log1p(x, xo, out, oo, n);
      case TANH -> tanh(x, xo, out, oo, n);
      case SIGMOID -> sigmoid(x, xo, out, oo, n);
      case SOFTPLUS -> softplus(x, xo, out, oo, n);
      case SECH_SQUARED -> sechSquared(x, xo, out, oo, n);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void exp(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      VectorFunctions.exp(DoubleVector.fromArray(S, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Exponential.exp(x[xo + i]);
    }
  }

  private static void expm1(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      VectorFunctions.expm1(DoubleVector.fromArray(S, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Exponential.expm1(x[xo + i]);
    }
  }

  private static void log(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      VectorFunctions.log(DoubleVector.fromArray(S, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Logarithm.log(x[xo + i]);
    }
  }

  private static void log1p(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      VectorFunctions.log1p(DoubleVector.fromArray(S, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Logarithm.log1p(x[xo + i]);
    }
  }

  private static void tanh(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      VectorFunctions.tanh(DoubleVector.fromArray(S, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Hyperbolic.tanh(x[xo + i]);
    }
  }

  private static void sigmoid(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      VectorFunctions.sigmoid(DoubleVector.fromArray(S, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Logistic.sigmoid(x[xo + i]);
    }
  }

  /** In two passes over chunks: both functions in one loop are too long for C2. */
  private static void softplus(double[] x, int xo, double[] out, int oo, int n) {
    double[] e = new double[Math.min(n, CHUNK)];
    for (int i = 0; i < n; i += CHUNK) {
      int length = Math.min(CHUNK, n - i);
      negativeExp(x, xo + i, e, length);
      softplus(x, xo + i, e, out, oo + i, length);
    }
  }

  /** {@code e = exp(-|x|)}. */
  private static void negativeExp(double[] x, int xo, double[] e, int n) {
    for (int i = 0, end = n & -V; i < end; i += V) {
      VectorFunctions.exp(DoubleVector.fromArray(S, x, xo + i).abs().neg()).intoArray(e, i);
    }
  }

  private static void softplus(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      DoubleVector top = DoubleVector.fromArray(S, x, xo + i).max(DoubleVector.zero(S));
      DoubleVector rest = VectorFunctions.log1p(DoubleVector.fromArray(S, e, i));
      top.add(rest).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Logistic.softplus(x[xo + i]);
    }
  }

  private static void sechSquared(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      VectorFunctions.sechSquared(DoubleVector.fromArray(S, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Hyperbolic.sechSquared(x[xo + i]);
    }
  }
}
