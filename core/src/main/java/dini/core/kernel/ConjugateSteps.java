package dini.core.kernel;

/**
 * The vector updates of conjugate gradients in passes of few blocks: what one kernel leaves in a
 * cache the next one finds there. Each element, and each sum, is computed as by those kernels over
 * the whole.
 */
final class ConjugateSteps {
  /** Elements that stay in a cache of level 1: of two arrays, 16 KB. */
  private static final int SHORT = 1024;

  private ConjugateSteps() {}

  static void xpby(Kernels kernels, double[] z, int zo, double b, double[] p, int po, int n) {
    for (int i = 0; i < n; i += SHORT) {
      int length = Math.min(SHORT, n - i);
      kernels.binary(BinaryKernel.MUL, p, po + i, b, p, po + i, length);
      kernels.binary(BinaryKernel.ADD, p, po + i, z, zo + i, p, po + i, length);
    }
  }

  static double descend(
      Kernels kernels,
      double a,
      double c,
      double[] p,
      double[] q,
      double[] x,
      double[] r,
      int from,
      int n) {
    if (n <= SumOrder.BLOCK) {
      return block(kernels, a, c, p, q, x, r, from, n);
    }
    double[] squares = new double[(n - 1) / SumOrder.BLOCK + 1];
    for (int b = 0; b < squares.length; b++) {
      int at = b * SumOrder.BLOCK;
      int length = Math.min(SumOrder.BLOCK, n - at);
      squares[b] = block(kernels, a, c, p, q, x, r, from + at, length);
    }
    return SumOrder.tree(squares);
  }

  private static double block(
      Kernels kernels,
      double a,
      double c,
      double[] p,
      double[] q,
      double[] x,
      double[] r,
      int at,
      int n) {
    kernels.axpy(a, p, at, x, at, n);
    kernels.axpy(-a, q, at, r, at, n);
    if (c != 0) {
      kernels.axpy(c, p, at, r, at, n);
    }
    return kernels.dot(r, at, r, at, n);
  }

  static void xpby(Kernels kernels, float[] z, int zo, float b, float[] p, int po, int n) {
    for (int i = 0; i < n; i += SHORT) {
      int length = Math.min(SHORT, n - i);
      kernels.binary(BinaryKernel.MUL, p, po + i, b, p, po + i, length);
      kernels.binary(BinaryKernel.ADD, p, po + i, z, zo + i, p, po + i, length);
    }
  }

  static float descend(
      Kernels kernels,
      float a,
      float c,
      float[] p,
      float[] q,
      float[] x,
      float[] r,
      int from,
      int n) {
    if (n <= SumOrder.BLOCK) {
      return block(kernels, a, c, p, q, x, r, from, n);
    }
    float[] squares = new float[(n - 1) / SumOrder.BLOCK + 1];
    for (int b = 0; b < squares.length; b++) {
      int at = b * SumOrder.BLOCK;
      int length = Math.min(SumOrder.BLOCK, n - at);
      squares[b] = block(kernels, a, c, p, q, x, r, from + at, length);
    }
    return SumOrder.tree(squares);
  }

  private static float block(
      Kernels kernels,
      float a,
      float c,
      float[] p,
      float[] q,
      float[] x,
      float[] r,
      int at,
      int n) {
    kernels.axpy(a, p, at, x, at, n);
    kernels.axpy(-a, q, at, r, at, n);
    if (c != 0) {
      kernels.axpy(c, p, at, r, at, n);
    }
    return kernels.dot(r, at, r, at, n);
  }
}
