package dini.core.kernel;

/**
 * {@code cbrt} from fma, mul, add and bit operations; straight-line code and selects only, to be
 * copied operation by operation.
 *
 * <p>The argument is written as {@code 8^q m} with m from 1/2 to 4. A polynomial starts {@code r =
 * m^(-1/3)}, which two steps of third order make exact but for rounding; {@code m r^2} is improved
 * by one step of Newton whose residual is taken to twice the precision.
 */
final class CubeRoot {

  static final double THIRD = 1.0 / 3.0;

  /** {@code m^(-1/3)}, the highest coefficient first: within 2^-9, by interpolation. */
  static final double[] START = {
    -0x1.0e9b8ac9c39e7p-10,
    0x1.333b233218fc2p-6,
    -0x1.25345cf18db88p-3,
    0x1.322925a76e4e9p-1,
    -0x1.7e2404f202db9p+0,
    0x1.2621ea9789d2cp+1,
    -0x1.1db3c742afba5p+1,
    0x1.f4278f30479a5p+0,
  };

  private CubeRoot() {}

  /** Below 0.6 ulp, exact for cubes; signs, zeros and infinities are kept. */
  static double cbrt(double x) {
    double a = Math.abs(x);
    boolean subnormal = a < Double.MIN_NORMAL;
    double normal = subnormal ? a * 0x1p54 : a;
    long bits = Double.doubleToRawLongBits(normal);
    long biased = bits >>> 52;
    double exponent =
        Double.longBitsToDouble(biased + Exponential.SHIFTER_BITS) - Logarithm.SHIFTER_AND_BIAS;
    double shifted = Math.fma(exponent, THIRD, Exponential.SHIFTER);
    long q = Double.doubleToRawLongBits(shifted) - Exponential.SHIFTER_BITS;
    long rest = biased - (q + q + q);
    double m = Double.longBitsToDouble(bits & Logarithm.FRACTION_MASK | rest << 52);
    double r = Polynomial.at(m, START);
    r = better(m, r);
    r = better(m, r);
    double square = r * r;
    double y = m * square;
    double y2 = y * y;
    double y3 = y2 * y;
    double y2Low = Math.fma(y, y, -y2);
    double y3Low = Math.fma(y2Low, y, Math.fma(y2, y, -y3));
    y = Math.fma(m - y3 - y3Low, square * THIRD, y);
    double scale = Double.longBitsToDouble(q + 1023 << 52);
    scale = subnormal ? scale * 0x1p-18 : scale;
    y = Math.copySign(y * scale, x);
    return a > 0.0 && a < Double.POSITIVE_INFINITY ? y : x;
  }

  private static double better(double m, double r) {
    double h = Math.fma(-m * r, r * r, 1.0);
    return Math.fma(r * h, Math.fma(h, 2.0 / 9.0, THIRD), r);
  }
}
