package dini.core.kernel;

/** Derivatives of digamma, of any order, on arrays; FLOAT32 is computed in double and rounded. */
public final class PolygammaKernel {
  /** The factorial of a larger order is no double. */
  public static final int LARGEST = 170;

  private PolygammaKernel() {}

  /** {@code out[i] = polygamma(order, x[i])} for orders from 1 to {@link #LARGEST}. */
  public static void apply(int order, double[] x, int xo, double[] out, int oo, int n) {
    double factorial = factorial(order);
    for (int i = 0; i < n; i++) {
      out[oo + i] = Gamma.polygamma(order, factorial, x[xo + i]);
    }
  }

  /** {@code out[i] = polygamma(order, x[i])} for orders from 1 to {@link #LARGEST}. */
  public static void apply(int order, float[] x, int xo, float[] out, int oo, int n) {
    double factorial = factorial(order);
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) Gamma.polygamma(order, factorial, x[xo + i]);
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
