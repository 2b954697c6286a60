package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** FLOAT32 functions of one element that are single instructions; see {@link VectorBinary32}. */
final class VectorCheap32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorCheap32() {}

  /** False, and nothing done, for all other functions. */
  static boolean apply(UnaryKernel op, float[] x, int xo, float[] out, int oo, int n) {
    switch (op) {
      case NEG -> neg(x, xo, out, oo, n);
      case ABS -> abs(x, xo, out, oo, n);
      case SQUARE -> square(x, xo, out, oo, n);
      case RECIPROCAL -> reciprocal(x, xo, out, oo, n);
      case SQRT -> sqrt(x, xo, out, oo, n);
      case RELU -> relu(x, xo, out, oo, n);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void neg(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i).neg().intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = -x[xo + i];
    }
  }

  private static void abs(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i).abs().intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.abs(x[xo + i]);
    }
  }

  private static void square(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.mul(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] * x[xo + i];
    }
  }

  private static void reciprocal(float[] x, int xo, float[] out, int oo, int n) {
    FloatVector one = FloatVector.broadcast(S, 1);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      one.div(FloatVector.fromArray(S, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = 1 / x[xo + i];
    }
  }

  private static void sqrt(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i).lanewise(VectorOperators.SQRT).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = (float) Math.sqrt(x[xo + i]);
    }
  }

  private static void relu(float[] x, int xo, float[] out, int oo, int n) {
    FloatVector zero = FloatVector.zero(S);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i).max(zero).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], 0);
    }
  }
}
