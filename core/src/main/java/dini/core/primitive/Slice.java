package dini.core.primitive;

import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.dense.Storage;
import dini.core.dense.Strided;

/**
 * The elements at {@code start + i * step} of every axis, for i below the result's extent; steps
 * may be negative. Arguments were checked by whoever wrote the starts and extents.
 */
public record Slice(Ints start, Ints step, Shape shape) implements Writing {
  @Override
  public String label() {
    return "slice";
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
    write(arguments, out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    DenseTensor x = arguments[0];
    if (shape.rank() == 1) {
      Storage.copy(x.data(), start.get(0), step.get(0), out.data(), 0, 1, shape.size());
      return;
    }
    Grid grid = Grid.of(x.shape(), start, step);
    Strided.copy(
        shape, x.data(), grid.offset(), grid.strides(), out.data(), 0, Strided.strides(shape));
  }

  /** Where the first element lies in the storage of a tensor of some shape. */
  public int offset(Shape whole) {
    return Grid.of(whole, start, step).offset();
  }

  /** How far apart neighbours along every axis lie in the storage of a tensor of some shape. */
  public int[] strides(Shape whole) {
    return Grid.of(whole, start, step).strides();
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return bind(tangents[0]);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    return new Tensor[] {new Embed(start, step, operands[0].shape()).bind(cotangent)};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new Slice(Grid.lead(start, 0), Grid.lead(step, 1), shape.insert(0, size))
        .bind(arguments[0]);
  }
}
