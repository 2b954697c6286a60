package dini.linalg.solver;

import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.dense.Storage;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Kernels;

/**
 * The vector arithmetic of the iterations, on the SIMD kernels and in place. Targets are vectors of
 * the algorithm's own; nothing is allocated.
 */
final class Vectors {
  private Vectors() {}

  static DenseTensor zeros(TensorType type) {
    return DenseTensor.allocate(type);
  }

  /** A vector of some type with values, rounded to its dtype. */
  static DenseTensor of(TensorType type, double[] values) {
    DenseTensor vector = zeros(type);
    for (int i = 0; i < values.length; i++) {
      switch (vector.data()) {
        case double[] x -> x[i] = values[i];
        case float[] x -> x[i] = (float) values[i];
        default -> throw new AssertionError(type);
      }
    }
    return vector;
  }

  static int size(DenseTensor x) {
    return x.type().shape().size();
  }

  static double dot(DenseTensor x, DenseTensor y) {
    return x.data() instanceof double[] a
        ? Kernels.chosen().dot(a, 0, y.doubles(), 0, size(x))
        : Kernels.chosen().dot(x.floats(), 0, y.floats(), 0, size(x));
  }

  static double norm(DenseTensor x) {
    return x.data() instanceof double[] a
        ? Kernels.chosen().nrm2(a, 0, size(x))
        : Kernels.chosen().nrm2(x.floats(), 0, size(x));
  }

  /** {@code y += a x}. */
  static void axpy(double a, DenseTensor x, DenseTensor y) {
    if (x.data() instanceof double[] values) {
      Kernels.chosen().axpy(a, values, 0, y.doubles(), 0, size(x));
    } else {
      Kernels.chosen().axpy((float) a, x.floats(), 0, y.floats(), 0, size(x));
    }
  }

  /** {@code p = z + b p}. */
  static void xpby(DenseTensor z, double b, DenseTensor p) {
    if (p.data() instanceof double[] values) {
      Kernels.chosen().xpby(z.doubles(), 0, b, values, 0, size(p));
    } else {
      Kernels.chosen().xpby(z.floats(), 0, (float) b, p.floats(), 0, size(p));
    }
  }

  /** {@code x += a p} and {@code r += c p - a q}; gives {@code dot(r, r)}. */
  static double descend(
      double a, double c, DenseTensor p, DenseTensor q, DenseTensor x, DenseTensor r) {
    int n = size(x);
    return x.data() instanceof double[] values
        ? Kernels.chosen().descend(a, c, p.doubles(), q.doubles(), values, r.doubles(), 0, n)
        : Kernels.chosen()
            .descend((float) a, (float) c, p.floats(), q.floats(), x.floats(), r.floats(), 0, n);
  }

  /** The norm of x, whose square is known as long as that is in range. */
  static double norm(DenseTensor x, double square) {
    if (x.data() instanceof double[]) {
      return Kernels.isRootOf(square) ? Math.sqrt(square) : norm(x);
    }
    return Kernels.isRootOf((float) square) ? (float) Math.sqrt(square) : norm(x);
  }

  /** {@code out = x - y}. */
  static void subtract(DenseTensor x, DenseTensor y, DenseTensor out) {
    int n = size(x);
    if (x.data() instanceof double[] a) {
      Kernels.chosen().binary(BinaryKernel.SUB, a, 0, y.doubles(), 0, out.doubles(), 0, n);
    } else {
      Kernels.chosen().binary(BinaryKernel.SUB, x.floats(), 0, y.floats(), 0, out.floats(), 0, n);
    }
  }

  /** {@code x = op(x, a)}. */
  static void scale(BinaryKernel op, double a, DenseTensor x) {
    int n = size(x);
    if (x.data() instanceof double[] values) {
      Kernels.chosen().binary(op, values, 0, a, values, 0, n);
    } else {
      Kernels.chosen().binary(op, x.floats(), 0, (float) a, x.floats(), 0, n);
    }
  }

  static void copy(DenseTensor source, DenseTensor target) {
    System.arraycopy(source.data(), 0, target.data(), 0, size(source));
  }

  static void clear(DenseTensor x) {
    Storage.fill(x.data(), 0);
  }

  /**
   * The power of two next below the largest magnitude: dividing by it brings a vector near one
   * without changing a digit. 0 for a zero vector, NaN for one that is not finite.
   */
  static double magnitude(DenseTensor x) {
    double largest = 0;
    int n = size(x);
    if (x.data() instanceof double[] a) {
      if (n > 0) {
        largest = Math.max(Kernels.chosen().max(a, 0, n), -Kernels.chosen().min(a, 0, n));
      }
    } else if (n > 0) {
      float[] a = x.floats();
      largest = Math.max(Kernels.chosen().max(a, 0, n), -Kernels.chosen().min(a, 0, n));
    }
    if (largest == 0) {
      return 0;
    }
    if (!Double.isFinite(largest)) {
      return Double.NaN;
    }
    // below the normal range of the dtype a power of two would be lost in conversion
    int lowest = x.data() instanceof double[] ? Double.MIN_EXPONENT : Float.MIN_EXPONENT;
    return Math.scalb(1.0, Math.max(Math.getExponent(largest), lowest));
  }
}
