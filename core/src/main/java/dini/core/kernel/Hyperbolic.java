package dini.core.kernel;

/**
 * {@code tanh} and its derivative: straight-line code over {@link Exponential}, to be copied
 * operation by operation.
 */
final class Hyperbolic {

  private Hyperbolic() {}

  /** The hyperbolic tangent: below 2 ulp. */
  static double tanh(double x) {
    double a = Math.abs(x);
    a = a > 22.0 ? 22.0 : a;
    double e = Exponential.expm1(2.0 * a);
    // e / (e + 2) = 1 - 2 / (e + 2), of which the latter is the more accurate from 1/2 up
    boolean large = e > 2.0;
    double d = e + 2.0;
    double rest = e - (d - 2.0);
    double inverse = 1.0 / d;
    double n = large ? -2.0 : e;
    double q = n * inverse;
    // one step of division with the part of d that was rounded off, exact where it matters: e <= 2
    double remainder = Math.fma(-q, rest, Math.fma(-q, d, n));
    q = Math.fma(remainder, inverse, q);
    double y = large ? 1.0 + q : q;
    return Math.copySign(y, x);
  }

  /** {@code 1 / cosh(x)^2 = 4u / ((1 + u) (1 + u))} with {@code u = exp(-2|x|)}. */
  static double sechSquared(double x) {
    double u = Exponential.exp(-2.0 * Math.abs(x));
    double v = 1.0 + u;
    return 4.0 * u / (v * v);
  }
}
