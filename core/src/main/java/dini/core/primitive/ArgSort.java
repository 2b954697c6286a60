package dini.core.primitive;

import dini.core.DType;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Ordering;

/**
 * The positions along an axis in the order of their elements; equal ones stay in order, NaN comes
 * last.
 *
 * @param axis the axis
 * @param descending whether the largest come first
 */
public record ArgSort(int axis, boolean descending) implements Single {
  @Override
  public String label() {
    return "argSort";
  }

  @Override
  public String parameters() {
    return "axis=" + axis + (descending ? ", descending" : "");
  }

  @Override
  public TensorType type(TensorType... arguments) {
    return new TensorType(arguments[0].shape(), DType.INT64);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return value(arguments[0]);
  }

  @Override
  public DenseTensor value(DenseTensor x) {
    DenseTensor out = DenseTensor.allocate(type(x.type()));
    Shape shape = x.shape();
    int n = shape.extent(axis);
    int inner = Positions.product(shape, axis + 1, shape.rank());
    long[] keys = new long[n];
    for (int o = 0; o < Positions.product(shape, 0, axis); o++) {
      for (int i = 0; i < inner; i++) {
        int at = o * n * inner + i;
        Ordering.keys(x.data(), at, inner, descending, keys, 0, n);
        Ordering.argSort(keys, 0, n, out.longs(), at, inner);
      }
    }
    return out;
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return null;
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    throw Linear.notLinear(this, 0);
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new ArgSort(axis + 1, descending).bind(arguments[0]);
  }
}
