package dini.core.primitive;

import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.dense.Storage;
import dini.core.dense.Strided;

/**
 * Zeros of the given shape with the argument at {@code start + i * step} of every axis: the
 * transpose of {@link Slice}, and the padding with zeros.
 */
public record Embed(Ints start, Ints step, Shape shape) implements Writing {
  @Override
  public String label() {
    return "embed";
  }

  @Override
  public String parameters() {
    return "start=" + start + ", step=" + step + ", shape=" + shape;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    return new TensorType(shape, arguments[0].dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor x = arguments[0];
    DenseTensor out = DenseTensor.allocate(type(x.type()));
    copy(x, out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    Storage.fill(out.data(), 0);
    copy(arguments[0], out);
  }

  private void copy(DenseTensor x, DenseTensor out) {
    if (shape.rank() == 1) {
      Storage.copy(x.data(), 0, 1, out.data(), start.get(0), step.get(0), x.shape().size());
      return;
    }
    Grid grid = Grid.of(shape, start, step);
    Strided.copy(
        x.shape(),
        x.data(),
        0,
        Strided.strides(x.shape()),
        out.data(),
        grid.offset(),
        grid.strides());
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return bind(tangents[0]);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    return new Tensor[] {new Slice(start, step, operands[0].shape()).bind(cotangent)};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new Embed(Grid.lead(start, 0), Grid.lead(step, 1), shape.insert(0, size))
        .bind(arguments[0]);
  }
}
