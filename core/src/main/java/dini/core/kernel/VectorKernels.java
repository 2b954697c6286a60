package dini.core.kernel;

import java.util.Arrays;
import java.util.Optional;
import jdk.incubator.vector.VectorShape;

/**
 * The implementation by the Vector API; what it does not override is the scalar one's.
 *
 * <p>Vector code is interpreted hundreds of times slower than it runs when compiled: the first
 * calls of a kernel take from 0.1 to 1 s together. So a family of kernels goes to the scalar twin,
 * whose bits are the same, until it has had 0.1 s of work, and tiny inputs do so for ever. The
 * system property {@code dini.warm=true} skips the former.
 */
final class VectorKernels extends ScalarKernels {

  static final int BITS = VectorShape.preferredShape().vectorBitSize();

  /** Below this many elements scalar code is as fast. */
  private static final int TINY = 8;

  /** Nanoseconds of scalar work, roughly, that a family does before its vector code is used. */
  private static final long COLD = 100_000_000;

  private static final int SUM_64 = 0;
  private static final int SUM_32 = 1;
  private static final int DOT_64 = 2;
  private static final int DOT_32 = 3;
  private static final int EXTREME_64 = 4;
  private static final int EXTREME_32 = 5;
  private static final int REDUCE_64 = 6;
  private static final int REDUCE_32 = 7;
  private static final int GEMV_64 = 8;
  private static final int GEMV_32 = 9;
  private static final int GRAM_64 = 10;
  private static final int GRAM_32 = 11;
  private static final int GEMM_64 = 12;
  private static final int GEMM_32 = 13;
  private static final int UNARY_64 = 14;
  private static final int UNARY_32 = UNARY_64 + UnaryKernel.values().length;
  private static final int BINARY_64 = UNARY_32 + UnaryKernel.values().length;
  private static final int BINARY_32 = BINARY_64 + BinaryKernel.values().length;
  private static final int AXPY_64 = BINARY_32 + BinaryKernel.values().length;
  private static final int AXPY_32 = AXPY_64 + 1;
  private static final int ADAM_64 = AXPY_32 + 1;
  private static final int ADAM_32 = ADAM_64 + AdamKernel.values().length;
  private static final int TRANSPOSE_64 = ADAM_32 + AdamKernel.values().length;
  private static final int TRANSPOSE_32 = TRANSPOSE_64 + 1;
  private static final int BLOCKS_64 = TRANSPOSE_32 + 1;
  private static final int TANH_64 = BLOCKS_64 + 1;
  private static final int TANH_32 = TANH_64 + 1;
  private static final int FAMILIES = TANH_32 + 1;

  /** Nanoseconds so far by family, up to COLD; races lose some, which does no harm. */
  private final long[] spent = new long[FAMILIES];

  VectorKernels(boolean warm) {
    if (warm) {
      Arrays.fill(spent, COLD);
    }
  }

  static Optional<Kernels> create() {
    return BITS >= 256
        ? Optional.of(new VectorKernels(Boolean.getBoolean("dini.warm")))
        : Optional.empty();
  }

  private boolean cold(int family, long nanoseconds) {
    long before = spent[family];
    if (before >= COLD) {
      return false;
    }
    spent[family] = before + nanoseconds;
    return true;
  }

  /**
   * Nanoseconds, roughly, of n elements in scalar code. No class of vectors is asked, since it
   * takes 12 ms to start the Vector API, and many programs end before they need it.
   */
  private static long scalar(UnaryKernel op, int n) {
    return switch (op) {
      case NEG, ABS, SIGN, SQUARE, RECIPROCAL, SQRT, RSQRT, RELU, FLOOR, CEIL, ROUND -> n / 2;
      default -> 4L * n;
    };
  }

  /** Nanoseconds, roughly, of n elements in scalar code. */
  private static long scalar(BinaryKernel op, int n) {
    return op == BinaryKernel.POW ? 25L * n : n / 2;
  }

  @Override
  public String name() {
    return "vector-" + BITS;
  }

  @Override
  public double sum(double[] x, int xo, int n) {
    return n < TINY || cold(SUM_64, n / 2) ? super.sum(x, xo, n) : VectorSums64.sum(x, xo, n);
  }

  @Override
  public float sum(float[] x, int xo, int n) {
    return n < TINY || cold(SUM_32, n / 2) ? super.sum(x, xo, n) : VectorSums32.sum(x, xo, n);
  }

  @Override
  public double dot(double[] x, int xo, double[] y, int yo, int n) {
    return n < TINY || cold(DOT_64, n)
        ? super.dot(x, xo, y, yo, n)
        : VectorSums64.dot(x, xo, y, yo, n);
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    return n < TINY || cold(DOT_32, n)
        ? super.dot(x, xo, y, yo, n)
        : VectorSums32.dot(x, xo, y, yo, n);
  }

  @Override
  public double nrm2(double[] x, int xo, int n) {
    double square = dot(x, xo, x, xo, n);
    return ScalarNorms.isSafe(square) ? Math.sqrt(square) : super.nrm2(x, xo, n);
  }

  @Override
  public float nrm2(float[] x, int xo, int n) {
    float square = dot(x, xo, x, xo, n);
    return ScalarNorms.isSafe(square) ? (float) Math.sqrt(square) : super.nrm2(x, xo, n);
  }

  @Override
  public double max(double[] x, int xo, int n) {
    return n < TINY || cold(EXTREME_64, n / 2)
        ? super.max(x, xo, n)
        : VectorReduction64.max(x, xo, n);
  }

  @Override
  public double amax(double[] x, int xo, int n) {
    return n < TINY || cold(EXTREME_64, n / 2)
        ? super.amax(x, xo, n)
        : VectorReduction64.amax(x, xo, n);
  }

  @Override
  public double min(double[] x, int xo, int n) {
    return n < TINY || cold(EXTREME_64, n / 2)
        ? super.min(x, xo, n)
        : VectorReduction64.min(x, xo, n);
  }

  @Override
  public float max(float[] x, int xo, int n) {
    return n < TINY || cold(EXTREME_32, n / 2)
        ? super.max(x, xo, n)
        : VectorReduction32.max(x, xo, n);
  }

  @Override
  public float min(float[] x, int xo, int n) {
    return n < TINY || cold(EXTREME_32, n / 2)
        ? super.min(x, xo, n)
        : VectorReduction32.min(x, xo, n);
  }

  @Override
  public void reduce(BinaryKernel op, double[] x, int outer, int n, int inner, double[] out) {
    if ((long) outer * n * inner < TINY
        || cold(REDUCE_64, (long) outer * n * inner / 2)
        || !VectorReduction64.reduce(op, x, outer, n, inner, out)) {
      super.reduce(op, x, outer, n, inner, out);
    }
  }

  @Override
  public void reduce(BinaryKernel op, float[] x, int outer, int n, int inner, float[] out) {
    if ((long) outer * n * inner < TINY
        || cold(REDUCE_32, (long) outer * n * inner / 2)
        || !VectorReduction32.reduce(op, x, outer, n, inner, out)) {
      super.reduce(op, x, outer, n, inner, out);
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
    if (x == y || n < TINY || cold(GEMV_64, (long) m * n)) {
      super.gemv(transposed, m, n, a, ao, x, xo, y, yo);
    } else if (transposed) {
      VectorMatrices64.transposedGemv(m, n, a, ao, x, xo, y, yo);
    } else {
      VectorMatrices64.gemv(m, n, a, ao, x, xo, y, yo);
    }
  }

  @Override
  public void gram(
      int m,
      int n,
      double[] a,
      int ao,
      double[] w,
      int wo,
      double[] x,
      int xo,
      double[] y,
      int yo) {
    if (x == y || n < TINY || cold(GRAM_64, 2L * m * n)) {
      super.gram(m, n, a, ao, w, wo, x, xo, y, yo);
    } else {
      VectorMatrices64.gram(m, n, a, ao, w, wo, x, xo, y, yo);
    }
  }

  @Override
  public void gemv(
      boolean transposed, int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    if (x == y || n < TINY || cold(GEMV_32, (long) m * n)) {
      super.gemv(transposed, m, n, a, ao, x, xo, y, yo);
    } else if (transposed) {
      VectorMatrices32.transposedGemv(m, n, a, ao, x, xo, y, yo);
    } else {
      VectorMatrices32.gemv(m, n, a, ao, x, xo, y, yo);
    }
  }

  @Override
  public void gram(
      int m, int n, float[] a, int ao, float[] w, int wo, float[] x, int xo, float[] y, int yo) {
    if (x == y || n < TINY || cold(GRAM_32, 2L * m * n)) {
      super.gram(m, n, a, ao, w, wo, x, xo, y, yo);
    } else {
      VectorMatrices32.gram(m, n, a, ao, w, wo, x, xo, y, yo);
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
    if (a == c || b == c || k == 0 || cold(GEMM_64, (long) m * n * k / 2)) {
      super.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
    } else {
      VectorProducts64.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
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
    if (a == c || b == c || k == 0 || cold(GEMM_32, (long) m * n * k / 2)) {
      super.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
    } else {
      VectorProducts32.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
    }
  }

  @Override
  public void gemm(
      boolean tb,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      int cLine) {
    if (k == 0 || cold(GEMM_64, (long) m * n * k / 2)) {
      super.gemm(tb, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    } else {
      VectorProducts64.part(tb, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    }
  }

  @Override
  public void transpose(int m, int n, double[] x, int xo, double[] out, int oo) {
    if (x == out || Math.min(m, n) < BITS / Double.SIZE || cold(TRANSPOSE_64, (long) m * n)) {
      super.transpose(m, n, x, xo, out, oo);
    } else {
      VectorTransposes64.transpose(m, n, x, xo, n, out, oo, m);
    }
  }

  @Override
  public void gemm(
      boolean tb,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int row,
      int step,
      float[] b,
      int bo,
      int bLine,
      float[] c,
      int co,
      int cLine) {
    if (k == 0 || cold(GEMM_32, (long) m * n * k / 2)) {
      super.gemm(tb, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    } else {
      VectorProducts32.part(tb, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    }
  }

  @Override
  public void transpose(int m, int n, float[] x, int xo, float[] out, int oo) {
    if (x == out || Math.min(m, n) < BITS / Float.SIZE || cold(TRANSPOSE_32, (long) m * n)) {
      super.transpose(m, n, x, xo, out, oo);
    } else {
      VectorTransposes32.transpose(m, n, x, xo, n, out, oo, m);
    }
  }

  @Override
  public void unary(UnaryKernel op, double[] x, int xo, double[] out, int oo, int n) {
    if (n < TINY
        || cold(UNARY_64 + op.ordinal(), scalar(op, n))
        || (!VectorCheap64.apply(op, x, xo, out, oo, n)
            && !VectorUnary64.apply(op, x, xo, out, oo, n))) {
      super.unary(op, x, xo, out, oo, n);
    }
  }

  @Override
  public void unary(UnaryKernel op, float[] x, int xo, float[] out, int oo, int n) {
    if (n < TINY
        || cold(UNARY_32 + op.ordinal(), scalar(op, n))
        || (!VectorCheap32.apply(op, x, xo, out, oo, n)
            && !VectorUnary32.apply(op, x, xo, out, oo, n))) {
      super.unary(op, x, xo, out, oo, n);
    }
  }

  @Override
  public void tanhAndSechSquared(
      double[] x, int xo, double[] tanh, int to, double[] slope, int so, int n) {
    if (n < TINY || cold(TANH_64, scalar(UnaryKernel.TANH, n))) {
      super.tanhAndSechSquared(x, xo, tanh, to, slope, so, n);
    } else {
      VectorTanh.tanhAndSechSquared(x, xo, tanh, to, slope, so, n);
    }
  }

  @Override
  public void tanhAndSechSquared(
      float[] x, int xo, float[] tanh, int to, float[] slope, int so, int n) {
    if (n < TINY || cold(TANH_32, scalar(UnaryKernel.TANH, n))) {
      super.tanhAndSechSquared(x, xo, tanh, to, slope, so, n);
    } else {
      VectorTanh32.tanhAndSechSquared(x, xo, tanh, to, slope, so, n);
    }
  }

  @Override
  public void binary(
      BinaryKernel op, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    if (n < TINY
        || cold(BINARY_64 + op.ordinal(), scalar(op, n))
        || !VectorBinary64.apply(op, x, xo, y, yo, out, oo, n)) {
      super.binary(op, x, xo, y, yo, out, oo, n);
    }
  }

  @Override
  public void binary(BinaryKernel op, double[] x, int xo, double y, double[] out, int oo, int n) {
    if (n < TINY
        || cold(BINARY_64 + op.ordinal(), scalar(op, n))
        || !VectorBinary64.apply(op, x, xo, y, out, oo, n)) {
      super.binary(op, x, xo, y, out, oo, n);
    }
  }

  @Override
  public void binary(BinaryKernel op, double x, double[] y, int yo, double[] out, int oo, int n) {
    if (n < TINY
        || cold(BINARY_64 + op.ordinal(), scalar(op, n))
        || !VectorBinary64.apply(op, x, y, yo, out, oo, n)) {
      super.binary(op, x, y, yo, out, oo, n);
    }
  }

  @Override
  public void axpy(double a, double[] x, int xo, double[] y, int yo, int n) {
    if (n < TINY || cold(AXPY_64, n / 4)) {
      super.axpy(a, x, xo, y, yo, n);
    } else {
      VectorBinary64.axpy(a, x, xo, y, yo, n);
    }
  }

  @Override
  public void binary(
      BinaryKernel op, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    if (n < TINY
        || cold(BINARY_32 + op.ordinal(), scalar(op, n))
        || !VectorBinary32.apply(op, x, xo, y, yo, out, oo, n)) {
      super.binary(op, x, xo, y, yo, out, oo, n);
    }
  }

  @Override
  public void binary(BinaryKernel op, float[] x, int xo, float y, float[] out, int oo, int n) {
    if (n < TINY
        || cold(BINARY_32 + op.ordinal(), scalar(op, n))
        || !VectorBinary32.apply(op, x, xo, y, out, oo, n)) {
      super.binary(op, x, xo, y, out, oo, n);
    }
  }

  @Override
  public void binary(BinaryKernel op, float x, float[] y, int yo, float[] out, int oo, int n) {
    if (n < TINY
        || cold(BINARY_32 + op.ordinal(), scalar(op, n))
        || !VectorBinary32.apply(op, x, y, yo, out, oo, n)) {
      super.binary(op, x, y, yo, out, oo, n);
    }
  }

  @Override
  public void axpy(float a, float[] x, int xo, float[] y, int yo, int n) {
    if (n < TINY || cold(AXPY_32, n / 4)) {
      super.axpy(a, x, xo, y, yo, n);
    } else {
      VectorBinary32.axpy(a, x, xo, y, yo, n);
    }
  }

  @Override
  public void adam(AdamKernel pass, AdamConstants constants, double[][] in, double[][] out, int n) {
    if (n < TINY || cold(ADAM_64 + pass.ordinal(), 4L * n)) {
      super.adam(pass, constants, in, out, n);
    } else {
      VectorAdam64.apply(pass, constants, in, out, n);
    }
  }

  @Override
  public void adam(AdamKernel pass, AdamConstants constants, float[][] in, float[][] out, int n) {
    if (n < TINY || cold(ADAM_32 + pass.ordinal(), 4L * n)) {
      super.adam(pass, constants, in, out, n);
    } else {
      VectorAdam32.apply(pass, constants, in, out, n);
    }
  }

  @Override
  public void swap(double[] x, int xo, double[] y, int yo, int n) {
    if (n < TINY || cold(BLOCKS_64, n)) {
      super.swap(x, xo, y, yo, n);
    } else {
      VectorBlocks64.swap(x, xo, y, yo, n);
    }
  }

  @Override
  public void subtract(
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      int cLine) {
    if (cold(BLOCKS_64, (long) m * n * k / 2)) {
      super.subtract(m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    } else {
      VectorBlocks64.subtract(false, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    }
  }

  @Override
  public void subtractUpper(
      int n,
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      int cLine) {
    if (cold(BLOCKS_64, (long) n * n * k / 4)) {
      super.subtractUpper(n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    } else {
      VectorBlocks64.subtract(true, n, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
    }
  }

  @Override
  public void substitute(
      boolean unit,
      int n,
      int k,
      double[] t,
      int to,
      int row,
      int step,
      double[] b,
      int bo,
      int line) {
    if (k < TINY || cold(BLOCKS_64, (long) n * n * k / 4)) {
      super.substitute(unit, n, k, t, to, row, step, b, bo, line);
      return;
    }
    for (int i = 0; i < n; i += 4) {
      int count = Math.min(4, n - i);
      int at = to + i * row;
      int block = bo + i * line;
      if (i > 0) {
        VectorBlocks64.subtract(false, count, k, i, t, at, row, step, b, bo, line, b, block, line);
      }
      VectorTriangles64.substitute(unit, count, k, t, at + i * step, row, step, b, block, line);
    }
  }
}
