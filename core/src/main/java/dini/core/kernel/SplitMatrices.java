package dini.core.kernel;

/**
 * Products of matrices, cut into rows or columns of the result where that pays. Not so {@code A'
 * x}: columns of A are read at a stride then, measured eight times slower.
 */
final class SplitMatrices {
  /** The time of a multiplication in a product of matrices. */
  private static final double FMA_64 = 35;

  private static final double FMA_32 = 17;

  /**
   * Rows of A, or columns of B, that are a part of a product at least: each part packs the whole
   * other matrix, which then takes less than a tenth of its time.
   */
  private static final int STRETCH = 192;

  /** Rows or columns up to which parts would do little but pack. */
  private static final int LEAST = 64;

  /** Half the time of a multiplication in a product of a matrix and a vector, from memory. */
  private static final double STEP_64 = 150;

  private static final double STEP_32 = 75;

  private SplitMatrices() {}

  /** Rows or columns of a product of matrices in each part: at least two, not many more. */
  private static int stretch(int all) {
    int parts = Math.clamp(all / STRETCH, 2, 2 * Threads.count());
    // tiles have four rows
    return (all - 1) / parts + 4 & -4;
  }

  static void gemv(
      Kernels kernels,
      boolean transposed,
      int m,
      int n,
      double[] a,
      int ao,
      double[] x,
      int xo,
      double[] y,
      int yo) {
    if ((long) m * n < SplitKernels.LITTLE || x == y) {
      kernels.gemv(transposed, m, n, a, ao, x, xo, y, yo);
    } else if (!transposed && Threads.pays(m, n * STEP_64)) {
      Threads.split(
          m,
          n * STEP_64,
          8,
          (i, end) -> kernels.gemv(false, end - i, n, a, ao + i * n, x, xo, y, yo + i));
    } else {
      kernels.gemv(transposed, m, n, a, ao, x, xo, y, yo);
    }
  }

  static void gemm(
      Kernels kernels,
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
    int longer = Math.max(m, n);
    double cost = (double) Math.min(m, n) * k * FMA_64;
    if (a == c || b == c || longer < LEAST || !Threads.pays(longer, cost)) {
      kernels.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
      return;
    }
    int row = ta ? 1 : k;
    int step = ta ? m : 1;
    int bLine = tb ? k : n;
    Threads.split(
        longer,
        stretch(longer),
        m >= n
            ? (_, i, end) ->
                kernels.gemm(
                    tb, end - i, n, k, a, ao + i * row, row, step, b, bo, bLine, c, co + i * n, n)
            : (_, j, end) ->
                kernels.gemm(
                    tb,
                    m,
                    end - j,
                    k,
                    a,
                    ao,
                    row,
                    step,
                    b,
                    tb ? bo + j * k : bo + j,
                    bLine,
                    c,
                    co + j,
                    n));
  }

  static void gemv(
      Kernels kernels,
      boolean transposed,
      int m,
      int n,
      float[] a,
      int ao,
      float[] x,
      int xo,
      float[] y,
      int yo) {
    if ((long) m * n < SplitKernels.LITTLE || x == y) {
      kernels.gemv(transposed, m, n, a, ao, x, xo, y, yo);
    } else if (!transposed && Threads.pays(m, n * STEP_32)) {
      Threads.split(
          m,
          n * STEP_32,
          8,
          (i, end) -> kernels.gemv(false, end - i, n, a, ao + i * n, x, xo, y, yo + i));
    } else {
      kernels.gemv(transposed, m, n, a, ao, x, xo, y, yo);
    }
  }

  static void gemm(
      Kernels kernels,
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
    int longer = Math.max(m, n);
    double cost = (double) Math.min(m, n) * k * FMA_32;
    if (a == c || b == c || longer < LEAST || !Threads.pays(longer, cost)) {
      kernels.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
      return;
    }
    int row = ta ? 1 : k;
    int step = ta ? m : 1;
    int bLine = tb ? k : n;
    Threads.split(
        longer,
        stretch(longer),
        m >= n
            ? (_, i, end) ->
                kernels.gemm(
                    tb, end - i, n, k, a, ao + i * row, row, step, b, bo, bLine, c, co + i * n, n)
            : (_, j, end) ->
                kernels.gemm(
                    tb,
                    m,
                    end - j,
                    k,
                    a,
                    ao,
                    row,
                    step,
                    b,
                    tb ? bo + j * k : bo + j,
                    bLine,
                    c,
                    co + j,
                    n));
  }
}
