package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * FLOAT32 elementwise arithmetic. C2 leaves the scalar loops as they are, since for all it knows
 * the output overlaps the inputs.
 */
final class VectorBinary32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorBinary32() {}

  /** False, and nothing done, for what the scalar twin does as fast. */
  static boolean apply(
      BinaryKernel op, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    switch (op) {
      case ADD -> add(x, xo, y, yo, out, oo, n);
      case SUB -> sub(x, xo, y, yo, out, oo, n);
      case MUL -> mul(x, xo, y, yo, out, oo, n);
      case DIV -> div(x, xo, y, yo, out, oo, n);
      case MAX -> max(x, xo, y, yo, out, oo, n);
      case MIN -> min(x, xo, y, yo, out, oo, n);
      case POW -> VectorWidened.apply(op, x, xo, y, yo, out, oo, n);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** False, and nothing done, for what the scalar twin does as fast. */
  static boolean apply(BinaryKernel op, float[] x, int xo, float y, float[] out, int oo, int n) {
    switch (op) {
      case ADD -> add(x, xo, y, out, oo, n);
      case SUB -> sub(x, xo, y, out, oo, n);
      case MUL -> mul(x, xo, y, out, oo, n);
      case DIV -> div(x, xo, y, out, oo, n);
      case MAX -> max(x, xo, y, out, oo, n);
      case MIN -> min(x, xo, y, out, oo, n);
      case POW -> VectorWidened.apply(op, x, xo, y, out, oo, n);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** False, and nothing done, for what the scalar twin does as fast. */
  static boolean apply(BinaryKernel op, float x, float[] y, int yo, float[] out, int oo, int n) {
    switch (op) {
      case ADD -> add(y, yo, x, out, oo, n);
      case SUB -> sub(x, y, yo, out, oo, n);
      case MUL -> mul(y, yo, x, out, oo, n);
      case DIV -> div(x, y, yo, out, oo, n);
      case MAX -> max(y, yo, x, out, oo, n);
      case MIN -> min(y, yo, x, out, oo, n);
      case POW -> VectorWidened.apply(op, x, y, yo, out, oo, n);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void add(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i)
          .add(FloatVector.fromArray(S, y, yo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] + y[yo + i];
    }
  }

  private static void add(float[] x, int xo, float y, float[] out, int oo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i).add(right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] + y;
    }
  }

  private static void sub(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i)
          .sub(FloatVector.fromArray(S, y, yo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] - y[yo + i];
    }
  }

  private static void sub(float[] x, int xo, float y, float[] out, int oo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i).sub(right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] - y;
    }
  }

  private static void sub(float x, float[] y, int yo, float[] out, int oo, int n) {
    FloatVector left = FloatVector.broadcast(S, x);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      left.sub(FloatVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x - y[yo + i];
    }
  }

  private static void mul(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i)
          .mul(FloatVector.fromArray(S, y, yo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] * y[yo + i];
    }
  }

  private static void mul(float[] x, int xo, float y, float[] out, int oo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i).mul(right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] * y;
    }
  }

  private static void div(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i)
          .div(FloatVector.fromArray(S, y, yo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] / y[yo + i];
    }
  }

  private static void div(float[] x, int xo, float y, float[] out, int oo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i).div(right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] / y;
    }
  }

  private static void div(float x, float[] y, int yo, float[] out, int oo, int n) {
    FloatVector left = FloatVector.broadcast(S, x);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      left.div(FloatVector.fromArray(S, y, yo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x / y[yo + i];
    }
  }

  private static void max(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i)
          .max(FloatVector.fromArray(S, y, yo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], y[yo + i]);
    }
  }

  private static void max(float[] x, int xo, float y, float[] out, int oo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i).max(right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], y);
    }
  }

  private static void min(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i)
          .min(FloatVector.fromArray(S, y, yo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.min(x[xo + i], y[yo + i]);
    }
  }

  private static void min(float[] x, int xo, float y, float[] out, int oo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector.fromArray(S, x, xo + i).min(right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.min(x[xo + i], y);
    }
  }

  static void axpy(float a, float[] x, int xo, float[] y, int yo, int n) {
    FloatVector factor = FloatVector.broadcast(S, a);
    int i = 0;
    for (int end = n & -V; i < end; i += V) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.fma(factor, FloatVector.fromArray(S, y, yo + i)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = Math.fma(a, x[xo + i], y[yo + i]);
    }
  }
}
