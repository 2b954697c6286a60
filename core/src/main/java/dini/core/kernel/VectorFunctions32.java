package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The transcendental functions over ranges of float: widened, computed in double, rounded. */
final class VectorFunctions32 {

  private static final VectorSpecies<Double> S = VectorExponential.S;

  /** As many floats as {@code S} has doubles. */
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(S.vectorBitSize() / 2));

  private VectorFunctions32() {}

  private static DoubleVector wide(FloatVector v) {
    return (DoubleVector) v.castShape(S, 0);
  }

  private static FloatVector narrow(DoubleVector v) {
    return (FloatVector) v.castShape(HALF, 0);
  }

  static void exp(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i));
      narrow(VectorExponential.exp(v)).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Float> rest = HALF.indexInRange(i, n);
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i, rest));
      narrow(VectorExponential.exp(v)).intoArray(out, oo + i, rest);
    }
  }

  static void expm1(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i));
      narrow(VectorExponential.expm1(v)).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Float> rest = HALF.indexInRange(i, n);
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i, rest));
      narrow(VectorExponential.expm1(v)).intoArray(out, oo + i, rest);
    }
  }

  static void log(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i));
      narrow(VectorLogarithm.log(v)).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Float> rest = HALF.indexInRange(i, n);
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i, rest));
      narrow(VectorLogarithm.log(v)).intoArray(out, oo + i, rest);
    }
  }

  static void log1p(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i));
      narrow(VectorLogarithm.log1p(v)).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Float> rest = HALF.indexInRange(i, n);
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i, rest));
      narrow(VectorLogarithm.log1p(v)).intoArray(out, oo + i, rest);
    }
  }

  static void tanh(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i));
      narrow(VectorHyperbolic.tanh(v)).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Float> rest = HALF.indexInRange(i, n);
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i, rest));
      narrow(VectorHyperbolic.tanh(v)).intoArray(out, oo + i, rest);
    }
  }

  static void sechSquared(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i));
      narrow(VectorHyperbolic.sechSquared(v)).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Float> rest = HALF.indexInRange(i, n);
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i, rest));
      narrow(VectorHyperbolic.sechSquared(v)).intoArray(out, oo + i, rest);
    }
  }

  static void sigmoid(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i));
      narrow(VectorLogistic.sigmoid(v)).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Float> rest = HALF.indexInRange(i, n);
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i, rest));
      narrow(VectorLogistic.sigmoid(v)).intoArray(out, oo + i, rest);
    }
  }

  static void softplus(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i));
      narrow(VectorLogistic.softplus(v)).intoArray(out, oo + i);
    }
    if (i < n) {
      VectorMask<Float> rest = HALF.indexInRange(i, n);
      DoubleVector v = wide(FloatVector.fromArray(HALF, x, xo + i, rest));
      narrow(VectorLogistic.softplus(v)).intoArray(out, oo + i, rest);
    }
  }
}
