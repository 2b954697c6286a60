package dini.core.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of one argument that cost no more than reading it, over ranges of double. 256 bits:
 * arrays are rarely aligned to 64 bytes, and what straddles cache lines costs more than wide
 * vectors gain.
 */
final class VectorUnary64 {

  private static final VectorSpecies<Double> S = VectorBinary64.S;

  /** Numbers of this magnitude and above are integers. */
  private static final double INTEGERS = 0x1p52;

  private VectorUnary64() {}

  static void apply(UnaryKernel op, double[] x, int xo, double[] out, int oo, int n) {
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
      case EXP -> VectorFunctions64.exp(x, xo, out, oo, n);
      case EXPM1 -> VectorFunctions64.expm1(x, xo, out, oo, n);
      case LOG -> VectorFunctions64.log(x, xo, out, oo, n);
      case LOG1P -> VectorFunctions64.log1p(x, xo, out, oo, n);
      case TANH -> VectorFunctions64.tanh(x, xo, out, oo, n);
      case SIGMOID -> VectorFunctions64.sigmoid(x, xo, out, oo, n);
      case SOFTPLUS -> VectorFunctions64.softplus(x, xo, out, oo, n);
      case SECH_SQUARED -> VectorFunctions64.sechSquared(x, xo, out, oo, n);
      case SIN, COS -> ScalarUnary.apply(op, x, xo, out, oo, n);
    }
  }

  static void neg(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.neg().intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = -x[xo + i];
    }
  }

  static void abs(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.abs().intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.abs(x[xo + i]);
    }
  }

  static void square(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.mul(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = x[xo + i] * x[xo + i];
    }
  }

  static void reciprocal(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      DoubleVector.broadcast(S, 1.0).div(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = 1 / x[xo + i];
    }
  }

  static void sqrt(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.sqrt().intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.sqrt(x[xo + i]);
    }
  }

  static void relu(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v.max(0.0).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], 0);
    }
  }

  static void sign(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      signOf(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.signum(x[xo + i]);
    }
  }

  static void floor(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      floorOf(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.floor(x[xo + i]);
    }
  }

  static void ceil(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      ceilOf(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.ceil(x[xo + i]);
    }
  }

  static void round(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      rounded(v).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.rint(x[xo + i]);
    }
  }

  private static DoubleVector signOf(DoubleVector v) {
    DoubleVector y = v.blend(1.0, v.compare(GT, 0.0));
    return y.blend(-1.0, v.compare(LT, 0.0));
  }

  private static DoubleVector rounded(DoubleVector v) {
    DoubleVector a = v.abs();
    DoubleVector r = a.add(INTEGERS).sub(INTEGERS);
    return v.blend(withSign(r, v), a.compare(LT, INTEGERS));
  }

  private static DoubleVector floorOf(DoubleVector v) {
    DoubleVector r = rounded(v);
    return r.blend(withSign(r.sub(1.0), v), r.compare(GT, v));
  }

  private static DoubleVector ceilOf(DoubleVector v) {
    DoubleVector r = rounded(v);
    return r.blend(withSign(r.add(1.0), v), r.compare(LT, v));
  }

  /** The zero that rounding -0.3 gives is negative. */
  private static DoubleVector withSign(DoubleVector y, DoubleVector v) {
    LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
    return y.abs().reinterpretAsLongs().or(sign).reinterpretAsDoubles();
  }
}
