package dini.core.primitive;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Pooling;
import dini.core.kernel.Slide;

/**
 * For every window over the last two axes, where in their plane the first of its largest elements
 * is.
 *
 * @param rows how the window slides along the last axis but one
 * @param columns how it slides along the last axis
 */
public record WindowArgMax(Slide rows, Slide columns) implements Single {
  @Override
  public String label() {
    return "windowArgMax";
  }

  @Override
  public String parameters() {
    return "rows=" + rows + ", columns=" + columns;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    if (!rows.alwaysMeetsInput() || !columns.alwaysMeetsInput()) {
      throw new ShapeException(
          "maxPool2d: " + x + ": a window lies in the padding, its maximum would be of nothing");
    }
    return new TensorType(windows(label(), x, rows, columns, false), DType.INT64);
  }

  /** The shape of all windows over the planes of x, or of planes from windows. */
  static Shape windows(String operation, TensorType x, Slide rows, Slide columns, boolean back) {
    Shape shape = x.shape();
    if (!x.dtype().isFloating()) {
      throw new DTypeException(operation + ": needs a floating dtype, got " + x);
    }
    if (shape.rank() < 2
        || shape.extent(-2) != (back ? rows.output() : rows.input())
        || shape.extent(-1) != (back ? columns.output() : columns.input())) {
      throw new ShapeException(operation + ": " + x + " for rows " + rows + ", columns " + columns);
    }
    return shape
        .with(shape.rank() - 2, back ? rows.input() : rows.output())
        .with(shape.rank() - 1, back ? columns.input() : columns.output());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return value(arguments[0]);
  }

  @Override
  public DenseTensor value(DenseTensor x) {
    DenseTensor out = DenseTensor.allocate(type(x.type()));
    int planes = Positions.product(x.shape(), 0, x.rank() - 2);
    if (x.data() instanceof double[] a) {
      Pooling.argMax(a, planes, rows, columns, out.longs());
    } else {
      Pooling.argMax(x.floats(), planes, rows, columns, out.longs());
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
