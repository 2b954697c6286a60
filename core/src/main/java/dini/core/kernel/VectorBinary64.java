package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic on ranges of double. 256 bits: arrays are rarely aligned to 64 bytes, and what
 * straddles cache lines costs more than wide vectors gain. C2 does not vectorize such loops itself
 * where the offsets differ, for fear of aliases.
 */
final class VectorBinary64 {

  static final VectorSpecies<Double> S =
      DoubleVector.SPECIES_PREFERRED.vectorBitSize() < 256
          ? DoubleVector.SPECIES_PREFERRED
          : DoubleVector.SPECIES_256;

  private VectorBinary64() {}

  static void apply(
      BinaryKernel op, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
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

  static void apply(BinaryKernel op, double[] x, int xo, double y, double[] out, int oo, int n) {
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

  static void apply(BinaryKernel op, double x, double[] y, int yo, double[] out, int oo, int n) {
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

  static void add(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(S, y, yo + i);
      v.add(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] + y[yo + i];
    }
  }

  static void add(double[] x, int xo, double y, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.add(y).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] + y;
    }
  }

  static void sub(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(S, y, yo + i);
      v.sub(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] - y[yo + i];
    }
  }

  static void sub(double[] x, int xo, double y, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.sub(y).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] - y;
    }
  }

  static void sub(double x, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector w = DoubleVector.fromArray(S, y, yo + i);
      DoubleVector.broadcast(S, x).sub(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x - y[yo + i];
    }
  }

  static void mul(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(S, y, yo + i);
      v.mul(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] * y[yo + i];
    }
  }

  static void mul(double[] x, int xo, double y, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.mul(y).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] * y;
    }
  }

  static void div(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(S, y, yo + i);
      v.div(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] / y[yo + i];
    }
  }

  static void div(double[] x, int xo, double y, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.div(y).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] / y;
    }
  }

  static void div(double x, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector w = DoubleVector.fromArray(S, y, yo + i);
      DoubleVector.broadcast(S, x).div(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x / y[yo + i];
    }
  }

  static void max(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(S, y, yo + i);
      v.max(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], y[yo + i]);
    }
  }

  static void max(double[] x, int xo, double y, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.max(y).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], y);
    }
  }

  static void min(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(S, y, yo + i);
      v.min(w).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.min(x[xo + i], y[yo + i]);
    }
  }

  static void min(double[] x, int xo, double y, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.min(y).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.min(x[xo + i], y);
    }
  }

  static void axpy(double a, double[] x, int xo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(S, y, yo + i);
      DoubleVector.broadcast(S, a).fma(v, w).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = Math.fma(a, x[xo + i], y[yo + i]);
    }
  }

  /** Four steps of {@code axpy} in one pass over y, in the order of the rows of A. */
  static void axpy4(
      double a0,
      double a1,
      double a2,
      double a3,
      double[] a,
      int ao,
      int row,
      double[] y,
      int yo,
      int n) {
    int i = 0;
    int o1 = ao + row;
    int o2 = o1 + row;
    int o3 = o2 + row;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector s = DoubleVector.fromArray(S, y, yo + i);
      s = DoubleVector.fromArray(S, a, ao + i).fma(DoubleVector.broadcast(S, a0), s);
      s = DoubleVector.fromArray(S, a, o1 + i).fma(DoubleVector.broadcast(S, a1), s);
      s = DoubleVector.fromArray(S, a, o2 + i).fma(DoubleVector.broadcast(S, a2), s);
      s = DoubleVector.fromArray(S, a, o3 + i).fma(DoubleVector.broadcast(S, a3), s);
      s.intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      double s = Math.fma(a0, a[ao + i], y[yo + i]);
      s = Math.fma(a1, a[o1 + i], s);
      s = Math.fma(a2, a[o2 + i], s);
      y[yo + i] = Math.fma(a3, a[o3 + i], s);
    }
  }
}
