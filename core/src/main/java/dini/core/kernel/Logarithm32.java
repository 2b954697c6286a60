package dini.core.kernel;

/**
 * {@code log} of float in float arithmetic: straight-line code and selects, to be copied operation
 * by operation. The argument is written as {@code 2^k (1 + f)} with {@code sqrt(1/2) <= 1 + f <
 * sqrt(2)}; a minimax polynomial, of degree 10 in all, gives {@code log(1 + f)} with an error below
 * 2^-27 of it. No division, unlike {@link Logarithm}: in float the polynomial is short.
 */
final class Logarithm32 {

  static final int ROOT_HALF_BITS = 0x3f3504f3;
  static final int FRACTION_MASK = 0x007fffff;

  /** {@code (log(1 + f) - f) / f^2}, the highest coefficient last. */
  static final float L0 = -0x1.fffff8p-2f;

  static final float L1 = 0x1.555550p-2f;
  static final float L2 = -0x1.000426p-2f;
  static final float L3 = 0x1.99a3f2p-3f;
  static final float L4 = -0x1.54276ep-3f;
  static final float L5 = 0x1.2271a8p-3f;
  static final float L6 = -0x1.0f376cp-3f;
  static final float L7 = 0x1.084822p-3f;
  static final float L8 = -0x1.382f64p-4f;

  private Logarithm32() {}

  /** The natural logarithm: below 1 ulp; NaN for negative x, -infinity for both zeros. */
  static float log(float x) {
    boolean subnormal = x < Float.MIN_NORMAL;
    float normal = subnormal ? x * 0x1p24f : x;
    int u = Float.floatToRawIntBits(normal) - ROOT_HALF_BITS;
    float k = u >> 23;
    k = subnormal ? k - 24.0f : k;
    float f = Float.intBitsToFloat((u & FRACTION_MASK) + ROOT_HALF_BITS) - 1.0f;
    float y = Math.fma(k, Exponential32.LN2, Math.fma(f * f, series(f), f));
    y = x == Float.POSITIVE_INFINITY ? x : y;
    y = x == 0.0f ? Float.NEGATIVE_INFINITY : y;
    return x >= 0.0f ? y : Float.NaN;
  }

  private static float series(float f) {
    float q = Math.fma(L8, f, L7);
    q = Math.fma(q, f, L6);
    q = Math.fma(q, f, L5);
    q = Math.fma(q, f, L4);
    q = Math.fma(q, f, L3);
    q = Math.fma(q, f, L2);
    q = Math.fma(q, f, L1);
    return Math.fma(q, f, L0);
  }
}
