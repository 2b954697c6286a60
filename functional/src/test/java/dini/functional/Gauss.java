package dini.functional;

/** The normal distribution by a series and a continued fraction: slow, and exact to 1e-14. */
public final class Gauss {
  /** Terms of the continued fraction that suffice from 2 on. */
  private static final int DEPTH = 400;

  private Gauss() {}

  private static double density(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  /** {@code P(Z <= z)}. */
  public static double cdf(double z) {
    if (Math.abs(z) < 2) {
      return 0.5 + centre(z);
    }
    return z < 0 ? upper(-z) : 1 - upper(z);
  }

  /** {@code P(0 < Z <= z)}, negative for negative z. */
  private static double centre(double z) {
    double term = z;
    double sum = 0;
    for (int k = 1; sum + term != sum; k++) {
      sum += term;
      term *= z * z / (2 * k + 1);
    }
    return density(z) * sum;
  }

  /** {@code P(Z > z)} for z from 2 on. */
  private static double upper(double z) {
    double fraction = z;
    for (int k = DEPTH; k > 0; k--) {
      fraction = z + k / fraction;
    }
    return density(z) / fraction;
  }

  /** The z at which {@code P(0 < Z <= z) = q}, for q from 0 to 0.477. */
  public static double quantileOfCentre(double q) {
    double z = q;
    for (int i = 0; i < 50; i++) {
      z -= (centre(z) - q) / density(z);
    }
    return z;
  }

  /** The z at which {@code P(Z > z) = p}, for p up to 0.0227. */
  public static double quantileOfTail(double p) {
    double z = Math.max(2, Math.sqrt(-2 * Math.log(p)) - 0.5);
    for (int i = 0; i < 50; i++) {
      double tail = upper(z);
      z += Math.log(tail / p) * tail / density(z);
    }
    return z;
  }
}
