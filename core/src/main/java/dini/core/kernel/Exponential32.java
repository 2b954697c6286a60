package dini.core.kernel;

/**
 * {@code exp} of float in float arithmetic, by the steps of {@link Exponential}: straight-line code
 * and selects, to be copied operation by operation. The polynomial is a minimax one, of degree 6 in
 * all, with an error below 2^-28 of the result.
 */
final class Exponential32 {

  /** As {@link Exponential#SHIFTER}; its bits vanish when they are shifted left by 23. */
  static final float SHIFTER = 0x1.8p23f;

  static final int SHIFTER_BITS = 0x4b400000;

  static final float LOG2_E = 0x1.715476p0f;

  /** The leading 15 bits of ln 2: its products with exponents are exact. */
  static final float LN2_HIGH = 0x1.62e4p-1f;

  static final float LN2_LOW = 0x1.7f7d1cp-20f;

  static final float LN2 = 0x1.62e430p-1f;

  /** {@code (e^r - 1 - r) / r^2} for {@code |r| <= ln(2) / 2}, the highest coefficient last. */
  static final float E0 = 0x1.000000p-1f;

  static final float E1 = 0x1.55548ep-3f;
  static final float E2 = 0x1.55545cp-5f;
  static final float E3 = 0x1.123c78p-7f;
  static final float E4 = 0x1.6db5a2p-10f;

  private Exponential32() {}

  /** {@code e^x}: below 1 ulp; 0 below -103.98, infinite above 88.73. */
  static float exp(float x) {
    float t = x > 89.0f ? 89.0f : x;
    t = t < -104.0f ? -104.0f : t;
    float shifted = Math.fma(t, LOG2_E, SHIFTER);
    float minus = SHIFTER - shifted;
    float r = Math.fma(minus, LN2_HIGH, t);
    r = Math.fma(minus, LN2_LOW, r);
    float p = Math.fma(series(r), r, 1.0f);
    p = Math.fma(p, r, 1.0f);
    // two factors, for one rounding where the result is subnormal and no overflow on the way
    int exponent = Float.floatToRawIntBits(shifted) - SHIFTER_BITS;
    int half = exponent >> 1;
    return p * powerOfTwo(half) * powerOfTwo(exponent - half);
  }

  static float series(float r) {
    float q = Math.fma(E4, r, E3);
    q = Math.fma(q, r, E2);
    q = Math.fma(q, r, E1);
    return Math.fma(q, r, E0);
  }

  /** {@code 2^k} for {@code -126 <= k <= 127}. */
  static float powerOfTwo(int k) {
    return Float.intBitsToFloat(k + 127 << 23);
  }
}
