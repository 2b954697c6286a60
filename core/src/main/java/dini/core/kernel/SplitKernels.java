package dini.core.kernel;

/**
 * Kernels that split big work over threads, and pass the rest on as it is. Each element of a result
 * is computed as without them: outputs are cut into ranges, long sums where {@link SumOrder} cuts
 * them. A kernel that is only passed on is not worth it, or runs over an order that has no such
 * cut.
 *
 * @param kernels what computes the parts
 */
record SplitKernels(Kernels kernels) implements Kernels {
  /** Below this many elements nothing but products of matrices can be big. */
  static final int LITTLE = 1 << 15;

  /** Parts of elementwise work begin at whole cache lines, if the arrays do. */
  private static final int LINE = 64;

  /** Half the time of an element that is only read, from memory. */
  static final double READ = 50;

  @Override
  public String name() {
    return kernels.name();
  }

  // ---- FLOAT64 ----

  @Override
  public void unary(UnaryKernel op, double[] x, int xo, double[] out, int oo, int n) {
    double cost = op.picoseconds();
    if (n < LITTLE || !Threads.pays(n, cost)) {
      kernels.unary(op, x, xo, out, oo, n);
    } else {
      Threads.split(n, cost, LINE, (i, end) -> kernels.unary(op, x, xo + i, out, oo + i, end - i));
    }
  }

  @Override
  public void tanhAndSechSquared(
      double[] x, int xo, double[] tanh, int to, double[] slope, int so, int n) {
    double cost = UnaryKernel.TANH.picoseconds();
    if (n < LITTLE || !Threads.pays(n, cost)) {
      kernels.tanhAndSechSquared(x, xo, tanh, to, slope, so, n);
    } else {
      Threads.split(
          n,
          cost,
          LINE,
          (i, end) -> kernels.tanhAndSechSquared(x, xo + i, tanh, to + i, slope, so + i, end - i));
    }
  }

  @Override
  public void binary(
      BinaryKernel op, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    double cost = op.picoseconds();
    if (n < LITTLE || !Threads.pays(n, cost)) {
      kernels.binary(op, x, xo, y, yo, out, oo, n);
    } else {
      Threads.split(
          n,
          cost,
          LINE,
          (i, end) -> kernels.binary(op, x, xo + i, y, yo + i, out, oo + i, end - i));
    }
  }

  @Override
  public void binary(BinaryKernel op, double[] x, int xo, double y, double[] out, int oo, int n) {
    double cost = op.picoseconds();
    if (n < LITTLE || !Threads.pays(n, cost)) {
      kernels.binary(op, x, xo, y, out, oo, n);
    } else {
      Threads.split(
          n, cost, LINE, (i, end) -> kernels.binary(op, x, xo + i, y, out, oo + i, end - i));
    }
  }

  @Override
  public void binary(BinaryKernel op, double x, double[] y, int yo, double[] out, int oo, int n) {
    double cost = op.picoseconds();
    if (n < LITTLE || !Threads.pays(n, cost)) {
      kernels.binary(op, x, y, yo, out, oo, n);
    } else {
      Threads.split(
          n, cost, LINE, (i, end) -> kernels.binary(op, x, y, yo + i, out, oo + i, end - i));
    }
  }

  @Override
  public void axpy(double a, double[] x, int xo, double[] y, int yo, int n) {
    if (n < LITTLE || !Threads.pays(n, BinaryKernel.CHEAP)) {
      kernels.axpy(a, x, xo, y, yo, n);
    } else {
      Threads.split(
          n, BinaryKernel.CHEAP, LINE, (i, end) -> kernels.axpy(a, x, xo + i, y, yo + i, end - i));
    }
  }

  @Override
  public void xpby(double[] z, int zo, double b, double[] p, int po, int n) {
    if (n < LITTLE || !Threads.pays(n, BinaryKernel.CHEAP)) {
      kernels.xpby(z, zo, b, p, po, n);
    } else {
      Threads.split(
          n, BinaryKernel.CHEAP, LINE, (i, end) -> kernels.xpby(z, zo + i, b, p, po + i, end - i));
    }
  }

  @Override
  public double descend(
      double a, double c, double[] p, double[] q, double[] x, double[] r, int from, int n) {
    double cost = 2 * BinaryKernel.CHEAP;
    if (n < LITTLE || !Threads.pays(n, cost)) {
      return kernels.descend(a, c, p, q, x, r, from, n);
    }
    return SumOrder.tree(
        blocks64(n, cost, (at, length) -> kernels.descend(a, c, p, q, x, r, from + at, length)));
  }

  @Override
  public void adam(AdamKernel pass, AdamConstants constants, double[][] in, double[][] out, int n) {
    kernels.adam(pass, constants, in, out, n);
  }

  @Override
  public double sum(double[] x, int xo, int n) {
    if (n < LITTLE || !Threads.pays(n, READ)) {
      return kernels.sum(x, xo, n);
    }
    double[] parts = blocks64(n, READ, (at, length) -> kernels.sum(x, xo + at, length));
    return SumOrder.tree(parts);
  }

  @Override
  public double dot(double[] x, int xo, double[] y, int yo, int n) {
    if (n < LITTLE || !Threads.pays(n, 2 * READ)) {
      return kernels.dot(x, xo, y, yo, n);
    }
    double[] parts =
        blocks64(n, 2 * READ, (at, length) -> kernels.dot(x, xo + at, y, yo + at, length));
    return SumOrder.tree(parts);
  }

  @Override
  public double nrm2(double[] x, int xo, int n) {
    if (n < LITTLE || !Threads.pays(n, READ)) {
      return kernels.nrm2(x, xo, n);
    }
    double square = dot(x, xo, x, xo, n);
    return ScalarNorms.isSafe(square) ? Math.sqrt(square) : kernels.nrm2(x, xo, n);
  }

  @Override
  public double max(double[] x, int xo, int n) {
    if (n < LITTLE || !Threads.pays(n, READ)) {
      return kernels.max(x, xo, n);
    }
    double[] parts = blocks64(n, READ, (at, length) -> kernels.max(x, xo + at, length));
    return kernels.max(parts, 0, parts.length);
  }

  @Override
  public double min(double[] x, int xo, int n) {
    if (n < LITTLE || !Threads.pays(n, READ)) {
      return kernels.min(x, xo, n);
    }
    double[] parts = blocks64(n, READ, (at, length) -> kernels.min(x, xo + at, length));
    return kernels.min(parts, 0, parts.length);
  }

  /** Rows are reduced each for itself, a long one by its blocks; a product has no such cut. */
  @Override
  public void reduce(BinaryKernel op, double[] x, int outer, int n, int inner, double[] out) {
    if ((long) outer * n < LITTLE || inner > 1 || op == BinaryKernel.MUL) {
      kernels.reduce(op, x, outer, n, inner, out);
    } else if (outer == 1) {
      out[0] = whole(op, x, 0, n);
    } else if (Threads.pays(outer, n * READ)) {
      Threads.split(outer, n * READ, LINE / 8, (from, to) -> rows(op, x, from, to, n, out));
    } else {
      kernels.reduce(op, x, outer, n, inner, out);
    }
  }

  private void rows(BinaryKernel op, double[] x, int from, int to, int n, double[] out) {
    for (int i = from; i < to; i++) {
      out[i] =
          switch (op) {
            case ADD -> kernels.sum(x, i * n, n);
            case MAX -> kernels.max(x, i * n, n);
            case MIN -> kernels.min(x, i * n, n);
            default -> throw new AssertionError(op);
          };
    }
  }

  private double whole(BinaryKernel op, double[] x, int xo, int n) {
    return switch (op) {
      case ADD -> sum(x, xo, n);
      case MAX -> max(x, xo, n);
      case MIN -> min(x, xo, n);
      default -> throw new AssertionError(op);
    };
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
    SplitMatrices.gemv(kernels, transposed, m, n, a, ao, x, xo, y, yo);
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
    kernels.gram(m, n, a, ao, w, wo, x, xo, y, yo);
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
    SplitMatrices.gemm(kernels, ta, tb, m, n, k, a, ao, b, bo, c, co);
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
    kernels.gemm(tb, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
  }

  @Override
  public void transpose(int m, int n, double[] x, int xo, double[] out, int oo) {
    kernels.transpose(m, n, x, xo, out, oo);
  }

  // ---- blocks of a matrix: passed on, since a factorization calls them by the hundred ----

  @Override
  public double amax(double[] x, int xo, int n) {
    return kernels.amax(x, xo, n);
  }

  @Override
  public void swap(double[] x, int xo, double[] y, int yo, int n) {
    kernels.swap(x, xo, y, yo, n);
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
    kernels.subtract(m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
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
    kernels.subtractUpper(n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
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
    kernels.substitute(unit, n, k, t, to, row, step, b, bo, line);
  }

  /** A number for each block of a long range. */
  private interface Block64 {
    double of(int at, int length);
  }

  private static double[] blocks64(int n, double cost, Block64 block) {
    double[] parts = new double[(n - 1) / SumOrder.BLOCK + 1];
    Threads.split(
        parts.length,
        SumOrder.BLOCK * cost,
        1,
        (from, to) -> {
          for (int b = from; b < to; b++) {
            int at = b * SumOrder.BLOCK;
            parts[b] = block.of(at, Math.min(SumOrder.BLOCK, n - at));
          }
        });
    return parts;
  }

  // ---- FLOAT32 ----

  @Override
  public void unary(UnaryKernel op, float[] x, int xo, float[] out, int oo, int n) {
    double cost = op.picoseconds();
    if (n < LITTLE || !Threads.pays(n, cost)) {
      kernels.unary(op, x, xo, out, oo, n);
    } else {
      Threads.split(n, cost, LINE, (i, end) -> kernels.unary(op, x, xo + i, out, oo + i, end - i));
    }
  }

  @Override
  public void tanhAndSechSquared(
      float[] x, int xo, float[] tanh, int to, float[] slope, int so, int n) {
    double cost = UnaryKernel.TANH.picoseconds();
    if (n < LITTLE || !Threads.pays(n, cost)) {
      kernels.tanhAndSechSquared(x, xo, tanh, to, slope, so, n);
    } else {
      Threads.split(
          n,
          cost,
          LINE,
          (i, end) -> kernels.tanhAndSechSquared(x, xo + i, tanh, to + i, slope, so + i, end - i));
    }
  }

  @Override
  public void binary(
      BinaryKernel op, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    double cost = op.picoseconds();
    if (n < LITTLE || !Threads.pays(n, cost)) {
      kernels.binary(op, x, xo, y, yo, out, oo, n);
    } else {
      Threads.split(
          n,
          cost,
          LINE,
          (i, end) -> kernels.binary(op, x, xo + i, y, yo + i, out, oo + i, end - i));
    }
  }

  @Override
  public void binary(BinaryKernel op, float[] x, int xo, float y, float[] out, int oo, int n) {
    double cost = op.picoseconds();
    if (n < LITTLE || !Threads.pays(n, cost)) {
      kernels.binary(op, x, xo, y, out, oo, n);
    } else {
      Threads.split(
          n, cost, LINE, (i, end) -> kernels.binary(op, x, xo + i, y, out, oo + i, end - i));
    }
  }

  @Override
  public void binary(BinaryKernel op, float x, float[] y, int yo, float[] out, int oo, int n) {
    double cost = op.picoseconds();
    if (n < LITTLE || !Threads.pays(n, cost)) {
      kernels.binary(op, x, y, yo, out, oo, n);
    } else {
      Threads.split(
          n, cost, LINE, (i, end) -> kernels.binary(op, x, y, yo + i, out, oo + i, end - i));
    }
  }

  @Override
  public void axpy(float a, float[] x, int xo, float[] y, int yo, int n) {
    if (n < LITTLE || !Threads.pays(n, BinaryKernel.CHEAP)) {
      kernels.axpy(a, x, xo, y, yo, n);
    } else {
      Threads.split(
          n, BinaryKernel.CHEAP, LINE, (i, end) -> kernels.axpy(a, x, xo + i, y, yo + i, end - i));
    }
  }

  @Override
  public void xpby(float[] z, int zo, float b, float[] p, int po, int n) {
    if (n < LITTLE || !Threads.pays(n, BinaryKernel.CHEAP)) {
      kernels.xpby(z, zo, b, p, po, n);
    } else {
      Threads.split(
          n, BinaryKernel.CHEAP, LINE, (i, end) -> kernels.xpby(z, zo + i, b, p, po + i, end - i));
    }
  }

  @Override
  public float descend(
      float a, float c, float[] p, float[] q, float[] x, float[] r, int from, int n) {
    double cost = 2 * BinaryKernel.CHEAP;
    if (n < LITTLE || !Threads.pays(n, cost)) {
      return kernels.descend(a, c, p, q, x, r, from, n);
    }
    return SumOrder.tree(
        blocks32(n, cost, (at, length) -> kernels.descend(a, c, p, q, x, r, from + at, length)));
  }

  @Override
  public void adam(AdamKernel pass, AdamConstants constants, float[][] in, float[][] out, int n) {
    kernels.adam(pass, constants, in, out, n);
  }

  @Override
  public float sum(float[] x, int xo, int n) {
    if (n < LITTLE || !Threads.pays(n, READ)) {
      return kernels.sum(x, xo, n);
    }
    float[] parts = blocks32(n, READ, (at, length) -> kernels.sum(x, xo + at, length));
    return SumOrder.tree(parts);
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    if (n < LITTLE || !Threads.pays(n, 2 * READ)) {
      return kernels.dot(x, xo, y, yo, n);
    }
    float[] parts =
        blocks32(n, 2 * READ, (at, length) -> kernels.dot(x, xo + at, y, yo + at, length));
    return SumOrder.tree(parts);
  }

  @Override
  public float nrm2(float[] x, int xo, int n) {
    if (n < LITTLE || !Threads.pays(n, READ)) {
      return kernels.nrm2(x, xo, n);
    }
    float square = dot(x, xo, x, xo, n);
    return ScalarNorms.isSafe(square) ? (float) Math.sqrt(square) : kernels.nrm2(x, xo, n);
  }

  @Override
  public float max(float[] x, int xo, int n) {
    if (n < LITTLE || !Threads.pays(n, READ)) {
      return kernels.max(x, xo, n);
    }
    float[] parts = blocks32(n, READ, (at, length) -> kernels.max(x, xo + at, length));
    return kernels.max(parts, 0, parts.length);
  }

  @Override
  public float min(float[] x, int xo, int n) {
    if (n < LITTLE || !Threads.pays(n, READ)) {
      return kernels.min(x, xo, n);
    }
    float[] parts = blocks32(n, READ, (at, length) -> kernels.min(x, xo + at, length));
    return kernels.min(parts, 0, parts.length);
  }

  /** Rows are reduced each for itself, a long one by its blocks; a product has no such cut. */
  @Override
  public void reduce(BinaryKernel op, float[] x, int outer, int n, int inner, float[] out) {
    if ((long) outer * n < LITTLE || inner > 1 || op == BinaryKernel.MUL) {
      kernels.reduce(op, x, outer, n, inner, out);
    } else if (outer == 1) {
      out[0] = whole(op, x, 0, n);
    } else if (Threads.pays(outer, n * READ)) {
      Threads.split(outer, n * READ, LINE / 8, (from, to) -> rows(op, x, from, to, n, out));
    } else {
      kernels.reduce(op, x, outer, n, inner, out);
    }
  }

  private void rows(BinaryKernel op, float[] x, int from, int to, int n, float[] out) {
    for (int i = from; i < to; i++) {
      out[i] =
          switch (op) {
            case ADD -> kernels.sum(x, i * n, n);
            case MAX -> kernels.max(x, i * n, n);
            case MIN -> kernels.min(x, i * n, n);
            default -> throw new AssertionError(op);
          };
    }
  }

  private float whole(BinaryKernel op, float[] x, int xo, int n) {
    return switch (op) {
      case ADD -> sum(x, xo, n);
      case MAX -> max(x, xo, n);
      case MIN -> min(x, xo, n);
      default -> throw new AssertionError(op);
    };
  }

  @Override
  public void gemv(
      boolean transposed, int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    SplitMatrices.gemv(kernels, transposed, m, n, a, ao, x, xo, y, yo);
  }

  @Override
  public void gram(
      int m, int n, float[] a, int ao, float[] w, int wo, float[] x, int xo, float[] y, int yo) {
    kernels.gram(m, n, a, ao, w, wo, x, xo, y, yo);
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
    SplitMatrices.gemm(kernels, ta, tb, m, n, k, a, ao, b, bo, c, co);
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
    kernels.gemm(tb, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
  }

  @Override
  public void transpose(int m, int n, float[] x, int xo, float[] out, int oo) {
    kernels.transpose(m, n, x, xo, out, oo);
  }

  /** A number for each block of a long range. */
  private interface Block32 {
    float of(int at, int length);
  }

  private static float[] blocks32(int n, double cost, Block32 block) {
    float[] parts = new float[(n - 1) / SumOrder.BLOCK + 1];
    Threads.split(
        parts.length,
        SumOrder.BLOCK * cost,
        1,
        (from, to) -> {
          for (int b = from; b < to; b++) {
            int at = b * SumOrder.BLOCK;
            parts[b] = block.of(at, Math.min(SumOrder.BLOCK, n - at));
          }
        });
    return parts;
  }
}
