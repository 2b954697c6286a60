package dini.core.primitive;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Ordering;

/**
 * The positions along the last axis of its largest elements, the largest first; NaN counts as
 * largest, and of equal ones the lower position comes first.
 *
 * @param k how many
 */
public record ArgTopK(int k) implements Single {
  @Override
  public String label() {
    return "topK";
  }

  @Override
  public String parameters() {
    return "k=" + k;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    Shape shape = x.shape();
    if (shape.rank() == 0) {
      throw new ShapeException("topK: expected an axis to choose from, got " + x);
    }
    if (k < 0 || k > shape.extent(-1)) {
      throw new ShapeException(
          "topK: k = " + k + " of the " + shape.extent(-1) + " elements along the axis of " + x);
    }
    if (x.dtype() == DType.BOOL) {
      throw new DTypeException("topK: truth values have no order, got " + x);
    }
    return new TensorType(shape.with(shape.rank() - 1, k), DType.INT64);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return value(arguments[0]);
  }

  @Override
  public DenseTensor value(DenseTensor x) {
    DenseTensor out = DenseTensor.allocate(type(x.type()));
    int n = x.shape().extent(-1);
    long[] keys = new long[n];
    for (int row = 0; n > 0 && row < x.size() / n; row++) {
      Ordering.largestFirst(x.data(), row * n, keys, n);
      Ordering.first(keys, n, k, out.longs(), row * k);
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
    return bind(arguments[0]);
  }
}
