package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic on ranges of float. 256 bits: arrays are rarely aligned to 64 bytes, and what
 * straddles cache lines costs more than wide vectors gain. C2 does not vectorize such loops itself
 * where the offsets differ, for fear of aliases.
 */
final class VectorBinary32 {

  static final VectorSpecies<Float> S =
      FloatVector.SPECIES_PREFERRED.vectorBitSize() < 256
          ? FloatVector.SPECIES_PREFERRED
          : FloatVector.SPECIES_256;

  private VectorBinary32() {}

  static void apply(
      BinaryKernel op, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    switch (op) {
      case ADD -> add(x, xo, y, yo, out, oo, n);
      case SUB -> sub(x, xo, y, yo, out, oo, n);
      case MUL -> mul(x, xo, y, yo, out, oo, n);
      case DIV -> div(x, xo, y, yo, out, oo, n);
      case MAX -> max(x, xo, y, yo, out, oo, n);
      case MIN -> min(x, xo, y, yo, out, oo, n);
      case POW -> ScalarBinary.apply(op, x, xo, y, yo, out, oo, n);
    }
  }

  static void apply(BinaryKernel op, float[] x, int xo, float y, float[] out, int oo, int n) {
    switch (op) {
      case ADD -> add(x, xo, y, out, oo, n);
      case SUB -> sub(x, xo, y, out, oo, n);
      case MUL -> mul(x, xo, y, out, oo, n);
      case DIV -> div(x, xo, y, out, oo, n);
      case MAX -> max(x, xo, y, out, oo, n);
      case MIN -> min(x, xo, y, out, oo, n);
      case POW -> ScalarBinary.apply(op, x, xo, y, out, oo, n);
    }
  }

  static void apply(BinaryKernel op, float x, float[] y, int yo, float[] out, int oo, int n) {
    switch (op) {
      case ADD -> add(y, yo, x, out, oo, n);
      case SUB -> sub(x, y, yo, out, oo, n);
      case MUL -> mul(y, yo, x, out, oo, n);
      case DIV -> div(x, y, yo, out, oo, n);
      case MAX -> max(y, yo, x, out, oo, n);
      case MIN -> min(y, yo, x, out, oo, n);
      case POW -> ScalarBinary.apply(op, x, y, yo, out, oo, n);
    }
  }

  static void add(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector w = FloatVector.fromArray(S, y, yo + i);
      v.add(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] + y[yo + i];
    }
  }

  static void add(float[] x, int xo, float y, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.add(y).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] + y;
    }
  }

  static void sub(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector w = FloatVector.fromArray(S, y, yo + i);
      v.sub(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] - y[yo + i];
    }
  }

  static void sub(float[] x, int xo, float y, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.sub(y).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] - y;
    }
  }

  static void sub(float x, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector w = FloatVector.fromArray(S, y, yo + i);
      FloatVector.broadcast(S, x).sub(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x - y[yo + i];
    }
  }

  static void mul(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector w = FloatVector.fromArray(S, y, yo + i);
      v.mul(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] * y[yo + i];
    }
  }

  static void mul(float[] x, int xo, float y, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.mul(y).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] * y;
    }
  }

  static void div(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector w = FloatVector.fromArray(S, y, yo + i);
      v.div(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] / y[yo + i];
    }
  }

  static void div(float[] x, int xo, float y, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.div(y).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] / y;
    }
  }

  static void div(float x, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector w = FloatVector.fromArray(S, y, yo + i);
      FloatVector.broadcast(S, x).div(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x / y[yo + i];
    }
  }

  static void max(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector w = FloatVector.fromArray(S, y, yo + i);
      v.max(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], y[yo + i]);
    }
  }

  static void max(float[] x, int xo, float y, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.max(y).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], y);
    }
  }

  static void min(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector w = FloatVector.fromArray(S, y, yo + i);
      v.min(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.min(x[xo + i], y[yo + i]);
    }
  }

  static void min(float[] x, int xo, float y, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.min(y).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.min(x[xo + i], y);
    }
  }

  static void axpy(float a, float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector w = FloatVector.fromArray(S, y, yo + i);
      FloatVector.broadcast(S, a).fma(v, w).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = Math.fma(a, x[xo + i], y[yo + i]);
    }
  }

  /** Four steps of {@code axpy} in one pass over y, in the order of the rows of A. */
  static void axpy4(
      float a0,
      float a1,
      float a2,
      float a3,
      float[] a,
      int ao,
      int row,
      float[] y,
      int yo,
      int n) {
    int i = 0;
    int o1 = ao + row;
    int o2 = o1 + row;
    int o3 = o2 + row;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector s = FloatVector.fromArray(S, y, yo + i);
      s = FloatVector.fromArray(S, a, ao + i).fma(FloatVector.broadcast(S, a0), s);
      s = FloatVector.fromArray(S, a, o1 + i).fma(FloatVector.broadcast(S, a1), s);
      s = FloatVector.fromArray(S, a, o2 + i).fma(FloatVector.broadcast(S, a2), s);
      s = FloatVector.fromArray(S, a, o3 + i).fma(FloatVector.broadcast(S, a3), s);
      s.intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      float s = Math.fma(a0, a[ao + i], y[yo + i]);
      s = Math.fma(a1, a[o1 + i], s);
      s = Math.fma(a2, a[o2 + i], s);
      y[yo + i] = Math.fma(a3, a[o3 + i], s);
    }
  }
}
