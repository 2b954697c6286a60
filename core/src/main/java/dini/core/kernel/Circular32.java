package dini.core.kernel;

/**
 * {@code sin} and {@code cos} of float in float arithmetic, by the steps of {@link Circular}, of
 * which the first is exact here too. Beyond {@link #FAR}, and at infinities and NaN, they are
 * {@link Circular}'s, rounded. Up to FAR this is straight-line code and selects: a SIMD twin copies
 * it operation by operation.
 *
 * <p>The magnitude is reduced and the sign given back, so that -0 stays what it is. The polynomials
 * are minimax ones, with errors below 2^-27 of sine and cosine.
 */
final class Circular32 {

  /** The magnitude from which double reduces the argument. */
  static final float FAR = 0x1p16f;

  static final float TWO_OVER_PI = 0x1.45f306p-1f;

  static final float HALF_PI_HIGH = 0x1.921fb6p0f;
  static final float HALF_PI_MIDDLE = -0x1.777a5cp-25f;
  static final float HALF_PI_LOW = -0x1.ee59dap-50f;

  /** {@code (sin(r) / r - 1) / r^2} in {@code r^2}, the highest coefficient first. */
  static final float S2 = -0x1.9935e0p-13f;

  static final float S1 = 0x1.110712p-7f;
  static final float S0 = -0x1.555544p-3f;

  /** {@code (cos(r) - 1 + r^2 / 2) / r^4} in {@code r^2}. */
  static final float C2 = 0x1.99decep-16f;

  static final float C1 = -0x1.6c0c08p-10f;
  static final float C0 = 0x1.55554ap-5f;

  private Circular32() {}

  /** Below 1 ulp; NaN at the infinities. */
  static float sin(float x) {
    float a = Math.abs(x);
    if (!(a < FAR)) {
      return (float) Circular.sin(x);
    }
    int sign = Float.floatToRawIntBits(x) & Integer.MIN_VALUE;
    return Float.intBitsToFloat(Float.floatToRawIntBits(turned(0, a)) ^ sign);
  }

  /** Below 1 ulp; NaN at the infinities. */
  static float cos(float x) {
    float a = Math.abs(x);
    return a < FAR ? turned(1, a) : (float) Circular.cos(x);
  }

  /** {@code sin(a + turn pi / 2)}. */
  private static float turned(int turn, float a) {
    float shifted = Math.fma(a, TWO_OVER_PI, Exponential32.SHIFTER);
    float minus = Exponential32.SHIFTER - shifted;
    float first = Math.fma(minus, HALF_PI_HIGH, a);
    float second = minus * HALF_PI_MIDDLE;
    float r = first + second;
    float part = r - first;
    float rounded = first - (r - part) + (second - part);
    float rest = Math.fma(minus, HALF_PI_MIDDLE, -second);
    float low = rounded + Math.fma(minus, HALF_PI_LOW, rest);
    float z = r * r;
    int quadrant = Float.floatToRawIntBits(shifted) + turn;
    float y = (quadrant & 1) == 0 ? sine(r, low, z) : cosine(r, low, z);
    return (quadrant & 2) == 0 ? y : -y;
  }

  private static float sine(float r, float low, float z) {
    float p = Math.fma(S2, z, S1);
    p = Math.fma(p, z, S0);
    return r + Math.fma(z * r, p, low);
  }

  private static float cosine(float r, float low, float z) {
    float p = Math.fma(C2, z, C1);
    p = Math.fma(p, z, C0);
    float half = 0.5f * z;
    float w = 1.0f - half;
    float rest = 1.0f - w - half;
    return w + Math.fma(z * z, p, Math.fma(-r, low, rest));
  }
}
