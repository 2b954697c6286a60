package dini.core.kernel;

/**
 * {@code erf}, {@code erfc}, the inverse of erf, and {@code gelu}.
 *
 * <p>Below 1/2, {@code erf(x) = x + x q(x^2)}. Above, {@code erfc(x) = exp(-x^2) p(t) / (1 + 2x)}
 * with {@code t = 4 / (4 + x)}: what p stands for lies between 1.12 and 1.24, so that one
 * polynomial serves up to 28, where erfc has underflowed. Both interpolate values of 50 digits at
 * Chebyshev nodes, with errors below 2^-61 and 2^-57. The square in the exponent is taken to twice
 * the precision, since its absolute error is a relative one of the result.
 */
final class ErrorFunction {
  /** {@code erf(x) / x - 1} in {@code x^2}, from 0 to 1/4. */
  static final double[] NEAR_ZERO = {
    -1.462091340945175e-07,
    1.637123442577e-06,
    -1.4923003368152099e-05,
    0.00012055286202005714,
    -0.0008548326510724796,
    0.0052239776220169365,
    -0.02686617064499972,
    0.1128379167095487,
    -0.3761263890318375,
    0.1283791670955126,
  };

  /** {@code (1 + 2x) exp(x^2) erfc(x)} in {@code t - CENTRE}, for x from 1/2 to 28. */
  static final double[] SCALED = {
    0.021971271522018124,
    -0.009588066759789654,
    -0.056975301354425106,
    0.010091650852201204,
    0.10955940627326574,
    0.03257492156458095,
    -0.18413916796174,
    -0.2034066979123708,
    0.18089564754948714,
    0.6342893657595372,
    0.4606418826957073,
    -0.7425236532394174,
    -2.629539166921059,
    -4.3106182964953295,
    -4.994229025249394,
    -4.484021850391796,
    -3.18272258201643,
    -1.7247838276744873,
    -0.5915411918783203,
    0.049592572831382305,
    0.2800211576130505,
    1.2349526378823836,
  };

  static final double CENTRE = 0.507;

  static final double ROOT_HALF = 0.7071067811865476;

  /** Below it gelu takes erf of less than 1/2. */
  static final double GELU_NEAR = 0.7;

  private ErrorFunction() {}

  /** Below 3 ulp. */
  static double erf(double x) {
    double a = Math.abs(x);
    if (a < 0.5) {
      return Math.fma(x, Polynomial.at(x * x, NEAR_ZERO), x);
    }
    return Double.isNaN(x) ? x : Math.copySign(a < 6.0 ? 1.0 - upper(a) : 1.0, x);
  }

  /** Below 4 ulp. */
  static double erfc(double x) {
    if (Math.abs(x) < 0.5) {
      return 1.0 - erf(x);
    }
    if (x > 0.0) {
      return x < 28.0 ? upper(x) : 0.0;
    }
    return x > -6.0 ? 2.0 - upper(-x) : Double.isNaN(x) ? x : 2.0;
  }

  /** erfc for x from 1/2 to 28. */
  private static double upper(double x) {
    double square = x * x;
    double rest = Math.fma(x, x, -square);
    double e = Exponential.exp(-square);
    return Math.fma(-e, rest, e) * scaled(x);
  }

  /** {@code exp(x^2) erfc(x)} for x from 0.49 to 28. */
  private static double scaled(double x) {
    return Polynomial.at(4.0 / (4.0 + x) - CENTRE, SCALED) / (1.0 + 2.0 * x);
  }

  /** {@code x P(Z < x)} for a normal Z; -0 at -infinity, the limit. */
  static double gelu(double x) {
    double a = Math.abs(x);
    if (a < GELU_NEAR) {
      return 0.5 * x * (1.0 + erf(x * ROOT_HALF));
    }
    if (a > 39.0) {
      return x > 0.0 ? x : -0.0;
    }
    double square = a * a;
    double rest = 0.5 * Math.fma(a, a, -square);
    double e = 0.5 * Exponential.exp(-0.5 * square);
    double tail = Math.fma(-e, rest, e) * scaled(a * ROOT_HALF);
    return x > 0.0 ? Math.fma(-x, tail, x) : x * tail;
  }

  /** By the quantile of the normal distribution; below 5 ulp. */
  static double inverse(double x) {
    double a = Math.abs(x);
    if (!(a < 1.0)) {
      return a == 1.0 ? x * Double.POSITIVE_INFINITY : Double.NaN;
    }
    double y =
        a <= 0.85 ? NormalQuantile.ofErf(a) : NormalQuantile.upper(0.5 * (1.0 - a)) * ROOT_HALF;
    return x < 0.0 ? -y : y;
  }
}
