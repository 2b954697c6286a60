package dini.core.kernel;

/**
 * {@code tanh} and its derivative of float in float arithmetic, by the steps of {@link Hyperbolic},
 * to be copied operation by operation.
 */
final class Hyperbolic32 {

  /**
   * Up to here the reciprocal in the quotient of tanh is a normal number and has all its digits;
   * tanh itself is 1 from 9.1 up.
   */
  static final float FAR = 43.0f;

  private Hyperbolic32() {}

  /** The hyperbolic tangent: below 2 ulp. */
  static float tanh(float x) {
    float e = expm1OfTwice(x);
    return tanh(x, e, quotient(e));
  }

  /** {@code 1 / cosh(x)^2}: below 3 ulp. Beyond {@link #FAR} computed in double and rounded. */
  static float sechSquared(float x) {
    float e = expm1OfTwice(x);
    return sechSquared(x, e, quotient(e));
  }

  /** Both at once: the bits of each. */
  static void tanhAndSechSquared(
      float[] x, int xo, float[] tanh, int to, float[] slope, int so, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      float e = expm1OfTwice(v);
      float q = quotient(e);
      tanh[to + i] = tanh(v, e, q);
      slope[so + i] = sechSquared(v, e, q);
    }
  }

  /** {@code expm1(2 min(|x|, FAR))}. */
  private static float expm1OfTwice(float x) {
    float a = Math.abs(x);
    float twice = a + a;
    float t = twice > 2.0f * FAR ? 2.0f * FAR : twice;
    float shifted = Math.fma(t, Exponential32.LOG2_E, Exponential32.SHIFTER);
    float minus = Exponential32.SHIFTER - shifted;
    float r = Math.fma(minus, Exponential32.LN2_HIGH, t);
    r = Math.fma(minus, Exponential32.LN2_LOW, r);
    float em1 = Math.fma(r * r, Exponential32.series(r), r);
    // 2^k: the shifter's own bits are shifted out
    float s = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) + 127 << 23);
    return Math.fma(s, em1, s - 1.0f);
  }

  private static float quotient(float e) {
    float d = e + 2.0f;
    float rest = e - (d - 2.0f);
    float inverse = -1.0f / d;
    float n = e > 2.0f ? -2.0f : e;
    float q = n * inverse;
    // one step of division with the part of d that was rounded off
    float remainder = Math.fma(q, rest, Math.fma(q, d, n));
    return Math.fma(remainder, inverse, q);
  }

  private static float tanh(float x, float e, float q) {
    return Math.copySign(e > 2.0f ? 1.0f - q : q, x);
  }

  private static float sechSquared(float x, float e, float q) {
    if (Math.abs(x) > FAR) {
      return (float) Hyperbolic.sechSquared(x);
    }
    return Math.fma(-q, q, e > 2.0f ? q + q : 1.0f);
  }
}
