package dini.core.primitive;

import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.dense.Strided;

/**
 * Windows at starts that are data, see {@link Windows}; linear in the tensor that they are taken
 * from.
 *
 * @param sizes the extents of a window
 */
public record DynamicSlice(Ints sizes) implements Writing {
  @Override
  public String label() {
    return "dynamicSlice";
  }

  @Override
  public String parameters() {
    return "sizes=" + sizes;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    TensorType starts = arguments[1];
    Windows.check(label(), x, starts, sizes);
    Shape lead =
        Broadcast.shape(
            label(), Windows.lead(x.shape(), sizes.size()), Windows.lead(starts.shape(), 1));
    return new TensorType(Windows.join(lead, sizes), x.dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(arguments[0].type(), arguments[1].type()));
    write(arguments, out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    DenseTensor x = arguments[0];
    DenseTensor starts = arguments[1];
    Ints extents = Windows.tail(x.shape(), sizes.size());
    Shape window = Shape.of(sizes.toArray());
    Shape lead = Windows.lead(out.shape(), sizes.size());
    int[] xRows = Windows.rows(Windows.lead(x.shape(), sizes.size()), lead);
    int[] startRows = Windows.rows(Windows.lead(starts.shape(), 1), lead);
    int size = Shape.of(extents.toArray()).size();
    int[] strides = Windows.strides(extents);
    for (int lane = 0; lane < xRows.length; lane++) {
      int offset = Windows.offset(label(), starts, startRows[lane], extents, sizes);
      Strided.copy(
          window,
          x.data(),
          xRows[lane] * size + offset,
          strides,
          out.data(),
          lane * window.size(),
          Strided.strides(window));
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return tangents[0] == null ? null : bind(tangents[0], primals[1]);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    return new Tensor[] {new DynamicEmbed(operands[0].shape()).bind(cotangent, operands[1]), null};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return bind(
        batched[0] ? arguments[0] : Shapes.expandDims(arguments[0], 0),
        batched[1] ? arguments[1] : Shapes.expandDims(arguments[1], 0));
  }
}
