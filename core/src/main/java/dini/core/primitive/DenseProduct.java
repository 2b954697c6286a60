package dini.core.primitive;

import dini.core.Shape;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Kernels;
import dini.core.kernel.Threads;

/** One product of two matrices in storage: which kernel, with which extents. */
record DenseProduct(int m, int k, int n, boolean tx, boolean ty) {

  /** The time of a multiplication, if one operand is a vector. */
  private static final double VECTOR = 150;

  private static final double MATRIX = 35;

  /** The product of the trailing matrices of two shapes; a vector is a row or a column. */
  static DenseProduct of(Shape x, boolean tx, Shape y, boolean ty) {
    int m = x.rank() == 1 ? 1 : x.extent(tx ? -1 : -2);
    int k = x.extent(tx ? -2 : -1);
    int n = y.rank() == 1 ? 1 : y.extent(ty ? -2 : -1);
    return new DenseProduct(m, k, n, tx, ty);
  }

  /** The product of {@code count} matrices, one below the other, with one matrix. */
  DenseProduct stacked(int count) {
    return new DenseProduct(count * m, k, n, tx, ty);
  }

  /** The time of the product, roughly, by which work is split over threads. */
  double picoseconds() {
    return (double) m * k * n * (m == 1 || n == 1 ? VECTOR : MATRIX);
  }

  /** Whether the kernel itself is split, which is better than to split a stack of such products. */
  boolean isBig() {
    return Threads.pays(2, picoseconds() / 2);
  }

  void run(DenseTensor x, int xo, DenseTensor y, int yo, DenseTensor out, int oo) {
    if (x.data() instanceof double[] a) {
      run(a, xo, y.doubles(), yo, out.doubles(), oo);
    } else {
      run(x.floats(), xo, y.floats(), yo, out.floats(), oo);
    }
  }

  private void run(double[] x, int xo, double[] y, int yo, double[] out, int oo) {
    Kernels kernels = Kernels.chosen();
    if (m == 1 && n == 1) {
      out[oo] = kernels.dot(x, xo, y, yo, k);
    } else if (n == 1) {
      kernels.gemv(tx, tx ? k : m, tx ? m : k, x, xo, y, yo, out, oo);
    } else if (m == 1) {
      kernels.gemv(!ty, ty ? n : k, ty ? k : n, y, yo, x, xo, out, oo);
    } else {
      kernels.gemm(tx, ty, m, n, k, x, xo, y, yo, out, oo);
    }
  }

  private void run(float[] x, int xo, float[] y, int yo, float[] out, int oo) {
    Kernels kernels = Kernels.chosen();
    if (m == 1 && n == 1) {
      out[oo] = kernels.dot(x, xo, y, yo, k);
    } else if (n == 1) {
      kernels.gemv(tx, tx ? k : m, tx ? m : k, x, xo, y, yo, out, oo);
    } else if (m == 1) {
      kernels.gemv(!ty, ty ? n : k, ty ? k : n, y, yo, x, xo, out, oo);
    } else {
      kernels.gemm(tx, ty, m, n, k, x, xo, y, yo, out, oo);
    }
  }
}
