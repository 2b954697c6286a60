package dini.core.kernel;

/** The portable implementation: the definition of every result, in plain Java. */
sealed class ScalarKernels implements Kernels permits VectorKernels {

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void unary(UnaryKernel op, double[] x, int xo, double[] out, int oo, int n) {
    ScalarUnary.apply(op, x, xo, out, oo, n);
  }

  @Override
  public void unary(UnaryKernel op, float[] x, int xo, float[] out, int oo, int n) {
    ScalarUnary.apply(op, x, xo, out, oo, n);
  }

  @Override
  public void tanhAndSechSquared(
      double[] x, int xo, double[] tanh, int to, double[] slope, int so, int n) {
    Hyperbolic.tanhAndSechSquared(x, xo, tanh, to, slope, so, n);
  }

  @Override
  public void tanhAndSechSquared(
      float[] x, int xo, float[] tanh, int to, float[] slope, int so, int n) {
    Hyperbolic32.tanhAndSechSquared(x, xo, tanh, to, slope, so, n);
  }

  @Override
  public void binary(
      BinaryKernel op, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    ScalarBinary.apply(op, x, xo, y, yo, out, oo, n);
  }

  @Override
  public void binary(
      BinaryKernel op, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    ScalarBinary.apply(op, x, xo, y, yo, out, oo, n);
  }

  @Override
  public void binary(BinaryKernel op, double[] x, int xo, double y, double[] out, int oo, int n) {
    ScalarBinary.apply(op, x, xo, y, out, oo, n);
  }

  @Override
  public void binary(BinaryKernel op, float[] x, int xo, float y, float[] out, int oo, int n) {
    ScalarBinary.apply(op, x, xo, y, out, oo, n);
  }

  @Override
  public void binary(BinaryKernel op, double x, double[] y, int yo, double[] out, int oo, int n) {
    ScalarBinary.apply(op, x, y, yo, out, oo, n);
  }

  @Override
  public void binary(BinaryKernel op, float x, float[] y, int yo, float[] out, int oo, int n) {
    ScalarBinary.apply(op, x, y, yo, out, oo, n);
  }

  @Override
  public void axpy(double a, double[] x, int xo, double[] y, int yo, int n) {
    ScalarBinary.axpy(a, x, xo, y, yo, n);
  }

  @Override
  public void axpy(float a, float[] x, int xo, float[] y, int yo, int n) {
    ScalarBinary.axpy(a, x, xo, y, yo, n);
  }

  @Override
  public void xpby(double[] z, int zo, double b, double[] p, int po, int n) {
    ConjugateSteps.xpby(this, z, zo, b, p, po, n);
  }

  @Override
  public double descend(
      double a, double c, double[] p, double[] q, double[] x, double[] r, int from, int n) {
    return ConjugateSteps.descend(this, a, c, p, q, x, r, from, n);
  }

  @Override
  public void xpby(float[] z, int zo, float b, float[] p, int po, int n) {
    ConjugateSteps.xpby(this, z, zo, b, p, po, n);
  }

  @Override
  public float descend(
      float a, float c, float[] p, float[] q, float[] x, float[] r, int from, int n) {
    return ConjugateSteps.descend(this, a, c, p, q, x, r, from, n);
  }

  @Override
  public void swap(double[] x, int xo, double[] y, int yo, int n) {
    ScalarBlocks.swap(x, xo, y, yo, n);
  }

  @Override
  public void adam(AdamKernel pass, AdamConstants constants, double[][] in, double[][] out, int n) {
    ScalarAdam.apply(pass, constants, in, out, 0, n);
  }

  @Override
  public void adam(AdamKernel pass, AdamConstants constants, float[][] in, float[][] out, int n) {
    ScalarAdam.apply(pass, constants, in, out, 0, n);
  }

  @Override
  public double sum(double[] x, int xo, int n) {
    return ScalarSums.sum(x, xo, n);
  }

  @Override
  public float sum(float[] x, int xo, int n) {
    return ScalarSums.sum(x, xo, n);
  }

  @Override
  public double max(double[] x, int xo, int n) {
    return ScalarNorms.max(x, xo, n);
  }

  @Override
  public float max(float[] x, int xo, int n) {
    return ScalarNorms.max(x, xo, n);
  }

  @Override
  public double min(double[] x, int xo, int n) {
    return ScalarNorms.min(x, xo, n);
  }

  @Override
  public float min(float[] x, int xo, int n) {
    return ScalarNorms.min(x, xo, n);
  }

  @Override
  public double amax(double[] x, int xo, int n) {
    return ScalarNorms.amax(x, xo, n);
  }

  @Override
  public double dot(double[] x, int xo, double[] y, int yo, int n) {
    return ScalarSums.dot(x, xo, y, yo, n);
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    return ScalarSums.dot(x, xo, y, yo, n);
  }

  @Override
  public double nrm2(double[] x, int xo, int n) {
    return ScalarNorms.nrm2(x, xo, n);
  }

  @Override
  public float nrm2(float[] x, int xo, int n) {
    return ScalarNorms.nrm2(x, xo, n);
  }

  @Override
  public void reduce(BinaryKernel op, double[] x, int outer, int n, int inner, double[] out) {
    ScalarReduction.reduce(op, x, outer, n, inner, out);
  }

  @Override
  public void reduce(BinaryKernel op, float[] x, int outer, int n, int inner, float[] out) {
    ScalarReduction.reduce(op, x, outer, n, inner, out);
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
    ScalarMatrices.gemv(transposed, m, n, a, ao, x, xo, y, yo);
  }

  @Override
  public void gemv(
      boolean transposed, int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo) {
    ScalarMatrices.gemv(transposed, m, n, a, ao, x, xo, y, yo);
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
    ScalarMatrices.gram(m, n, a, ao, w, wo, x, xo, y, yo);
  }

  @Override
  public void gram(
      int m, int n, float[] a, int ao, float[] w, int wo, float[] x, int xo, float[] y, int yo) {
    ScalarMatrices.gram(m, n, a, ao, w, wo, x, xo, y, yo);
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
    ScalarProducts.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
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
    ScalarProducts.gemm(ta, tb, m, n, k, a, ao, b, bo, c, co);
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
    ScalarProducts.part(tb, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
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
    ScalarProducts.part(tb, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
  }

  @Override
  public void transpose(int m, int n, double[] x, int xo, double[] out, int oo) {
    ScalarMatrices.transpose(m, n, x, xo, out, oo);
  }

  @Override
  public void transpose(int m, int n, float[] x, int xo, float[] out, int oo) {
    ScalarMatrices.transpose(m, n, x, xo, out, oo);
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
    ScalarBlocks.subtract(false, m, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
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
    ScalarBlocks.subtract(true, n, n, k, a, ao, row, step, b, bo, bLine, c, co, cLine);
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
    for (int i = 0; i < n; i += 4) {
      int count = Math.min(4, n - i);
      int at = to + i * row;
      int block = bo + i * line;
      if (i > 0) {
        ScalarBlocks.subtract(false, count, k, i, t, at, row, step, b, bo, line, b, block, line);
      }
      ScalarBlocks.substitute(unit, count, k, t, at + i * step, row, step, b, block, line);
    }
  }
}
