package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transcendental functions over ranges of double: one loop each, since a loop shared by
 * functions would box its vectors. The rest of a range is done under a mask.
 */
final class VectorFunctions64 {

  private static final VectorSpecies<Double> S = VectorExponential.S;

  private VectorFunctions64() {}

  static void exp(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      VectorExponential.exp(v).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Double> rest = S.indexInRange(i, n);
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i, rest);
      VectorExponential.exp(v).intoArray(out, oo + i, rest);
    }
  }

  static void expm1(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      VectorExponential.expm1(v).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Double> rest = S.indexInRange(i, n);
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i, rest);
      VectorExponential.expm1(v).intoArray(out, oo + i, rest);
    }
  }

  static void log(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      VectorLogarithm.log(v).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Double> rest = S.indexInRange(i, n);
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i, rest);
      VectorLogarithm.log(v).intoArray(out, oo + i, rest);
    }
  }

  static void log1p(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      VectorLogarithm.log1p(v).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Double> rest = S.indexInRange(i, n);
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i, rest);
      VectorLogarithm.log1p(v).intoArray(out, oo + i, rest);
    }
  }

  static void tanh(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      VectorHyperbolic.tanh(v).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Double> rest = S.indexInRange(i, n);
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i, rest);
      VectorHyperbolic.tanh(v).intoArray(out, oo + i, rest);
    }
  }

  static void sechSquared(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      VectorHyperbolic.sechSquared(v).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Double> rest = S.indexInRange(i, n);
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i, rest);
      VectorHyperbolic.sechSquared(v).intoArray(out, oo + i, rest);
    }
  }

  static void sigmoid(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      VectorLogistic.sigmoid(v).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Double> rest = S.indexInRange(i, n);
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i, rest);
      VectorLogistic.sigmoid(v).intoArray(out, oo + i, rest);
    }
  }

  static void softplus(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      VectorLogistic.softplus(v).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Double> rest = S.indexInRange(i, n);
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i, rest);
      VectorLogistic.softplus(v).intoArray(out, oo + i, rest);
    }
  }
}
