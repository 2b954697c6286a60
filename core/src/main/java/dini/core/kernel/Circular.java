package dini.core.kernel;

/**
 * {@code sin}, {@code cos} and {@code tan} from fma, mul, add, div and bit operations, for every
 * argument.
 *
 * <p>The argument is written as {@code k pi / 2 + r + low} with {@code |r| <= pi / 4}. Up to {@link
 * #FAR} the multiples of pi/2 are taken off in three parts of 53 bits (Cody and Waite): the first
 * step is exact, since the difference is a multiple of the last place of pi/2 below 1; of the
 * second, rounding errors are kept; what remains after the third is below {@code 2^-122}, when no
 * double in that range is nearer than {@code 2^-60} to a multiple of pi/2. Beyond, those bits of
 * 2/pi that matter are multiplied as integers (Payne and Hanek, "Radian reduction for trigonometric
 * functions", 1983). Up to FAR this is straight-line code and selects: a SIMD twin copies it
 * operation by operation.
 *
 * <p>The polynomials interpolate at Chebyshev nodes, with errors below 2^-57.
 */
final class Circular {

  /** The magnitude from which integers reduce the argument. */
  static final double FAR = 0x1p40;

  /** Below it, sine and tangent are their argument to a third of an ulp. */
  static final double TINY = 0x1p-27;

  static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;

  static final double HALF_PI_HIGH = 0x1.921fb54442d18p0;
  static final double HALF_PI_MIDDLE = 0x1.1a62633145c07p-54;
  static final double HALF_PI_LOW = -0x1.f1976b7ed8fbcp-110;

  /** {@code (sin(r) / r - 1) / r^2} in {@code r^2}, the highest coefficient first. */
  static final double S6 = -0x1.ab17bdcbd3414p-41;

  static final double S5 = 0x1.61217ee5cca1bp-33;
  static final double S4 = -0x1.ae64541295cdfp-26;
  static final double S3 = 0x1.71de3a54607a5p-19;
  static final double S2 = -0x1.a01a01a019937p-13;
  static final double S1 = 0x1.1111111111110p-7;
  static final double S0 = -0x1.5555555555555p-3;

  /** {@code (cos(r) - 1 + r^2 / 2) / r^4} in {@code r^2}. */
  static final double C5 = -0x1.907d8f29fe831p-37;

  static final double C4 = 0x1.1eeb68cd22f56p-29;
  static final double C3 = -0x1.27e4fa17bf139p-22;
  static final double C2 = 0x1.a01a019f4e9b4p-16;
  static final double C1 = -0x1.6c16c16c16967p-10;
  static final double C0 = 0x1.5555555555555p-5;

  /** The bits of 2/pi, after 64 zeros. */
  private static final long[] INVERSE = {
    0x0000000000000000L,
    0xa2f9836e4e441529L,
    0xfc2757d1f534ddc0L,
    0xdb6295993c439041L,
    0xfe5163abdebbc561L,
    0xb7246e3a424dd2e0L,
    0x06492eea09d1921cL,
    0xfe1deb1cb129a73eL,
    0xe88235f52ebb4484L,
    0xe99c7026b45f7e41L,
    0x3991d639835339f4L,
    0x9c845f8bbdf9283bL,
    0x1ff897ffde05980fL,
    0xef2f118b5a0a6d1fL,
    0x6d367ecf27cb09b7L,
    0x4f463f669e5fea2dL,
    0x7527bac7ebe5f17bL,
    0x3d0739f78a5292eaL,
    0x6bfb5fb11f8d5d08L,
    0x56033046fc7b6babL,
    0xf0cfbc209af4361dL,
  };

  private enum Function {
    SIN,
    COS,
    TAN
  }

  private Circular() {}

  /** Below 1 ulp; NaN at the infinities. */
  static double sin(double x) {
    return Math.abs(x) < TINY ? x : of(Function.SIN, x);
  }

  /** Below 1 ulp; NaN at the infinities. */
  static double cos(double x) {
    return of(Function.COS, x);
  }

  /** Below 2 ulp; NaN at the infinities. */
  static double tan(double x) {
    return Math.abs(x) < TINY ? x : of(Function.TAN, x);
  }

  private static double of(Function function, double x) {
    if (Math.abs(x) >= FAR) {
      return far(function, x);
    }
    double shifted = Math.fma(x, TWO_OVER_PI, Exponential.SHIFTER);
    double minus = -(shifted - Exponential.SHIFTER);
    double first = Math.fma(minus, HALF_PI_HIGH, x);
    double second = minus * HALF_PI_MIDDLE;
    double r = first + second;
    double part = r - first;
    double rounded = first - (r - part) + (second - part);
    double rest = Math.fma(minus, HALF_PI_MIDDLE, -second);
    double low = rounded + Math.fma(minus, HALF_PI_LOW, rest);
    return reduced(function, Double.doubleToRawLongBits(shifted), r, low);
  }

  /** The function of {@code quadrant pi / 2 + r + low}. */
  private static double reduced(Function function, long quadrant, double r, double low) {
    double z = r * r;
    if (function == Function.TAN) {
      double sine = sine(r, low, z);
      double cosine = cosine(r, low, z);
      return (quadrant & 1) == 0 ? sine / cosine : -(cosine / sine);
    }
    long turned = function == Function.COS ? quadrant + 1 : quadrant;
    double y = (turned & 1) == 0 ? sine(r, low, z) : cosine(r, low, z);
    return (turned & 2) == 0 ? y : -y;
  }

  private static double sine(double r, double low, double z) {
    double p = S6;
    p = Math.fma(p, z, S5);
    p = Math.fma(p, z, S4);
    p = Math.fma(p, z, S3);
    p = Math.fma(p, z, S2);
    p = Math.fma(p, z, S1);
    double cube = z * r;
    double t = Math.fma(p, cube, -0.5 * low);
    t = Math.fma(t, z, low);
    return r + Math.fma(cube, S0, t);
  }

  private static double cosine(double r, double low, double z) {
    double p = C5;
    p = Math.fma(p, z, C4);
    p = Math.fma(p, z, C3);
    p = Math.fma(p, z, C2);
    p = Math.fma(p, z, C1);
    p = Math.fma(p, z, C0);
    double half = 0.5 * z;
    double w = 1.0 - half;
    double rest = 1.0 - w - half;
    return w + Math.fma(z * z, p, Math.fma(-r, low, rest));
  }

  /**
   * With {@code x = m 2^e}, the leading bits of 2/pi make multiples of 4 of the product {@code m
   * 2^(e - 2) 2/pi}, and those from 192 on do not matter; what is left of it is below 1, and its
   * first two bits are the quadrant.
   */
  private static double far(Function function, double x) {
    if (!(Math.abs(x) < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    long m = Double.doubleToRawLongBits(x) & Logarithm.FRACTION_MASK | 1L << 52;
    int offset = Math.getExponent(x) - 52 - 2 + 64;
    long w0 = window(offset);
    long w1 = window(offset + 64);
    long w2 = window(offset + 128);
    long p2 = m * w2;
    long carry2 = Math.unsignedMultiplyHigh(m, w2);
    long p1 = m * w1 + carry2;
    long carry1 = Math.unsignedMultiplyHigh(m, w1) + (Long.compareUnsigned(p1, carry2) < 0 ? 1 : 0);
    long p0 = m * w0 + carry1;
    // the nearest quadrant; the fraction that remains is signed
    long quadrant = p0 + (1L << 61) >>> 62;
    long sign = p0 << 2 >> 63;
    long f0 = (p0 << 2 | p1 >>> 62) ^ sign;
    long f1 = (p1 << 2 | p2 >>> 62) ^ sign;
    long f2 = p2 << 2 ^ sign;
    int zeros = Long.numberOfLeadingZeros(f0);
    long a = zeros == 0 ? f0 : f0 << zeros | f1 >>> 64 - zeros;
    long b = zeros == 0 ? f1 : f1 << zeros | f2 >>> 64 - zeros;
    double scale = Math.scalb(sign < 0 ? -1.0 : 1.0, -53 - zeros);
    double high = (a >>> 11) * scale;
    double low = ((a & 0x7ff) << 42 | b >>> 22) * (scale * 0x1p-53);
    double r = high * HALF_PI_HIGH;
    double rest = Math.fma(high, HALF_PI_HIGH, -r);
    rest += Math.fma(high, HALF_PI_MIDDLE, low * HALF_PI_HIGH);
    double y = reduced(function, quadrant, r, rest);
    return function != Function.COS && x < 0.0 ? -y : y;
  }

  /** 64 bits of {@link #INVERSE}. */
  private static long window(int offset) {
    int word = offset >> 6;
    int shift = offset & 63;
    long leading = INVERSE[word] << shift;
    return shift == 0 ? leading : leading | INVERSE[word + 1] >>> 64 - shift;
  }
}
