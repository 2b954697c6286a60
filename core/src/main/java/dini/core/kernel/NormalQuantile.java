package dini.core.kernel;

/**
 * The inverse of the normal distribution function, by rational approximations: PPND16 of Wichura,
 * Algorithm AS 241, Applied Statistics 37 (1988), whose error is about 1e-16 of the value; a few
 * ulp here, with our own logarithm.
 */
final class NormalQuantile {
  /** Up to here the quantile is a rational function of the distance from 1/2. */
  private static final double CENTRE = 0.425;

  private static final double CENTRE_SQUARED = 0.180625;

  private static final double HALF_ROOT_HALF = 0.3535533905932738;

  /** Up to {@code p = e^-25} one rational function of {@code sqrt(-log p)} serves the tail. */
  private static final double NEAR_TAIL = 5.0;

  private NormalQuantile() {}

  /** The z at which {@code P(Z > z) = p}, for p in (0, 1/2]. */
  static double upper(double p) {
    double q = 0.5 - p;
    if (q <= CENTRE) {
      return centre(q);
    }
    double r = Math.sqrt(-Logarithm.log(p));
    return r <= NEAR_TAIL ? nearTail(r - 1.6) : farTail(r - NEAR_TAIL);
  }

  private static double centre(double q) {
    double r = CENTRE_SQUARED - q * q;
    return q * numerator(r) / denominator(r);
  }

  /** The inverse of the error function, for x in [0, 0.85]. */
  static double ofErf(double x) {
    double r = CENTRE_SQUARED - 0.25 * x * x;
    return numerator(r) / denominator(r) * HALF_ROOT_HALF * x;
  }

  private static double numerator(double r) {
    double a = 2.5090809287301226727e+3;
    a = Math.fma(a, r, 3.3430575583588128105e+4);
    a = Math.fma(a, r, 6.7265770927008700853e+4);
    a = Math.fma(a, r, 4.5921953931549871457e+4);
    a = Math.fma(a, r, 1.3731693765509461125e+4);
    a = Math.fma(a, r, 1.9715909503065514427e+3);
    a = Math.fma(a, r, 1.3314166789178437745e+2);
    return Math.fma(a, r, 3.3871328727963666080e+0);
  }

  private static double denominator(double r) {
    double b = 5.2264952788528545610e+3;
    b = Math.fma(b, r, 2.8729085735721942674e+4);
    b = Math.fma(b, r, 3.9307895800092710610e+4);
    b = Math.fma(b, r, 2.1213794301586595867e+4);
    b = Math.fma(b, r, 5.3941960214247511077e+3);
    b = Math.fma(b, r, 6.8718700749205790830e+2);
    b = Math.fma(b, r, 4.2313330701600911252e+1);
    return Math.fma(b, r, 1.0);
  }

  private static double nearTail(double r) {
    double c = 7.74545014278341407640e-4;
    c = Math.fma(c, r, 2.27238449892691845833e-2);
    c = Math.fma(c, r, 2.41780725177450611770e-1);
    c = Math.fma(c, r, 1.27045825245236838258e+0);
    c = Math.fma(c, r, 3.64784832476320460504e+0);
    c = Math.fma(c, r, 5.76949722146069140550e+0);
    c = Math.fma(c, r, 4.63033784615654529590e+0);
    c = Math.fma(c, r, 1.42343711074968357734e+0);
    double d = 1.05075007164441684324e-9;
    d = Math.fma(d, r, 5.47593808499534494600e-4);
    d = Math.fma(d, r, 1.51986665636164571966e-2);
    d = Math.fma(d, r, 1.48103976427480074590e-1);
    d = Math.fma(d, r, 6.89767334985100004550e-1);
    d = Math.fma(d, r, 1.67638483018380384940e+0);
    d = Math.fma(d, r, 2.05319162663775882187e+0);
    d = Math.fma(d, r, 1.0);
    return c / d;
  }

  private static double farTail(double r) {
    double e = 2.01033439929228813265e-7;
    e = Math.fma(e, r, 2.71155556874348757815e-5);
    e = Math.fma(e, r, 1.24266094738807843860e-3);
    e = Math.fma(e, r, 2.65321895265761230930e-2);
    e = Math.fma(e, r, 2.96560571828504891230e-1);
    e = Math.fma(e, r, 1.78482653991729133580e+0);
    e = Math.fma(e, r, 5.46378491116411436990e+0);
    e = Math.fma(e, r, 6.65790464350110377720e+0);
    double f = 2.04426310338993978564e-15;
    f = Math.fma(f, r, 1.42151175831644588870e-7);
    f = Math.fma(f, r, 1.84631831751005468180e-5);
    f = Math.fma(f, r, 7.86869131145613259100e-4);
    f = Math.fma(f, r, 1.48753612908506148525e-2);
    f = Math.fma(f, r, 1.36929880922735805310e-1);
    f = Math.fma(f, r, 5.99832206555887937690e-1);
    f = Math.fma(f, r, 1.0);
    return e / f;
  }
}
