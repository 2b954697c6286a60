package dini.core.kernel;

/** Derivatives of digamma, of any order, on arrays; FLOAT32 is computed in double and rounded. */
public final class PolygammaKernel {
  /** The factorial of a larger order is no double. */
  public static final int LARGEST = 170;

  private PolygammaKernel() {}

  /** {@code out[i] = polygamma(n, x[i])} for n from 1 to {@link #LARGEST}. */
  public static void apply(int n, double[] x, double[] out) {
    double factorial = factorial(n);
    for (int i = 0; i < x.length; i++) {
      out[i] = Gamma.polygamma(n, factorial, x[i]);
    }
  }

  /** {@code out[i] = polygamma(n, x[i])} for n from 1 to {@link #LARGEST}. */
  public static void apply(int n, float[] x, float[] out) {
    double factorial = factorial(n);
    for (int i = 0; i < x.length; i++) {
      out[i] = (float) Gamma.polygamma(n, factorial, x[i]);
    }
  }

  private static double factorial(int n) {
    double product = 1.0;
    for (int k = 2; k <= n; k++) {
      product *= k;
    }
    return product;
  }
}
