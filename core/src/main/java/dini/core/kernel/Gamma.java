package dini.core.kernel;

/**
 * The logarithm of |gamma| and its derivatives. Polynomials on short intervals, about the zeros of
 * the function in powers of the distance from them, so that results near zeros keep their digits;
 * elsewhere recurrences to an asymptotic series (Abramowitz and Stegun, 6.1.40 and 6.3.18); for
 * negative arguments the reflection formulas 6.1.17 and 6.3.7. The polynomials interpolate values
 * of 50 digits at Chebyshev nodes, with errors below 2^-57.
 */
final class Gamma {
  /** {@code lgamma(1 + t) / t} in t, up to 0.3. */
  private static final double[] AT_ONE = {
    -0.07440187597435378,
    0.07797242957512045,
    -0.046749586863296604,
    0.0494141223751105,
    -0.05951761401447453,
    0.0632251007358741,
    -0.06661937327499177,
    0.07138144778839121,
    -0.0769347135020106,
    0.08335613398193628,
    -0.09095395611463501,
    0.10009939380746474,
    -0.11133426688538536,
    0.12550967058504794,
    -0.14404989675957383,
    0.16955717698773,
    -0.20738555102871273,
    0.270580808427825,
    -0.4006856343865314,
    0.8224670334241132,
    -0.5772156649015329,
  };

  /** {@code lgamma(3/2 + t)} in t, up to 0.2. */
  private static final double[] AROUND_MINIMUM = {
    0.0002596702753015061,
    -0.00041944818427337396,
    0.0006428046455019791,
    -0.0010534785925342385,
    0.0017450631792626822,
    -0.002921014615058931,
    0.0049657283563591436,
    -0.00862260320435191,
    0.015435484173862554,
    -0.028952081894993258,
    0.05871212641675408,
    -0.1381327740390307,
    0.46740110027233966,
    0.0364899739785765,
    -0.12078223763524522,
  };

  /** {@code lgamma(2 + t) / t} in t, up to 0.3. */
  private static final double[] AT_TWO = {
    1.0353003683040252e-06,
    -2.2089723403111592e-06,
    4.362957205600125e-06,
    -9.414269196347783e-06,
    2.0508126685280546e-05,
    -4.4928171894801176e-05,
    9.945747405874112e-05,
    -0.00022315467646158714,
    0.0005096695256324834,
    -0.0011927539135865286,
    0.0028905103307315014,
    -0.007385551028652766,
    0.02058080842778459,
    -0.06735230105319819,
    0.3224670334241132,
    0.42278433509846713,
  };

  /** {@code lgamma(2.8125 + t)} in t, for arguments from 2.3 to 3.3. */
  private static final double[] FROM_2_3 = {
    5.721042593212806e-10,
    -1.568428372081484e-09,
    4.027921409060361e-09,
    -1.226504986025542e-08,
    3.7434848045569666e-08,
    -1.1392937386615055e-07,
    3.4961661704191975e-07,
    -1.0837535196782872e-06,
    3.401102181854403e-06,
    -1.0843755072865287e-05,
    3.53009746381662e-05,
    -0.00011821472646456883,
    0.00041197607103892,
    -0.0015232696225962014,
    0.006191128477346932,
    -0.029843077323065268,
    0.21304113161097532,
    0.8458870546370815,
    0.5272430340550187,
  };

  /** {@code digamma(ROOT + t) / t} in t, for arguments from 1 to 2. */
  private static final double[] AROUND_ROOT = {
    -8.157637737332429e-05,
    0.00019431769916051125,
    -0.00019474588399667203,
    0.00019070086864995603,
    -0.00031936572704215836,
    0.0005180743378474129,
    -0.0007475051831004614,
    0.001076606409962581,
    -0.0015749336181640717,
    0.0023053493238824403,
    -0.0033700712586810042,
    0.004926769320625677,
    -0.007204510919337711,
    0.01053879179494269,
    -0.015424767208315471,
    0.022597648248023718,
    -0.03316112643073665,
    0.04880428816324385,
    -0.07219956125728384,
    0.10782405069127948,
    -0.16394270544239933,
    0.2584997609556509,
    -0.44276316898359214,
    0.9676722454476212,
  };

  /** {@code digamma(5/2 + t)} in t, up to 1/2. */
  private static final double[] FROM_TWO = {
    8.267815845287522e-08,
    -2.0687583795242883e-07,
    4.2481223325063033e-07,
    -1.0640705254157975e-06,
    2.7109965480846823e-06,
    -6.803232576993842e-06,
    1.708891125596372e-05,
    -4.3052048513574485e-05,
    0.00010882586435206692,
    -0.00027643930999581804,
    0.0007073881640957325,
    -0.0018305640355441625,
    0.004821409821419739,
    -0.013073166646180193,
    0.03731764146954176,
    -0.11810202582086309,
    0.49035775610023485,
    0.7031566406452432,
  };

  /** {@code B(2k) / (2k (2k - 1))} from k = 10 down. */
  private static final double[] STIRLING = {
    -1.3924322169059011,
    0.17964437236883057,
    -0.029550653594771242,
    0.00641025641025641,
    -0.0019175269175269176,
    0.0008417508417508417,
    -0.0005952380952380953,
    0.0007936507936507937,
    -0.002777777777777778,
    0.08333333333333333,
  };

  /** {@code B(2k) / (2k)} from k = 10 down. */
  private static final double[] ASYMPTOTIC = {
    -26.456212121212122,
    3.0539543302701198,
    -0.4432598039215686,
    0.08333333333333333,
    -0.021092796092796094,
    0.007575757575757576,
    -0.004166666666666667,
    0.003968253968253968,
    -0.008333333333333333,
    0.08333333333333333,
  };

  /** {@code B(2k) / (2k)!} from k = 1. */
  private static final double[] EULER_MACLAURIN = {
    0.08333333333333333,
    -0.001388888888888889,
    3.306878306878307e-05,
    -8.267195767195768e-07,
    2.08767569878681e-08,
    -5.284190138687493e-10,
    1.3382536530684679e-11,
    -3.3896802963225827e-13,
    8.586062056277845e-15,
    -2.174868698558062e-16,
    5.5090028283602295e-18,
    -1.3954464685812522e-19,
  };

  /** From here the asymptotic series have all digits. */
  private static final double LARGE = 8.0;

  /** Where digamma is 0, in two parts. */
  private static final double ROOT = 1.4616321449683622;

  private static final double ROOT_LOW = 9.549995429965697e-17;

  /** {@code log(2 pi) / 2 - 1/2}. */
  private static final double STIRLING_CONSTANT = 0.4189385332046728;

  private static final double LOG_PI = 1.1447298858494002;

  private Gamma() {}

  /** {@code log |gamma(x)|}; infinite at 0 and the negative integers. */
  static double lgamma(double x) {
    if (!(x > 0.0)) {
      return ofNegative(x);
    }
    if (x < 0.7) {
      double above =
          x < 0.3 ? x * Polynomial.at(x, AT_ONE) : Polynomial.at(x - 0.5, AROUND_MINIMUM);
      return above - Logarithm.log(x);
    }
    if (x < 1.3) {
      double t = x - 1.0;
      return t * Polynomial.at(t, AT_ONE) + 0.0; // not -0 at 1
    }
    if (x < 1.7) {
      return Polynomial.at(x - 1.5, AROUND_MINIMUM);
    }
    if (x < 2.3) {
      double t = x - 2.0;
      return t * Polynomial.at(t, AT_TWO);
    }
    return x < LARGE ? byRecurrence(x) : byStirling(x);
  }

  /** {@code lgamma(x) = log((x - 1) ... (x - n)) + lgamma(x - n)}. */
  private static double byRecurrence(double x) {
    double product = 1.0;
    double t = x;
    while (t >= 3.3) {
      t -= 1.0;
      product *= t;
    }
    double rest = Polynomial.at(t - 2.8125, FROM_2_3);
    return product == 1.0 ? rest : Logarithm.log(product) + rest;
  }

  private static double byStirling(double x) {
    double r = 1.0 / x;
    double series = Polynomial.at(r * r, STIRLING) * r;
    return Math.fma(x - 0.5, Logarithm.log(x) - 1.0, STIRLING_CONSTANT + series);
  }

  /** {@code lgamma(x) = log(pi / |x sin(pi x)|) - lgamma(-x)}; also for 0 and NaN. */
  private static double ofNegative(double x) {
    double a = -x;
    if (a < 0.3) {
      return x * Polynomial.at(x, AT_ONE) - Logarithm.log(a);
    }
    if (a == Double.POSITIVE_INFINITY || Double.isNaN(x)) {
      return x;
    }
    double r = a - Math.rint(a);
    double sine = Math.abs(Circular.sin(Math.PI * r));
    return r == 0.0 ? Double.POSITIVE_INFINITY : LOG_PI - Logarithm.log(a * sine) - lgamma(a);
  }

  /** The derivative of lgamma; -infinity at 0, infinite at -0, NaN at the negative integers. */
  static double digamma(double x) {
    if (!(x > 0.0)) {
      return digammaOfNegative(x);
    }
    if (x < 1.0) {
      return aroundRoot(x - (ROOT - 1.0)) - 1.0 / x;
    }
    if (x < 2.0) {
      return aroundRoot(x - ROOT);
    }
    if (x < LARGE) {
      double sum = 0.0;
      double t = x;
      while (t >= 3.0) {
        t -= 1.0;
        sum += 1.0 / t;
      }
      return sum + Polynomial.at(t - 2.5, FROM_TWO);
    }
    double r = 1.0 / x;
    double square = r * r;
    return Logarithm.log(x) - Math.fma(square, Polynomial.at(square, ASYMPTOTIC), 0.5 * r);
  }

  private static double aroundRoot(double fromRoot) {
    double t = fromRoot - ROOT_LOW;
    return t * Polynomial.at(t, AROUND_ROOT);
  }

  /** {@code digamma(x) = digamma(1 - x) - pi / tan(pi x)}; also for 0 and NaN. */
  private static double digammaOfNegative(double x) {
    if (x == 0.0) {
      return -1.0 / x;
    }
    double r = x - Math.rint(x);
    if (r == 0.0 || Double.isNaN(r)) {
      return Double.NaN;
    }
    // the quotient of small numbers, so that it is exactly 0 where the cotangent is
    double cotangent =
        Math.abs(r) <= 0.25
            ? 1.0 / Circular.tan(Math.PI * r)
            : Math.copySign(Circular.tan(Math.PI * (0.5 - Math.abs(r))), r);
    return digamma(1.0 - x) - Math.PI * cotangent;
  }

  /** The derivative of digamma of an order n from 1 to 170, whose factorial is given. */
  static double polygamma(int n, double factorial, double x) {
    int s = n + 1;
    double zeta;
    if (x > 0.0) {
      zeta = zeta(s, x);
    } else if (x == 0.0) {
      zeta = (s & 1) == 0 ? Double.POSITIVE_INFINITY : 1.0 / x;
    } else {
      zeta = zetaOfNegative(s, x);
    }
    return (s & 1) == 0 ? factorial * zeta : -factorial * zeta;
  }

  /**
   * The sum of {@code (x + k)^-s} over k from 0: the sum over all integers, in both directions from
   * the fraction of x, without those terms below x.
   */
  private static double zetaOfNegative(int s, double x) {
    double r = x - Math.rint(x);
    boolean even = (s & 1) == 0;
    if (r == 0.0 || Double.isNaN(r)) {
      return even && r == 0.0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    double up = zeta(s, r > 0.0 ? r : 1.0 + r);
    double down = zeta(s, r > 0.0 ? 1.0 - r : -r) - zeta(s, 1.0 - x);
    return even ? up + down : up - down;
  }

  /**
   * The zeta function of Hurwitz for positive q, by the summation formula of Euler and Maclaurin
   * (NIST Handbook, 25.11.7), whose terms fall below the rounding beyond {@code 10 + s}.
   */
  private static double zeta(int s, double q) {
    if (q > 0x1p60) {
      return power(q, s - 1) / (s - 1);
    }
    int terms = Math.max((int) Math.ceil(10.0 + s - q), 0);
    double from = q + terms;
    double sum = 0.0;
    for (int k = terms - 1; k >= 0; k--) {
      sum += power(q + k, s);
    }
    double last = power(from, s);
    double factor = last * s / from;
    double square = from * from;
    double rest = 0.0;
    for (int k = 0; k < EULER_MACLAURIN.length; k++) {
      rest += EULER_MACLAURIN[k] * factor;
      double a = s + 2 * k + 1;
      factor *= a * (a + 1.0) / square;
    }
    return sum + (rest + 0.5 * last + last * from / (s - 1));
  }

  /** {@code q^-s}. */
  private static double power(double q, int s) {
    return s == 1 ? 1.0 / q : s == 2 ? 1.0 / (q * q) : Power.pow(q, -s);
  }
}
