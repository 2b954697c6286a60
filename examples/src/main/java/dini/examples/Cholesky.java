package dini.examples;

/** A linear solver as anyone might have at hand: plain Java on arrays. */
final class Cholesky {
  private Cholesky() {}

  /**
   * The solution of {@code A x = b}.
   *
   * @param a a symmetric positive definite matrix, row by row; it becomes its Cholesky factor
   * @param b the right-hand side; it becomes the solution
   * @return the solution
   */
  static double[] solve(double[] a, double[] b) {
    int n = b.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = a[i * n + j];
        for (int k = 0; k < j; k++) {
          rest -= a[i * n + k] * a[j * n + k];
        }
        a[i * n + j] = i == j ? Math.sqrt(rest) : rest / a[j * n + j];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        b[i] -= a[i * n + k] * b[k];
      }
      b[i] /= a[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        b[i] -= a[k * n + i] * b[k];
      }
      b[i] /= a[i * n + i];
    }
    return b;
  }
}
