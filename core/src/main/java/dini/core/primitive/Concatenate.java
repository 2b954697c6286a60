package dini.core.primitive;

import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import java.util.Arrays;

/** Joins tensors along one axis. */
public record Concatenate(int axis) implements Writing {
  @Override
  public String label() {
    return "concatenate";
  }

  @Override
  public String parameters() {
    return "axis=" + axis;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType first = arguments[0];
    int total = 0;
    for (TensorType argument : arguments) {
      if (argument.dtype() != first.dtype()) {
        throw Mismatch.of("concatenate", first, argument);
      }
      if (argument.shape().rank() != first.shape().rank()
          || !argument.shape().with(axis, 0).equals(first.shape().with(axis, 0))) {
        throw new ShapeException(
            "concatenate: "
                + Arrays.toString(arguments)
                + ": shapes may differ in axis "
                + axis
                + " only");
      }
      total += argument.shape().extent(axis);
    }
    return new TensorType(first.shape().with(axis, total), first.dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    TensorType[] types = new TensorType[arguments.length];
    Arrays.setAll(types, i -> arguments[i].type());
    DenseTensor out = DenseTensor.allocate(type(types));
    write(arguments, out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    Shape shape = out.shape();
    int outer = 1;
    for (int i = 0; i < axis; i++) {
      outer *= shape.extent(i);
    }
    int row = outer == 0 ? 0 : shape.size() / outer;
    int at = 0;
    for (DenseTensor argument : arguments) {
      int chunk = outer == 0 ? 0 : argument.shape().size() / outer;
      for (int i = 0; i < outer; i++) {
        System.arraycopy(argument.data(), i * chunk, out.data(), i * row + at, chunk);
      }
      at += chunk;
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor[] terms = new Tensor[tangents.length];
    Arrays.setAll(terms, i -> tangents[i] == null ? Tensors.zerosLike(primals[i]) : tangents[i]);
    return bind(terms);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    Tensor[] parts = new Tensor[operands.length];
    int at = 0;
    for (int i = 0; i < parts.length; i++) {
      Shape shape = operands[i].shape();
      if (Linear.is(operands[i])) {
        int[] start = new int[shape.rank()];
        int[] step = new int[shape.rank()];
        start[axis] = at;
        Arrays.fill(step, 1);
        parts[i] = new Slice(Ints.of(start), Ints.of(step), shape).bind(cotangent);
      }
      at += shape.extent(axis);
    }
    return parts;
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    Tensor[] led = new Tensor[arguments.length];
    Arrays.setAll(led, i -> Broadcasting.lead(arguments[i], batched[i], size));
    return Shapes.concatenate(axis + 1, led);
  }
}
