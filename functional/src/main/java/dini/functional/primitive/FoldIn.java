package dini.functional.primitive;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.RandomKernels;
import dini.core.primitive.Linear;
import dini.core.primitive.Single;

/** A new key from a key and an INT64 number, or from as many of both. */
public enum FoldIn implements Single {
  FOLD_IN;

  @Override
  public String label() {
    return "foldIn";
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType numbers = arguments[1];
    Shape batch = Keyed.batch(label(), arguments[0]);
    if (numbers.dtype() != DType.INT64) {
      throw new DTypeException("foldIn: expected an integer to fold in, got " + numbers);
    }
    if (!batch.equals(numbers.shape())) {
      throw new ShapeException(
          "foldIn: expected a number for each key, of shape " + batch + ", got " + numbers);
    }
    return arguments[0];
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(arguments[0].type(), arguments[1].type()));
    int rows = arguments[1].shape().size();
    RandomKernels.foldIn(arguments[0].ints(), arguments[1].longs(), out.ints(), rows);
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
    return bind(lead(arguments[0], batched[0], size), lead(arguments[1], batched[1], size));
  }

  private static Tensor lead(Tensor argument, boolean batched, int size) {
    return batched ? argument : Shapes.broadcastTo(argument, argument.shape().insert(0, size));
  }
}
