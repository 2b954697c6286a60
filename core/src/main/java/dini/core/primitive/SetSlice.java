package dini.core.primitive;

import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.dense.Strided;

/**
 * The first argument with the second at {@code start + i * step} of every axis: linear in both.
 * Starts and steps were checked by whoever wrote them.
 */
public record SetSlice(Ints start, Ints step) implements Single {
  @Override
  public String label() {
    return "setSlice";
  }

  @Override
  public String parameters() {
    return "start=" + start + ", step=" + step;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    TensorType part = arguments[1];
    if (x.dtype() != part.dtype()) {
      throw Mismatch.of(label(), x, part);
    }
    if (part.shape().rank() != start.size() || x.shape().rank() != start.size()) {
      throw new ShapeException(
          label() + ": " + part + " in " + x + ": expected rank " + start.size() + " of both");
    }
    return x;
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return value(arguments[0], arguments[1]);
  }

  @Override
  public DenseTensor value(DenseTensor x, DenseTensor part) {
    DenseTensor out = DenseTensor.allocate(type(x.type(), part.type()));
    System.arraycopy(x.data(), 0, out.data(), 0, x.size());
    Shape shape = part.shape();
    Grid grid = Grid.of(x.shape(), start, step);
    Strided.copy(
        shape, part.data(), 0, Strided.strides(shape), out.data(), grid.offset(), grid.strides());
    return out;
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return bind(
        tangents[0] == null ? Tensors.zerosLike(primals[0]) : tangents[0],
        tangents[1] == null ? Tensors.zerosLike(primals[1]) : tangents[1]);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    TensorType part = operands[1].type();
    return new Tensor[] {
      Linear.is(operands[0]) ? bind(cotangent, Tensors.zeros(part)) : null,
      Linear.is(operands[1]) ? new Slice(start, step, part.shape()).bind(cotangent) : null
    };
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new SetSlice(Grid.lead(start, 0), Grid.lead(step, 1))
        .bind(
            Broadcasting.lead(arguments[0], batched[0], size),
            Broadcasting.lead(arguments[1], batched[1], size));
  }
}
