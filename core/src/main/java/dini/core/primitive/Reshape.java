package dini.core.primitive;

import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;

/** The same elements, in row-major order, under another shape. */
public record Reshape(Shape shape) implements Single {
  @Override
  public String label() {
    return "reshape";
  }

  @Override
  public String parameters() {
    return "shape=" + shape;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    if (x.shape().size() != shape.size()) {
      throw new ShapeException(
          "reshape: "
              + x
              + " has "
              + x.shape().size()
              + " elements, shape "
              + shape
              + " has "
              + shape.size());
    }
    return new TensorType(shape, x.dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return new DenseTensor(type(arguments[0].type()), arguments[0].data());
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return Shapes.reshape(tangents[0], shape);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    return new Tensor[] {Shapes.reshape(cotangent, operands[0].shape())};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return Shapes.reshape(arguments[0], shape.insert(0, size));
  }
}
