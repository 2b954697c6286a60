package dini.core.kernel;

/**
 * {@code exp} and {@code expm1} from fma, mul, add and bit operations.
 *
 * <p>Straight-line code and selects only: a SIMD twin copies it operation by operation. Both write
 * {@code x = k ln 2 + r} with {@code |r| <= ln(2) / 2} and sum the Taylor series of {@code e^r} up
 * to {@code r^13} by Horner's rule; the remainder is below 2^-57 of the result.
 */
final class Exponential {

  /** Adding and subtracting it rounds to an integer, half to even, and leaves that in the bits. */
  static final double SHIFTER = 0x1.8p52;

  static final long SHIFTER_BITS = 0x4338000000000000L;

  static final double LOG2_E = 0x1.71547652b82fep0;

  /** The leading 32 bits of ln 2: its products with exponents are exact. */
  static final double LN2_HIGH = 0x1.62e42feep-1;

  static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  static final double LN2 = 0x1.62e42fefa39efp-1;

  static final double LN2_REST = 0x1.abc9e3b39803fp-56;

  private Exponential() {}

  /** {@code e^x}: below 1 ulp; 0 below -745.14, infinite above 709.79. */
  static double exp(double x) {
    return exp(x, 0);
  }

  /** {@code e^x / 2^halvings}, which may be finite where e^x is not. */
  static double exp(double x, int halvings) {
    double t = x > 711.0 ? 711.0 : x;
    t = t < -746.0 ? -746.0 : t;
    double shifted = Math.fma(t, LOG2_E, SHIFTER);
    double k = shifted - SHIFTER;
    double r = Math.fma(-k, LN2_HIGH, t);
    r = Math.fma(-k, LN2_LOW, r);
    double p = Math.fma(series(r), r, 1.0);
    p = Math.fma(p, r, 1.0);
    // two factors, for one rounding where the result is subnormal and no overflow on the way
    long exponent = Double.doubleToRawLongBits(shifted) - SHIFTER_BITS - halvings;
    long half = (exponent + 2048 >>> 1) - 1024;
    double scaled = p * powerOfTwo(half);
    return scaled * powerOfTwo(exponent - half);
  }

  /** {@code e^x - 1}, accurate near 0: below 2 ulp. */
  static double expm1(double x) {
    double t = x > 710.0 ? 710.0 : x;
    t = t < -40.0 ? -40.0 : t;
    double shifted = Math.fma(t, LOG2_E, SHIFTER);
    double k = shifted - SHIFTER;
    double r = Math.fma(-k, LN2_HIGH, t);
    r = Math.fma(-k, LN2_LOW, r);
    double em1 = Math.fma(r * r, series(r), r);
    // half of 2^k, since 2^1024 is no double; 2^k - 1 is exact for |k| <= 53
    double s = powerOfTwo(Double.doubleToRawLongBits(shifted) - SHIFTER_BITS - 1);
    double y = 2.0 * Math.fma(s, em1, s - 0.5);
    return Math.abs(x) < 0x1p-60 ? x : y;
  }

  /** {@code 2^x}: below 1 ulp, exact for integers; 0 below -1075, infinite from 1024 up. */
  static double exp2(double x) {
    double t = x > 1025.0 ? 1025.0 : x;
    t = t < -1080.0 ? -1080.0 : t;
    double shifted = t + SHIFTER;
    double fraction = t - (shifted - SHIFTER);
    double r = fraction * LN2;
    double low = Math.fma(fraction, LN2, -r) + fraction * LN2_REST;
    double em1 = Math.fma(r * r, series(r), low) + r;
    double p = em1 + 1.0;
    long exponent = Double.doubleToRawLongBits(shifted) - SHIFTER_BITS;
    long half = (exponent + 2048 >>> 1) - 1024;
    double scaled = p * powerOfTwo(half);
    return scaled * powerOfTwo(exponent - half);
  }

  /** {@code (e^r - 1 - r) / r^2} for {@code |r| <= ln(2) / 2}. */
  static double series(double r) {
    double q = 1.0 / 6227020800.0;
    q = Math.fma(q, r, 1.0 / 479001600.0);
    q = Math.fma(q, r, 1.0 / 39916800.0);
    q = Math.fma(q, r, 1.0 / 3628800.0);
    q = Math.fma(q, r, 1.0 / 362880.0);
    q = Math.fma(q, r, 1.0 / 40320.0);
    q = Math.fma(q, r, 1.0 / 5040.0);
    q = Math.fma(q, r, 1.0 / 720.0);
    q = Math.fma(q, r, 1.0 / 120.0);
    q = Math.fma(q, r, 1.0 / 24.0);
    q = Math.fma(q, r, 1.0 / 6.0);
    return Math.fma(q, r, 0.5);
  }

  /** {@code 2^k} for {@code -1022 <= k <= 1023}. */
  static double powerOfTwo(long k) {
    return Double.longBitsToDouble(k + 1023 << 52);
  }
}
