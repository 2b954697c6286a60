package dini.core.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of one argument that cost no more than reading it, over ranges of float. 256 bits:
 * arrays are rarely aligned to 64 bytes, and what straddles cache lines costs more than wide
 * vectors gain.
 */
final class VectorUnary32 {

  private static final VectorSpecies<Float> S = VectorBinary32.S;

  /** Numbers of this magnitude and above are integers. */
  private static final float INTEGERS = 0x1p23f;

  private VectorUnary32() {}

  static void apply(UnaryKernel op, float[] x, int xo, float[] out, int oo, int n) {
    switch (op) {
      case NEG -> neg(x, xo, out, oo, n);
      case ABS -> abs(x, xo, out, oo, n);
      case SIGN -> sign(x, xo, out, oo, n);
      case SQUARE -> square(x, xo, out, oo, n);
      case RECIPROCAL -> reciprocal(x, xo, out, oo, n);
      case SQRT -> sqrt(x, xo, out, oo, n);
      case RELU -> relu(x, xo, out, oo, n);
      case FLOOR -> floor(x, xo, out, oo, n);
      case CEIL -> ceil(x, xo, out, oo, n);
      case ROUND -> round(x, xo, out, oo, n);
      case EXP -> VectorFunctions32.exp(x, xo, out, oo, n);
      case EXPM1 -> VectorFunctions32.expm1(x, xo, out, oo, n);
      case LOG -> VectorFunctions32.log(x, xo, out, oo, n);
      case LOG1P -> VectorFunctions32.log1p(x, xo, out, oo, n);
      case TANH -> VectorFunctions32.tanh(x, xo, out, oo, n);
      case SIGMOID -> VectorFunctions32.sigmoid(x, xo, out, oo, n);
      case SOFTPLUS -> VectorFunctions32.softplus(x, xo, out, oo, n);
      case SECH_SQUARED -> VectorFunctions32.sechSquared(x, xo, out, oo, n);
      case SIN, COS -> ScalarUnary.apply(op, x, xo, out, oo, n);
    }
  }

  static void neg(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.neg().intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = -x[xo + i];
    }
  }

  static void abs(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.abs().intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.abs(x[xo + i]);
    }
  }

  static void square(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.mul(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] * x[xo + i];
    }
  }

  static void reciprocal(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector.broadcast(S, 1.0f).div(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = 1 / x[xo + i];
    }
  }

  static void sqrt(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.sqrt().intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = (float) Math.sqrt(x[xo + i]);
    }
  }

  static void relu(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.max(0.0f).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], 0);
    }
  }

  static void sign(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      signOf(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.signum(x[xo + i]);
    }
  }

  static void floor(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      floorOf(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = (float) Math.floor(x[xo + i]);
    }
  }

  static void ceil(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      ceilOf(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = (float) Math.ceil(x[xo + i]);
    }
  }

  static void round(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      rounded(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = (float) Math.rint(x[xo + i]);
    }
  }

  private static FloatVector signOf(FloatVector v) {
    FloatVector y = v.blend(1.0f, v.compare(GT, 0.0f));
    return y.blend(-1.0f, v.compare(LT, 0.0f));
  }

  private static FloatVector rounded(FloatVector v) {
    FloatVector a = v.abs();
    FloatVector r = a.add(INTEGERS).sub(INTEGERS);
    return v.blend(withSign(r, v), a.compare(LT, INTEGERS));
  }

  private static FloatVector floorOf(FloatVector v) {
    FloatVector r = rounded(v);
    return r.blend(withSign(r.sub(1.0f), v), r.compare(GT, v));
  }

  private static FloatVector ceilOf(FloatVector v) {
    FloatVector r = rounded(v);
    return r.blend(withSign(r.add(1.0f), v), r.compare(LT, v));
  }

  /** The zero that rounding -0.3f gives is negative. */
  private static FloatVector withSign(FloatVector y, FloatVector v) {
    IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
    return y.abs().reinterpretAsInts().or(sign).reinterpretAsFloats();
  }
}
