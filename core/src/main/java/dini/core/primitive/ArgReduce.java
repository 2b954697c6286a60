package dini.core.primitive;

import dini.core.DType;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.ArgKernels;

/**
 * The position of the largest or smallest element along an axis, which disappears.
 *
 * @param largest whether the largest is sought
 * @param axis the axis
 */
public record ArgReduce(boolean largest, int axis) implements Writing {
  @Override
  public String label() {
    return largest ? "argmax" : "argmin";
  }

  @Override
  public String parameters() {
    return "axis=" + axis;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    Shape shape = arguments[0].shape();
    if (axis < 0 || axis >= shape.rank()) {
      throw new ShapeException(
          label() + ": axis " + axis + " of " + arguments[0] + " does not exist");
    }
    if (shape.extent(axis) == 0) {
      throw new ShapeException(label() + ": axis " + axis + " of " + arguments[0] + " is empty");
    }
    return new TensorType(shape.remove(axis), DType.INT64);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(arguments[0].type()));
    write(arguments, out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    DType wide = arguments[0].dtype().isFloating() ? DType.FLOAT64 : DType.INT64;
    DenseTensor x =
        arguments[0].dtype() == wide ? arguments[0] : new Convert(wide).value(arguments[0]);
    int outer = Positions.product(x.shape(), 0, axis);
    int n = x.shape().extent(axis);
    int inner = Positions.product(x.shape(), axis + 1, x.shape().rank());
    if (x.data() instanceof double[] a) {
      ArgKernels.extreme(largest, a, outer, n, inner, out.longs());
    } else {
      ArgKernels.extreme(largest, x.longs(), outer, n, inner, out.longs());
    }
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
    return new ArgReduce(largest, axis + 1).bind(arguments[0]);
  }
}
