package dini.core.kernel;

/**
 * {@code pow}, {@code log2} and {@code log10} by a logarithm to base 2 of about 65 bits.
 *
 * <p>The argument is written as {@code 2^k m} with {@code sqrt(1/2) <= m < sqrt(2)}, and {@code s =
 * (m - 1) / (m + 1)} as an unevaluated sum of two doubles. The first two terms of {@code 2 atanh(s)
 * / ln 2} are summed in such pairs (Dekker, "A floating-point technique for extending the available
 * precision", 1971), the rest in doubles: it is 2^-12 of the whole at most, with coefficients that
 * interpolate at Chebyshev nodes. The power is {@code 2^(y log2 x)}, the product in a pair too.
 *
 * <p>Straight-line code and selects only: a SIMD twin copies it operation by operation.
 */
final class Power {

  /** {@code 2 / ln 2} and a third of it. */
  static final double FIRST_HIGH = 0x1.71547652b82fep1;

  static final double FIRST_LOW = 0x1.777d0ffda0d24p-55;
  static final double THIRD_HIGH = 0x1.ec709dc3a03fdp-1;
  static final double THIRD_LOW = 0x1.d27f05548af0cp-55;

  /** What follows, in {@code s^2}. */
  static final double Q8 = 0x1.3dfda77e6c8bep-3;

  static final double Q7 = 0x1.34f25f829fe59p-3;
  static final double Q6 = 0x1.5baaba12a1cc6p-3;
  static final double Q5 = 0x1.89f36a27db2e5p-3;
  static final double Q4 = 0x1.c68f5747da906p-3;
  static final double Q3 = 0x1.0c9a8498b700ep-2;
  static final double Q2 = 0x1.484b13d7c08f6p-2;
  static final double Q1 = 0x1.a61762a7aded7p-2;
  static final double Q0 = 0x1.2776c50ef9bfep-1;

  static final double LOG10_2_HIGH = 0x1.34413509f79ffp-2;
  static final double LOG10_2_LOW = -0x1.9dc1da994fd21p-59;

  private Power() {}

  /**
   * IEEE 754 {@code pow}, which unlike Java's gives 1 for a base of 1 and for (-1)^±infinity: below
   * 1 ulp.
   */
  static double pow(double x, double y) {
    double e = multiple(Math.abs(x), y, 0.0, true);
    double magnitude = Math.abs(y);
    boolean integer = !hasFraction(magnitude);
    boolean odd = integer && hasFraction(0.5 * magnitude);
    e = odd ? Math.copySign(e, x) : e;
    e = x < 0.0 && x > Double.NEGATIVE_INFINITY && !integer ? Double.NaN : e;
    boolean one = x == -1.0 && magnitude == Double.POSITIVE_INFINITY;
    return one || x == 1.0 || y == 0.0 ? 1.0 : e;
  }

  /** The logarithm to base 2: below 0.51 ulp, so exact for powers of two; NaN for negative x. */
  static double log2(double x) {
    return x >= 0.0 ? multiple(x, 1.0, 0.0, false) : Double.NaN;
  }

  /** The logarithm to base 10: below 0.51 ulp, so exact for powers of ten; NaN for negative x. */
  static double log10(double x) {
    return x >= 0.0 ? multiple(x, LOG10_2_HIGH, LOG10_2_LOW, false) : Double.NaN;
  }

  /** Whether {@code a >= 0} is no integer; 2^52 and what lies above are integers. */
  private static boolean hasFraction(double a) {
    double t = a > 0x1p52 ? 0x1p52 : a;
    return t + 0x1p52 - 0x1p52 != t;
  }

  /** {@code (factor + factorLow) log2(x)} for {@code x >= 0}, or 2 to that power. */
  private static double multiple(double x, double factor, double factorLow, boolean raised) {
    boolean subnormal = x < Double.MIN_NORMAL;
    double normal = subnormal ? x * 0x1p54 : x;
    long u = Double.doubleToRawLongBits(normal) + (Logarithm.ONE_BITS - Logarithm.ROOT_HALF_BITS);
    double biased = Double.longBitsToDouble((u >>> 52) + Exponential.SHIFTER_BITS);
    double k = biased - Logarithm.SHIFTER_AND_BIAS;
    k = subnormal ? k - 54.0 : k;
    double m = Double.longBitsToDouble((u & Logarithm.FRACTION_MASK) + Logarithm.ROOT_HALF_BITS);
    // s in two parts
    double f = m - 1.0;
    double d = m + 1.0;
    double dLow = m - (d - 1.0);
    double inverse = 1.0 / d;
    double s = f * inverse;
    double sLow = Math.fma(-s, dLow, Math.fma(-s, d, f)) * inverse;
    double z = s * s;
    double zLow = Math.fma(s, s, -z) + 2.0 * s * sLow;
    double q = Q8;
    q = Math.fma(q, z, Q7);
    q = Math.fma(q, z, Q6);
    q = Math.fma(q, z, Q5);
    q = Math.fma(q, z, Q4);
    q = Math.fma(q, z, Q3);
    q = Math.fma(q, z, Q2);
    q = Math.fma(q, z, Q1);
    q = Math.fma(q, z, Q0);
    // c = a third + z q, w = z c, v = first + w, the logarithm k + s v
    double p = z * q;
    double c = THIRD_HIGH + p;
    double cLow = THIRD_HIGH - c + p + THIRD_LOW;
    double w = z * c;
    double wLow = Math.fma(z, c, -w) + Math.fma(z, cLow, zLow * c);
    double v = FIRST_HIGH + w;
    double vLow = FIRST_HIGH - v + w + (wLow + FIRST_LOW);
    double t = s * v;
    double tLow = Math.fma(s, v, -t) + Math.fma(s, vLow, sLow * v);
    double high = k + t;
    double low = k - high + t + tLow;
    high = x == 0.0 ? Double.NEGATIVE_INFINITY : high;
    // infinity and NaN
    high = x < Double.POSITIVE_INFINITY ? high : x;
    // the product in two parts
    double product = high * factor;
    double rest = Math.fma(high, factor, -product) + Math.fma(low, factor, high * factorLow);
    return raised ? exp2(product, rest) : sum(product, rest);
  }

  /** {@code high + low}, and high alone where that is infinite. */
  private static double sum(double high, double low) {
    return Math.abs(high) < Double.POSITIVE_INFINITY ? high + low : high;
  }

  /** {@code 2^(high + low)}; low may be NaN where high is beyond the range of exponents. */
  private static double exp2(double high, double low) {
    double t = high > 1025.0 ? 1025.0 : high;
    t = t < -1080.0 ? -1080.0 : t;
    double rest = t == high ? low : 0.0;
    double shifted = t + Exponential.SHIFTER;
    double fraction = t - (shifted - Exponential.SHIFTER);
    double f = fraction + rest;
    double fLow = fraction - f + rest;
    double r = f * Exponential.LN2;
    double product = Math.fma(f, Exponential.LN2, -r);
    product = Math.fma(f, Exponential.LN2_REST, product);
    double rLow = Math.fma(fLow, Exponential.LN2, product);
    double e = Math.fma(r * r, Exponential.series(r), rLow);
    double one = 1.0 + r;
    double p = one + (1.0 - one + r + e);
    long exponent = Double.doubleToRawLongBits(shifted) - Exponential.SHIFTER_BITS;
    long half = (exponent + 2048 >>> 1) - 1024;
    double scaled = p * Exponential.powerOfTwo(half);
    return scaled * Exponential.powerOfTwo(exponent - half);
  }
}
