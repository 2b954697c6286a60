package dini.core.primitive;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Comparison;

/** {@code condition ? x : y}, elementwise with broadcasting; linear in x and y. */
public enum Select implements Single {
  SELECT;

  @Override
  public String label() {
    return "where";
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType condition = arguments[0];
    TensorType x = arguments[1];
    TensorType y = arguments[2];
    if (condition.dtype() != DType.BOOL) {
      throw new DTypeException("where: the condition must be BOOL, got " + condition);
    }
    if (x.dtype() != y.dtype()) {
      throw Mismatch.of("where", x, y);
    }
    Shape values = Broadcast.shape("where", x.shape(), y.shape());
    return new TensorType(Broadcast.shape("where", condition.shape(), values), x.dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out =
        DenseTensor.allocate(type(arguments[0].type(), arguments[1].type(), arguments[2].type()));
    Shape shape = out.shape();
    boolean[] condition = BroadcastTo.dense(arguments[0], shape).booleans();
    DenseTensor x = BroadcastTo.dense(arguments[1], shape);
    DenseTensor y = BroadcastTo.dense(arguments[2], shape);
    int n = shape.size();
    switch (out.data()) {
      case double[] z -> Comparison.select(condition, 0, x.doubles(), 0, y.doubles(), 0, z, 0, n);
      case float[] z -> Comparison.select(condition, 0, x.floats(), 0, y.floats(), 0, z, 0, n);
      case int[] z -> Comparison.select(condition, 0, x.ints(), 0, y.ints(), 0, z, 0, n);
      case long[] z -> Comparison.select(condition, 0, x.longs(), 0, y.longs(), 0, z, 0, n);
      default ->
          Comparison.select(condition, 0, x.booleans(), 0, y.booleans(), 0, out.booleans(), 0, n);
    }
    return out;
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor x = tangents[1] == null ? zero(primals[1]) : tangents[1];
    Tensor y = tangents[2] == null ? zero(primals[2]) : tangents[2];
    return Shapes.broadcastTo(Comparisons.where(primals[0], x, y), result.shape());
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    Tensor condition = operands[0];
    Tensor zero = zero(cotangent);
    return new Tensor[] {
      null,
      Linear.is(operands[1])
          ? Broadcasting.sumTo(Comparisons.where(condition, cotangent, zero), operands[1].shape())
          : null,
      Linear.is(operands[2])
          ? Broadcasting.sumTo(Comparisons.where(condition, zero, cotangent), operands[2].shape())
          : null
    };
  }

  private static Tensor zero(Tensor like) {
    return Tensors.full(0, like.dtype());
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return bind(Broadcasting.align(arguments, batched));
  }
}
