package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * FLOAT64 functions on vectors: {@link Logistic} and others in two passes over chunks, the first of
 * which is in {@link VectorExponential}.
 */
final class VectorUnary64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  /** What is computed in between stays in the nearest cache. */
  private static final int CHUNK = 256;

  private VectorUnary64() {}

  static boolean has(UnaryKernel op) {
    return switch (op) {
      case EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID, SOFTPLUS, SECH_SQUARED, SILU -> true;
      case SIN, COS, TAN, LOG2, LOG10, ASIN, ACOS, ATAN, EXP2, SINH, COSH -> true;
      case ERF, ERFC, GELU, GELU_TANH, CBRT -> true;
      default -> false;
    };
  }

  /** False, and nothing done, where {@link #has} says so. */
  static boolean apply(UnaryKernel op, double[] x, int xo, double[] out, int oo, int n) {
    switch (op) {
      case EXP -> VectorExponential.exp(false, 1.0, 0, x, xo, out, oo, n);
      case EXPM1 -> VectorExponential.expm1(x, xo, out, oo, n);
      case LOG -> VectorLogarithm.log(x, xo, out, oo, n);
      case LOG1P -> VectorLogarithm.log1p(x, xo, out, oo, n);
      case SIN -> VectorCircular.sin(x, xo, out, oo, n);
      case COS -> VectorCircular.cos(x, xo, out, oo, n);
      case ASIN -> VectorInverseCircular.asin(x, xo, out, oo, n);
      case ACOS -> VectorInverseCircular.acos(x, xo, out, oo, n);
      case ATAN -> VectorInverseCircular.atan(x, xo, out, oo, n);
      case EXP2 -> VectorExponential.exp2(x, xo, out, oo, n);
      case CBRT -> VectorCubeRoot.cbrt(x, xo, out, oo, n);
      case LOG2 -> VectorPower.log2(x, xo, out, oo, n);
      case LOG10 -> VectorPower.log10(x, xo, out, oo, n);
      case TAN -> VectorCircular.tan(x, xo, out, oo, n);
      case TANH -> VectorTanh.tanh(x, xo, out, oo, n);
      case SECH_SQUARED -> VectorTanh.sechSquared(x, xo, out, oo, n);
      case SIGMOID, SOFTPLUS, SILU, SINH, COSH, ERF, ERFC, GELU, GELU_TANH ->
          inChunks(op, x, xo, out, oo, n);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void inChunks(UnaryKernel op, double[] x, int xo, double[] out, int oo, int n) {
    double[] e = Chunks.get(Chunks.FUNCTION);
    for (int from = 0; from < n; from += CHUNK) {
      int length = Math.min(CHUNK, n - from);
      int at = xo + from;
      int to = oo + from;
      switch (op) {
        case ERF -> VectorErrorFunction.erf(x, at, e, out, to, length);
        case ERFC -> VectorErrorFunction.erfc(x, at, e, out, to, length);
        case GELU -> VectorErrorFunction.gelu(x, at, e, out, to, length);
        case GELU_TANH -> {
          cubic(x, at, e, length);
          VectorExponential.exp(true, -1.0, 0, e, 0, e, 0, length);
          geluTanh(x, at, e, out, to, length);
        }
        case SINH -> {
          VectorExponential.exp(true, 1.0, 1, x, at, e, 0, length);
          VectorHyperbolic.sinh(x, at, e, out, to, length);
        }
        case COSH -> {
          VectorExponential.exp(true, 1.0, 1, x, at, e, 0, length);
          VectorHyperbolic.cosh(x, at, e, out, to, length);
        }
        case SIGMOID -> {
          VectorExponential.exp(true, -1.0, 0, x, at, e, 0, length);
          sigmoid(x, at, e, out, to, length);
        }
        case SILU -> {
          VectorExponential.exp(true, -1.0, 0, x, at, e, 0, length);
          silu(x, at, e, out, to, length);
        }
        case SOFTPLUS -> {
          VectorExponential.exp(true, -1.0, 0, x, at, e, 0, length);
          VectorLogarithm.log1p(e, 0, e, 0, length);
          softplus(x, at, e, out, to, length);
        }
        default -> throw new AssertionError(op);
      }
    }
  }

  /** From {@code e = exp(-|x|)}. */
  private static void sigmoid(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int i = 0, end = n & -V; i < end; i += V) {
      DoubleVector u = DoubleVector.fromArray(S, e, i);
      VectorMask<Double> negative =
          DoubleVector.fromArray(S, x, xo + i).compare(VectorOperators.LT, 0.0);
      one.blend(u, negative).div(u.add(1.0)).intoArray(out, oo + i);
    }
    for (int i = n & -V; i < n; i++) {
      out[oo + i] = Logistic.sigmoid(x[xo + i]);
    }
  }

  /** From {@code e = exp(-|x|)}. */
  private static void silu(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int i = 0, end = n & -V; i < end; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector u = DoubleVector.fromArray(S, e, i);
      DoubleVector top = one.blend(u, v.compare(VectorOperators.LT, 0.0));
      DoubleVector y = v.mul(top.div(u.add(1.0)));
      y.blend(-0.0, v.compare(VectorOperators.LT, -750.0)).intoArray(out, oo + i);
    }
    for (int i = n & -V; i < n; i++) {
      out[oo + i] = Logistic.silu(x[xo + i]);
    }
  }

  /** {@code e = 2 sqrt(2 / pi) (x + 0.044715 x^3)}; whole vectors, since the rest goes scalar. */
  private static void cubic(double[] x, int xo, double[] e, int n) {
    for (int i = 0, end = n & -V; i < end; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.add(v.mul(v).mul(v).mul(0.044715)).mul(Logistic.STEEPNESS).intoArray(e, i);
    }
  }

  /** From {@code e = exp(-|u|)} with the u of {@link #cubic}, which has the sign of x. */
  private static void geluTanh(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int i = 0, end = n & -V; i < end; i += V) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector u = DoubleVector.fromArray(S, e, i);
      DoubleVector top = one.blend(u, v.compare(VectorOperators.LT, 0.0));
      DoubleVector y = v.mul(top.div(u.add(1.0)));
      y.blend(-0.0, v.compare(VectorOperators.LT, -30.0)).intoArray(out, oo + i);
    }
    for (int i = n & -V; i < n; i++) {
      out[oo + i] = Logistic.geluTanh(x[xo + i]);
    }
  }

  /** From {@code e = log1p(exp(-|x|))}. */
  private static void softplus(double[] x, int xo, double[] e, double[] out, int oo, int n) {
    DoubleVector zero = DoubleVector.zero(S);
    for (int i = 0, end = n & -V; i < end; i += V) {
      DoubleVector top = DoubleVector.fromArray(S, x, xo + i).max(zero);
      top.add(DoubleVector.fromArray(S, e, i)).intoArray(out, oo + i);
    }
    for (int i = n & -V; i < n; i++) {
      out[oo + i] = Logistic.softplus(x[xo + i]);
    }
  }
}
