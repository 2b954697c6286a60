package dini.core.primitive;

import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.dense.Storage;
import dini.core.dense.Strided;

/**
 * The elements at {@code start + i} of every axis where the argument has them, and zeros where it
 * has none: a part of what is padded with zeros on all sides. Starts may be negative. Compiled
 * programs have it for {@link Embed}, and for a {@link Slice} of that, where neighbours stand
 * together.
 *
 * @param start the index of the argument that the first element has
 * @param shape the shape of the result, of as many axes
 */
public record Shift(Ints start, Shape shape) implements Writing {
  @Override
  public String label() {
    return "shift";
  }

  @Override
  public String parameters() {
    return "start=" + start + ", shape=" + shape;
  }

  /** The first index of an axis of the result at which the argument has an element. */
  public int low(int axis) {
    return Math.clamp(-start.get(axis), 0, shape.extent(axis));
  }

  /** The end of the indices of an axis at which an argument of some shape has elements. */
  public int high(int axis, Shape argument) {
    return Math.clamp(
        (long) argument.extent(axis) - start.get(axis), low(axis), shape.extent(axis));
  }

  @Override
  public TensorType type(TensorType... arguments) {
    return new TensorType(shape, arguments[0].dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(arguments[0].type()));
    copy(arguments[0], out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    Storage.fill(out.data(), 0);
    copy(arguments[0], out);
  }

  private void copy(DenseTensor x, DenseTensor out) {
    int[] from = Strided.strides(x.shape());
    int[] to = Strided.strides(shape);
    int[] extents = new int[from.length];
    int source = 0;
    int target = 0;
    for (int axis = 0; axis < from.length; axis++) {
      extents[axis] = high(axis, x.shape()) - low(axis);
      source += (start.get(axis) + low(axis)) * from[axis];
      target += low(axis) * to[axis];
    }
    Shape part = Shape.of(extents);
    if (part.size() > 0) {
      Strided.copy(part, x.data(), source, from, out.data(), target, to);
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return bind(tangents[0]);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    int[] back = new int[start.size()];
    for (int axis = 0; axis < back.length; axis++) {
      back[axis] = -start.get(axis);
    }
    return new Tensor[] {new Shift(Ints.of(back), operands[0].shape()).bind(cotangent)};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new Shift(Grid.lead(start, 0), shape.insert(0, size)).bind(arguments[0]);
  }
}
