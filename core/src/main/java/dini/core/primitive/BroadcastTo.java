package dini.core.primitive;

import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.dense.Storage;
import dini.core.dense.Strided;
import java.util.Arrays;

/** Repeats elements along missing axes and axes of extent 1. */
public record BroadcastTo(Shape shape) implements Writing {
  @Override
  public String label() {
    return "broadcastTo";
  }

  @Override
  public String parameters() {
    return "shape=" + shape;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    if (!Broadcast.shape("broadcastTo", x.shape(), shape).equals(shape)) {
      throw new ShapeException("broadcastTo: " + x + " does not broadcast to shape " + shape);
    }
    return new TensorType(shape, x.dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    type(arguments[0].type());
    return dense(arguments[0], shape);
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    spread(arguments[0], out);
  }

  /** A dense tensor broadcast to a shape that it broadcasts to. */
  static DenseTensor dense(DenseTensor x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    DenseTensor out = DenseTensor.allocate(new TensorType(shape, x.dtype()));
    spread(x, out);
    return out;
  }

  private static void spread(DenseTensor x, DenseTensor out) {
    if (x.shape().size() == 1) {
      Storage.fill(out.data(), x.data());
      return;
    }
    Shape shape = out.shape();
    Strided.copy(
        shape,
        x.data(),
        0,
        Broadcast.strides(x.shape(), shape),
        out.data(),
        0,
        Strided.strides(shape));
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return Shapes.broadcastTo(tangents[0], shape);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    return new Tensor[] {Broadcasting.sumTo(cotangent, operands[0].shape())};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    int[] own = arguments[0].shape().toArray();
    int[] extents = new int[shape.rank() + 1];
    Arrays.fill(extents, 1);
    extents[0] = size;
    System.arraycopy(own, 1, extents, extents.length - own.length + 1, own.length - 1);
    return Shapes.broadcastTo(
        Shapes.reshape(arguments[0], Shape.of(extents)), shape.insert(0, size));
  }
}
