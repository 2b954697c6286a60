package dini.core.primitive;

import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.dense.Strided;

/**
 * A tensor with windows replaced at starts that are data, see {@link Windows}; linear in the tensor
 * and the replacement together.
 */
public enum DynamicUpdateSlice implements Writing {
  DYNAMIC_UPDATE_SLICE;

  @Override
  public String label() {
    return "dynamicUpdateSlice";
  }

  private static int windowed(int rank, int startsRank) {
    return rank + 1 - startsRank;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    TensorType update = arguments[1];
    TensorType starts = arguments[2];
    if (x.dtype() != update.dtype()) {
      throw Mismatch.of(label(), x, update);
    }
    int windowed = windowed(x.shape().rank(), starts.shape().rank());
    if (windowed < 0
        || update.shape().rank() != x.shape().rank()
        || !Windows.lead(x.shape(), windowed).equals(Windows.lead(update.shape(), windowed))) {
      throw new ShapeException(
          label() + ": an update " + update + " of " + x + " at starts " + starts);
    }
    Windows.check(label(), x, starts, Windows.tail(update.shape(), windowed));
    return x;
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out =
        DenseTensor.allocate(type(arguments[0].type(), arguments[1].type(), arguments[2].type()));
    write(arguments, out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    DenseTensor x = arguments[0];
    DenseTensor update = arguments[1];
    DenseTensor starts = arguments[2];
    System.arraycopy(x.data(), 0, out.data(), 0, x.size());
    int windowed = windowed(x.rank(), starts.rank());
    Ints sizes = Windows.tail(update.shape(), windowed);
    Ints extents = Windows.tail(x.shape(), windowed);
    Shape window = Shape.of(sizes.toArray());
    int[] startRows =
        Windows.rows(Windows.lead(starts.shape(), 1), Windows.lead(x.shape(), windowed));
    int size = Shape.of(extents.toArray()).size();
    int[] strides = Windows.strides(extents);
    for (int lane = 0; lane < startRows.length; lane++) {
      int offset = Windows.offset(label(), starts, startRows[lane], extents, sizes);
      Strided.copy(
          window,
          update.data(),
          lane * window.size(),
          Strided.strides(window),
          out.data(),
          lane * size + offset,
          strides);
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    if (tangents[0] == null && tangents[1] == null) {
      return null;
    }
    Tensor x = tangents[0] == null ? Tensors.zerosLike(primals[0]) : tangents[0];
    Tensor update = tangents[1] == null ? Tensors.zerosLike(primals[1]) : tangents[1];
    return bind(x, update, primals[2]);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    Tensor starts = operands[2];
    Shape update = operands[1].shape();
    Ints sizes = Windows.tail(update, windowed(update.rank(), starts.rank()));
    return new Tensor[] {
      Linear.is(operands[0]) ? bind(cotangent, Tensors.zerosLike(operands[1]), starts) : null,
      Linear.is(operands[1]) ? new DynamicSlice(sizes).bind(cotangent, starts) : null,
      null
    };
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return bind(
        Broadcasting.lead(arguments[0], batched[0], size),
        Broadcasting.lead(arguments[1], batched[1], size),
        batched[2] ? arguments[2] : Shapes.expandDims(arguments[2], 0));
  }
}
