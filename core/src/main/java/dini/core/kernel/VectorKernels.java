package dini.core.kernel;

/**
 * The implementation by the Vector API, with the bits of {@link ScalarKernels}. Small inputs go
 * there, and so do the first ones of every kernel: a vector kernel that C2 has not compiled yet
 * boxes every vector and takes microseconds for each.
 */
final class VectorKernels implements Kernels {

  /** Below so many elements vectors do not pay. */
  static final int SMALL = 16;

  /** Below so many multiplications the loops of {@link ScalarProducts} are the faster. */
  private static final int SMALL_PRODUCT = 128;

  private final ColdStart cold;

  VectorKernels() {
    this(ColdStart.limit());
  }

  /** Kernels that leave the first {@code limit} elements of each kind to the scalar ones. */
  VectorKernels(long limit) {
    cold = new ColdStart(limit);
  }

  @Override
  public String name() {
    return "vector-" + VectorExponential.S.vectorBitSize();
  }

  @Override
  public void unary(UnaryKernel op, double[] x, int xo, double[] out, int oo, int n) {
    if (n < SMALL || cold.takes(ColdStart.UNARY_64 + op.ordinal(), n)) {
      ScalarUnary.apply(op, x, xo, out, oo, n);
    } else {
      VectorUnary64.apply(op, x, xo, out, oo, n);
    }
  }

  @Override
  public void binary(
      BinaryKernel op, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    if (n < SMALL || cold.takes(ColdStart.BINARY_64 + op.ordinal(), n)) {
      ScalarBinary.apply(op, x, xo, y, yo, out, oo, n);
    } else {
      VectorBinary64.apply(op, x, xo, y, yo, out, oo, n);
    }
  }

  @Override
  public void binary(BinaryKernel op, double[] x, int xo, double y, double[] out, int oo, int n) {
    if (n < SMALL || cold.takes(ColdStart.RIGHT_64 + op.ordinal(), n)) {
      ScalarBinary.apply(op, x, xo, y, out, oo, n);
    } else {
      VectorBinary64.apply(op, x, xo, y, out, oo, n);
    }
  }

  @Override
  public void binary(BinaryKernel op, double x, double[] y, int yo, double[] out, int oo, int n) {
    if (n < SMALL || cold.takes(ColdStart.LEFT_64 + op.ordinal(), n)) {
      ScalarBinary.apply(op, x, y, yo, out, oo, n);
    } else {
      VectorBinary64.apply(op, x, y, yo, out, oo, n);
    }
  }

  @Override
  public void axpy(double a, double[] x, int xo, double[] y, int yo, int n) {
    if (n < SMALL || cold.takes(ColdStart.AXPY_64, n)) {
      ScalarBinary.axpy(a, x, xo, y, yo, n);
    } else {
      VectorBinary64.axpy(a, x, xo, y, yo, n);
    }
  }

  @Override
  public double sum(double[] x, int xo, int n) {
    return n < SMALL || cold.takes(ColdStart.SUM_64, n)
        ? ScalarSums.sum(x, xo, n)
        : VectorSums64.sum(x, xo, n);
  }

  @Override
  public double max(double[] x, int xo, int n) {
    return n < SMALL || cold.takes(ColdStart.MAX_64, n)
        ? ScalarNorms.max(x, xo, n)
        : VectorNorms64.max(x, xo, n);
  }

  @Override
  public double min(double[] x, int xo, int n) {
    return n < SMALL || cold.takes(ColdStart.MIN_64, n)
        ? ScalarNorms.min(x, xo, n)
        : VectorNorms64.min(x, xo, n);
  }

  @Override
  public double dot(double[] x, int xo, double[] y, int yo, int n) {
    return n < SMALL || cold.takes(ColdStart.DOT_64, n)
        ? ScalarSums.dot(x, xo, y, yo, n)
        : VectorSums64.dot(x, xo, y, yo, n);
  }

  @Override
  public double nrm2(double[] x, int xo, int n) {
    return n < SMALL || cold.takes(ColdStart.DOT_64, n)
        ? ScalarNorms.nrm2(x, xo, n)
        : VectorNorms64.nrm2(x, xo, n);
  }

  @Override
  public void reduce(BinaryKernel op, double[] x, int outer, int n, int inner, double[] out) {
    int length = inner == 1 ? n : inner;
    long elements = (long) outer * n * inner;
    if (length < SMALL || cold.takes(ColdStart.REDUCE_64 + op.ordinal(), elements)) {
      ScalarReduction.reduce(op, x, outer, n, inner, out);
    } else {
      VectorMatrices64.reduce(op, x, outer, n, inner, out);
    }
  }

  @Override
  public void gemv(
      boolean transposed,
      int m,
      int n,
      double[] a,
      int ao,
      double[] x,
      int xo,
      double[] y,
      int yo) {
    int slot = transposed ? ColdStart.GEMV_TRANSPOSED_64 : ColdStart.GEMV_64;
    if (n < SMALL || cold.takes(slot, (long) m * n)) {
      ScalarMatrices.gemv(transposed, m, n, a, ao, x, xo, y, yo);
    } else {
      VectorMatrices64.gemv(transposed, m, n, a, ao, x, xo, y, yo);
    }
  }

  @Override
  public void gram(int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo) {
    if (n < SMALL || cold.takes(ColdStart.GRAM_64, (long) m * n)) {
      ScalarMatrices.gram(m, n, a, ao, x, xo, y, yo);
    } else {
      VectorMatrices64.gram(m, n, a, ao, x, xo, y, yo);
    }
  }

  @Override
  public void gemm(
      boolean ta,
      boolean tb,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co) {
    long work = (long) m * n * k;
    if (work < SMALL_PRODUCT || cold.takes(ColdStart.GEMM_64, work / ColdStart.PRODUCTS)) {
      ScalarProducts.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
    } else {
      VectorProducts64.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
    }
  }

  @Override
  public void transpose(int m, int n, double[] x, int xo, double[] out, int oo) {
    ScalarMatrices.transpose(m, n, x, xo, out, oo);
  }

  @Override
  public void unary(UnaryKernel op, float[] x, int xo, float[] out, int oo, int n) {
    if (n < SMALL || cold.takes(ColdStart.UNARY_32 + op.ordinal(), n)) {
      ScalarUnary.apply(op, x, xo, out, oo, n);
    } else {
      VectorUnary32.apply(op, x, xo, out, oo, n);
    }
  }

  @Override
  public void binary(
      BinaryKernel op, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    if (n < SMALL || cold.takes(ColdStart.BINARY_32 + op.ordinal(), n)) {
      ScalarBinary.apply(op, x, xo, y, yo, out, oo, n);
    } else {
      VectorBinary32.apply(op, x, xo, y, yo, out, oo, n);
    }
  }

  @Override
  public void binary(BinaryKernel op, float[] x, int xo, float y, float[] out, int oo, int n) {
    if (n < SMALL || cold.takes(ColdStart.RIGHT_32 + op.ordinal(), n)) {
      ScalarBinary.apply(op, x, xo, y, out, oo, n);
    } else {
      VectorBinary32.apply(op, x, xo, y, out, oo, n);
    }
  }

  @Override
  public void binary(BinaryKernel op, float x, float[] y, int yo, float[] out, int oo, int n) {
    if (n < SMALL || cold.takes(ColdStart.LEFT_32 + op.ordinal(), n)) {
      ScalarBinary.apply(op, x, y, yo, out, oo, n);
    } else {
      VectorBinary32.apply(op, x, y, yo, out, oo, n);
    }
  }

  @Override
  public void axpy(float a, float[] x, int xo, float[] y, int yo, int n) {
    if (n < SMALL || cold.takes(ColdStart.AXPY_32, n)) {
      ScalarBinary.axpy(a, x, xo, y, yo, n);
    } else {
      VectorBinary32.axpy(a, x, xo, y, yo, n);
    }
  }

  @Override
  public float sum(float[] x, int xo, int n) {
    return n < SMALL || cold.takes(ColdStart.SUM_32, n)
        ? ScalarSums.sum(x, xo, n)
        : VectorSums32.sum(x, xo, n);
  }

  @Override
  public float max(float[] x, int xo, int n) {
    return n < SMALL || cold.takes(ColdStart.MAX_32, n)
        ? ScalarNorms.max(x, xo, n)
        : VectorNorms32.max(x, xo, n);
  }

  @Override
  public float min(float[] x, int xo, int n) {
    return n < SMALL || cold.takes(ColdStart.MIN_32, n)
        ? ScalarNorms.min(x, xo, n)
        : VectorNorms32.min(x, xo, n);
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    return n < SMALL || cold.takes(ColdStart.DOT_32, n)
        ? ScalarSums.dot(x, xo, y, yo, n)
        : VectorSums32.dot(x, xo, y, yo, n);
  }

  @Override
  public float nrm2(float[] x, int xo, int n) {
    return n < SMALL || cold.takes(ColdStart.DOT_32, n)
        ? ScalarNorms.nrm2(x, xo, n)
        : VectorNorms32.nrm2(x, xo, n);
  }

  @Override
  public void reduce(BinaryKernel op, float[] x, int outer, int n, int inner, float[] out) {
    int length = inner == 1 ? n : inner;
    long elements = (long) outer * n * inner;
    if (length < SMALL || cold.takes(ColdStart.REDUCE_32 + op.ordinal(), elements)) {
      ScalarReduction.reduce(op, x, outer, n, inner, out);
    } else {
      VectorMatrices32.reduce(op, x, outer, n, inner, out);
    }
  }

  @Override
  public void gemv(
      boolean transposed, int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    int slot = transposed ? ColdStart.GEMV_TRANSPOSED_32 : ColdStart.GEMV_32;
    if (n < SMALL || cold.takes(slot, (long) m * n)) {
      ScalarMatrices.gemv(transposed, m, n, a, ao, x, xo, y, yo);
    } else {
      VectorMatrices32.gemv(transposed, m, n, a, ao, x, xo, y, yo);
    }
  }

  @Override
  public void gram(int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    if (n < SMALL || cold.takes(ColdStart.GRAM_32, (long) m * n)) {
      ScalarMatrices.gram(m, n, a, ao, x, xo, y, yo);
    } else {
      VectorMatrices32.gram(m, n, a, ao, x, xo, y, yo);
    }
  }

  @Override
  public void gemm(
      boolean ta,
      boolean tb,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co) {
    long work = (long) m * n * k;
    if (work < SMALL_PRODUCT || cold.takes(ColdStart.GEMM_32, work / ColdStart.PRODUCTS)) {
      ScalarProducts.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
    } else {
      VectorProducts32.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
    }
  }

  @Override
  public void transpose(int m, int n, float[] x, int xo, float[] out, int oo) {
    ScalarMatrices.transpose(m, n, x, xo, out, oo);
  }
}
