package dini.core.kernel;

/**
 * {@code tanh} and its derivative: straight-line code over {@link Exponential}, to be copied
 * operation by operation.
 */
final class Hyperbolic {

  /**
   * {@code (sinh(x) / x - 1) / x^2} in {@code x^2}, up to 1, the highest coefficient first: by
   * interpolation at Chebyshev nodes, with an error below 2^-56.
   */
  static final double[] SINH = {
    0x1.b412579180c3cp-41,
    0x1.611cb2cbad2e9p-33,
    0x1.ae6460fbb232dp-26,
    0x1.71de3a4e14331p-19,
    0x1.a01a01a01ee7ap-13,
    0x1.11111111110fdp-7,
    0x1.5555555555555p-3,
  };

  /**
   * Up to here the reciprocal in the quotient of tanh is a normal number and has all its digits;
   * tanh itself is 1 from 19.1 up.
   */
  static final double FAR = 350.0;

  private Hyperbolic() {}

  /** {@code (e^x - e^-x) / 2}: below 2 ulp. */
  static double sinh(double x) {
    double a = Math.abs(x);
    double e = Exponential.exp(a, 1);
    double z = x * x;
    double near = Math.fma(Polynomial.at(z, SINH), z * a, a);
    return Math.copySign(a < 1.0 ? near : e - 0.25 / e, x);
  }

  /** {@code (e^x + e^-x) / 2}: below 2 ulp. */
  static double cosh(double x) {
    double e = Exponential.exp(Math.abs(x), 1);
    return e + 0.25 / e;
  }

  /** The hyperbolic tangent: below 2 ulp. */
  static double tanh(double x) {
    double e = expm1OfTwice(x);
    return tanh(x, e, quotient(e));
  }

  /**
   * {@code 1 / cosh(x)^2}: below 3 ulp. From the quotient of {@link #tanh}, whose error it does not
   * magnify.
   */
  static double sechSquared(double x) {
    double e = expm1OfTwice(x);
    return sechSquared(x, e, quotient(e));
  }

  /** Both at once: the bits of each. */
  static void tanhAndSechSquared(
      double[] x, int xo, double[] tanh, int to, double[] slope, int so, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      double e = expm1OfTwice(v);
      double q = quotient(e);
      tanh[to + i] = tanh(v, e, q);
      slope[so + i] = sechSquared(v, e, q);
    }
  }

  /**
   * {@code expm1(2 min(|x|, FAR))}: the bits of {@link Exponential#expm1} with fewer operations.
   * Twice a magnitude is never negative, the power of two stays finite, and tiny arguments come out
   * as they are without being selected, since with r = t and s = 1 nothing is rounded off.
   */
  private static double expm1OfTwice(double x) {
    double a = Math.abs(x);
    double twice = a + a;
    double t = twice > 2.0 * FAR ? 2.0 * FAR : twice;
    double shifted = Math.fma(t, Exponential.LOG2_E, Exponential.SHIFTER);
    double minus = Exponential.SHIFTER - shifted;
    double r = Math.fma(minus, Exponential.LN2_HIGH, t);
    r = Math.fma(minus, Exponential.LN2_LOW, r);
    double em1 = Math.fma(r * r, Exponential.series(r), r);
    // 2^k: the shifter's own bits are shifted out
    double s = Double.longBitsToDouble(Double.doubleToRawLongBits(shifted) + 1023 << 52);
    return Math.fma(s, em1, s - 1.0);
  }

  /**
   * With {@code e = expm1(2|x|)}: {@code -|tanh(x)| = -e / (e + 2)} up to 1/2, and from there up
   * {@code 1 - |tanh(x)| = 2 / (e + 2)}, which is the more accurate.
   */
  private static double quotient(double e) {
    double d = e + 2.0;
    double rest = e - (d - 2.0);
    double inverse = -1.0 / d;
    double n = e > 2.0 ? -2.0 : e;
    double q = n * inverse;
    // one step of division with the part of d that was rounded off
    double remainder = Math.fma(q, rest, Math.fma(q, d, n));
    return Math.fma(remainder, inverse, q);
  }

  private static double tanh(double x, double e, double q) {
    return Math.copySign(e > 2.0 ? 1.0 - q : q, x);
  }

  /** {@code 1 - tanh^2}: of q = -tanh up to 1/2, of q = 1 - tanh it is {@code 2q - q^2}. */
  private static double sechSquared(double x, double e, double q) {
    double a = Math.abs(x);
    if (a > FAR) {
      // 4 e^-2a, rounded once where it is subnormal. Beyond 373.25 that is 0, but not at -746,
      // where exp limits its argument.
      double large = Exponential.exp(-2.0 * a, -60);
      return a > 373.25 ? 0.0 : large * 0x1p-58;
    }
    return Math.fma(-q, q, e > 2.0 ? q + q : 1.0);
  }

  /**
   * {@code log(x + sqrt(x^2 + 1))}: below 3 ulp. Forms that neither cancel nor overflow, as of
   * fdlibm: the square only where it is finite, the sum as log1p of what it exceeds 1 by.
   */
  static double asinh(double x) {
    double a = Math.abs(x);
    double y;
    if (a > 0x1p28) {
      y = Logarithm.log(a) + Exponential.LN2;
    } else if (a > 2.0) {
      y = Logarithm.log(2.0 * a + 1.0 / (Math.sqrt(a * a + 1.0) + a));
    } else {
      double square = a * a;
      y = a < 0x1p-28 ? a : Logarithm.log1p(a + square / (1.0 + Math.sqrt(1.0 + square)));
    }
    return Math.copySign(y, x);
  }

  /** {@code log(x + sqrt(x^2 - 1))}: below 3 ulp; NaN below 1. */
  static double acosh(double x) {
    if (x > 0x1p28) {
      return Logarithm.log(x) + Exponential.LN2;
    }
    if (x > 2.0) {
      return Logarithm.log(2.0 * x - 1.0 / (x + Math.sqrt(x * x - 1.0)));
    }
    double t = x - 1.0;
    return x >= 1.0 ? Logarithm.log1p(t + Math.sqrt(2.0 * t + t * t)) : Double.NaN;
  }

  /** {@code log((1 + x) / (1 - x)) / 2}: below 3 ulp; NaN beyond 1. */
  static double atanh(double x) {
    double a = Math.abs(x);
    double twice = a + a;
    double rest = 1.0 - a;
    double y = Logarithm.log1p(a < 0.5 ? twice + twice * a / rest : twice / rest);
    return Math.copySign(0.5 * y, x);
  }
}
