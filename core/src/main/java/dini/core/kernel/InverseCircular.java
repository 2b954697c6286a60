package dini.core.kernel;

/**
 * {@code atan}, {@code asin} and {@code acos} from fma, mul, add, div, sqrt and bit operations.
 *
 * <p>Straight-line code and selects only: a SIMD twin copies it operation by operation. The
 * polynomials interpolate at Chebyshev nodes, for squares up to 1/4, with errors below 2^-57.
 */
final class InverseCircular {

  static final double QUARTER_PI_HIGH = 0.5 * Circular.HALF_PI_HIGH;
  static final double QUARTER_PI_LOW = 0.5 * Circular.HALF_PI_MIDDLE;

  /** {@code (atan(t) / t - 1) / t^2} in {@code t^2}, the highest coefficient first. */
  static final double[] ATAN = {
    -0x1.2dd40041c2c27p-7,
    0x1.99984c3613cd5p-6,
    -0x1.37ce51c509047p-5,
    0x1.7b1d7856d14a5p-5,
    -0x1.ad441c37157fap-5,
    0x1.e1a795c3fb24fp-5,
    -0x1.110ea393fffe2p-4,
    0x1.3b138e4b5b747p-4,
    -0x1.745d16016ea5fp-4,
    0x1.c71c71c014e0dp-4,
    -0x1.24924924881f5p-3,
    0x1.99999999998e0p-3,
    -0x1.5555555555555p-2,
  };

  /** {@code (asin(t) / t - 1) / t^2} in {@code t^2}. */
  static final double[] ASIN = {
    0x1.d78189767524ep-6,
    -0x1.e7a24f548c99fp-7,
    0x1.1d661531b222ep-6,
    0x1.653a8f8cfd43cp-8,
    0x1.524ea8b3aad31p-7,
    0x1.78246f32d075cp-7,
    0x1.c9cf3759fd8ffp-7,
    0x1.1c4d343fa57f6p-6,
    0x1.6e8bb1d89492bp-6,
    0x1.f1c71c1d4aa0dp-6,
    0x1.6db6db6e3292ep-5,
    0x1.3333333332ec4p-4,
    0x1.5555555555556p-3,
  };

  private InverseCircular() {}

  /**
   * Below 1 ulp. With {@code a = |x|}, it is the angle of a up to 1/2, {@code pi/4 + atan((a - 1) /
   * (a + 1))} up to 2, and {@code pi/2 + atan(-1 / a)} beyond, the quotient in two parts.
   */
  static double atan(double x) {
    double a = Math.abs(x);
    a = a > 0x1p60 ? 0x1p60 : a;
    boolean near = a <= 0.5;
    boolean far = a > 2.0;
    double one = far ? 0.0 : 1.0;
    double part = near ? 0.0 : a;
    double n = (far ? 0.0 : a) - (near ? 0.0 : 1.0);
    double d = one + part;
    double dLow = part - (d - one);
    double inverse = 1.0 / d;
    double t = n * inverse;
    double tLow = Math.fma(-t, dLow, Math.fma(-t, d, n)) * inverse;
    double z = t * t;
    double p = Polynomial.at(z, ATAN);
    double base = near ? 0.0 : far ? Circular.HALF_PI_HIGH : QUARTER_PI_HIGH;
    double baseLow = near ? 0.0 : far ? Circular.HALF_PI_MIDDLE : QUARTER_PI_LOW;
    double e = Math.fma(p, z * t, tLow + baseLow);
    double sum = base + t;
    double y = sum + (base - sum + t + e);
    return Math.copySign(y, x);
  }

  /** Below 1 ulp; NaN beyond 1. Above 1/2 it is {@code pi/2 - 2 asin(sqrt((1 - x) / 2))}. */
  static double asin(double x) {
    double a = Math.abs(x);
    boolean large = a > 0.5;
    double base = large ? Circular.HALF_PI_HIGH : 0.0;
    double baseLow = large ? Circular.HALF_PI_MIDDLE : 0.0;
    return Math.copySign(arc(a, large ? -2.0 : 1.0, base, baseLow), x);
  }

  /**
   * Below 1 ulp; NaN beyond 1. Up to 1/2 it is {@code pi/2 - asin(x)}, above {@code 2 asin(sqrt((1
   * - x) / 2))}.
   */
  static double acos(double x) {
    double a = Math.abs(x);
    boolean large = a > 0.5;
    boolean negative = x < 0.0;
    double quarters = large ? (negative ? 2.0 : 0.0) : 1.0;
    double factor = large ? (negative ? -2.0 : 2.0) : negative ? 1.0 : -1.0;
    return arc(a, factor, quarters * Circular.HALF_PI_HIGH, quarters * Circular.HALF_PI_MIDDLE);
  }

  /** {@code base + factor asin(s)}, where s is a up to 1/2 and above {@code sqrt((1 - a) / 2)}. */
  private static double arc(double a, double factor, double base, double baseLow) {
    boolean large = a > 0.5;
    double z = large ? 0.5 * (1.0 - a) : a * a;
    double root = Math.sqrt(z);
    // the smallest number stands against 0 / 0 only
    double rest = Math.fma(-root, root, z) / (root + root + 0x1p-500);
    double s = factor * (large ? root : a);
    double sLow = large ? factor * rest : 0.0;
    double p = Polynomial.at(z, ASIN);
    double e = Math.fma(p, z * s, sLow + baseLow);
    double sum = base + s;
    return sum + (base - sum + s + e);
  }
}
