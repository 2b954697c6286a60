package dini.core.dense;

import dini.core.DType;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.IntegerKernels;
import dini.core.kernel.Kernels;
import java.util.Arrays;

/**
 * A tensor with values: contiguous, row-major, in a primitive heap array that nobody else may
 * write.
 *
 * @param type shape and dtype
 * @param data a {@code double[]}, {@code float[]}, {@code int[]}, {@code long[]} or {@code
 *     boolean[]}, as the dtype says, adopted as it is
 */
public record DenseTensor(TensorType type, Object data) implements Tensor {

  /** A tensor over a fresh array of zeros, to be filled by its maker. */
  public static DenseTensor allocate(TensorType type) {
    return new DenseTensor(type, Storage.allocate(type.dtype(), type.shape().size()));
  }

  /** A FLOAT64 tensor that adopts the array. */
  public static DenseTensor adopt(Shape shape, double[] data) {
    return new DenseTensor(new TensorType(shape, DType.FLOAT64), data);
  }

  /** A copy of element i along the leading axis. */
  public DenseTensor lane(int i) {
    DenseTensor lane = allocate(new TensorType(shape().remove(0), dtype()));
    System.arraycopy(data, i * lane.size(), lane.data, 0, lane.size());
    return lane;
  }

  /** The same storage under another shape of the same size. */
  public DenseTensor withShape(Shape shape) {
    return new DenseTensor(new TensorType(shape, type.dtype()), data);
  }

  @Override
  public Shape shape() {
    return type.shape();
  }

  @Override
  public DType dtype() {
    return type.dtype();
  }

  /** The elements of a FLOAT64 tensor; not to be written. */
  public double[] doubles() {
    return (double[]) data;
  }

  /** The elements of a FLOAT32 tensor; not to be written. */
  public float[] floats() {
    return (float[]) data;
  }

  /** The elements of an INT32 tensor; not to be written. */
  public int[] ints() {
    return (int[]) data;
  }

  /** The elements of an INT64 tensor; not to be written. */
  public long[] longs() {
    return (long[]) data;
  }

  /** The elements of a BOOL tensor; not to be written. */
  public boolean[] booleans() {
    return (boolean[]) data;
  }

  /** Adds to this tensor's own storage. Only for a holder who knows that nobody else sees it. */
  public void addInPlace(DenseTensor term) {
    int n = type.shape().size();
    Kernels kernels = Kernels.chosen();
    switch (data) {
      case double[] x -> kernels.binary(BinaryKernel.ADD, x, 0, term.doubles(), 0, x, 0, n);
      case float[] x -> kernels.binary(BinaryKernel.ADD, x, 0, term.floats(), 0, x, 0, n);
      case int[] x -> IntegerKernels.binary(BinaryKernel.ADD, x, 0, term.ints(), 0, x, 0, n);
      case long[] x -> IntegerKernels.binary(BinaryKernel.ADD, x, 0, term.longs(), 0, x, 0, n);
      default -> throw new AssertionError(type);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DenseTensor that
        && type.equals(that.type)
        && switch (data) {
          case double[] x -> Arrays.equals(x, that.doubles());
          case float[] x -> Arrays.equals(x, that.floats());
          case int[] x -> Arrays.equals(x, that.ints());
          case long[] x -> Arrays.equals(x, that.longs());
          default -> Arrays.equals(booleans(), that.booleans());
        };
  }

  @Override
  public int hashCode() {
    int values =
        switch (data) {
          case double[] x -> Arrays.hashCode(x);
          case float[] x -> Arrays.hashCode(x);
          case int[] x -> Arrays.hashCode(x);
          case long[] x -> Arrays.hashCode(x);
          default -> Arrays.hashCode(booleans());
        };
    return 31 * type.shape().hashCode() + values;
  }

  /** As NumPy prints an array, with shape and dtype. */
  @Override
  public String toString() {
    return Printer.print(this);
  }
}
