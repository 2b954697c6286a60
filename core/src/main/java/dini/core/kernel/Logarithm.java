package dini.core.kernel;

/**
 * {@code log} and {@code log1p} from fma, mul, add, div and bit operations.
 *
 * <p>Straight-line code and selects only: a SIMD twin copies it operation by operation. The
 * argument is written as {@code 2^k m} with {@code sqrt(1/2) <= m < sqrt(2)}; with {@code f = m -
 * 1} and {@code s = f / (2 + f)} the logarithm of m is {@code 2 atanh(s)}, by the minimax
 * polynomial of fdlibm (error below 2^-58.45).
 */
final class Logarithm {

  static final long ROOT_HALF_BITS = 0x3fe6a09e667f3bcdL;
  static final long ONE_BITS = 0x3ff0000000000000L;
  static final long FRACTION_MASK = 0x000fffffffffffffL;

  /** Takes the biased exponent of 1 and {@link Exponential#SHIFTER} off a small integer. */
  static final double SHIFTER_AND_BIAS = 0x1.8p52 + 1023;

  private Logarithm() {}

  /** The natural logarithm: below 1 ulp; NaN for negative x, -infinity for both zeros. */
  static double log(double x) {
    double y = ofPositive(x, 0.0);
    y = x == Double.POSITIVE_INFINITY ? x : y;
    y = x == 0.0 ? Double.NEGATIVE_INFINITY : y;
    return x >= 0.0 ? y : Double.NaN;
  }

  /** {@code log(1 + x)}, accurate near 0: below 1 ulp. */
  static double log1p(double x) {
    double w = 1.0 + x;
    double rest = x > 1.0 ? 1.0 - (w - x) : x - (w - 1.0);
    double y = ofPositive(w, rest / w);
    y = x == Double.POSITIVE_INFINITY ? x : y;
    y = x == -1.0 ? Double.NEGATIVE_INFINITY : y;
    y = Math.abs(x) < 0x1p-60 ? x : y;
    return x >= -1.0 ? y : Double.NaN;
  }

  /** {@code log(x) + correction} for positive finite x and a correction of less than its ulp. */
  private static double ofPositive(double x, double correction) {
    boolean subnormal = x < Double.MIN_NORMAL;
    double normal = subnormal ? x * 0x1p54 : x;
    // unsigned shifts and an addition for the conversion: AVX2 has no other for 64 bits
    long u = Double.doubleToRawLongBits(normal) + (ONE_BITS - ROOT_HALF_BITS);
    double biased = Double.longBitsToDouble((u >>> 52) + Exponential.SHIFTER_BITS);
    double k = biased - SHIFTER_AND_BIAS;
    k = subnormal ? k - 54.0 : k;
    double m = Double.longBitsToDouble((u & FRACTION_MASK) + ROOT_HALF_BITS);
    double f = m - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double q = series(z);
    double halfSquare = 0.5 * f * f;
    double low = Math.fma(k, Exponential.LN2_LOW, correction);
    double tail = Math.fma(s, Math.fma(q, z, halfSquare), low);
    return Math.fma(k, Exponential.LN2_HIGH, f - (halfSquare - tail));
  }

  /** {@code x log(y)}, 0 where x is 0, whatever y but NaN. */
  static double xlogy(double x, double y) {
    return x == 0.0 && !Double.isNaN(y) ? 0.0 : x * log(y);
  }

  /** {@code x log(1 + y)}, 0 where x is 0, whatever y but NaN. */
  static double xlog1py(double x, double y) {
    return x == 0.0 && !Double.isNaN(y) ? 0.0 : x * log1p(y);
  }

  /** {@code (atanh(s) / s - 1) / s^2}, twice, in {@code z = s^2}. */
  private static double series(double z) {
    double q = 1.479819860511658591e-01;
    q = Math.fma(q, z, 1.531383769920937332e-01);
    q = Math.fma(q, z, 1.818357216161805012e-01);
    q = Math.fma(q, z, 2.222219843214978396e-01);
    q = Math.fma(q, z, 2.857142874366239149e-01);
    q = Math.fma(q, z, 3.999999999940941908e-01);
    return Math.fma(q, z, 6.666666666666735130e-01);
  }
}
