package dini.core.primitive;

import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.dense.Storage;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Kernels;

/**
 * Zeros of a shape with windows added at starts that are data, in the order of the leading axes:
 * the transpose of {@link DynamicSlice}. Windows of several lanes add up where the shape has extent
 * 1.
 *
 * @param shape the shape of the result
 */
public record DynamicEmbed(Shape shape) implements Writing {
  @Override
  public String label() {
    return "dynamicEmbed";
  }

  @Override
  public String parameters() {
    return "shape=" + shape;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType windows = arguments[0];
    TensorType starts = arguments[1];
    if (!windows.dtype().isFloating()) {
      throw new DTypeException(label() + ": needs a floating dtype, got " + windows);
    }
    int windowed = shape.rank() + 1 - starts.shape().rank();
    TensorType type = new TensorType(shape, windows.dtype());
    if (windowed < 0 || windows.shape().rank() != shape.rank()) {
      throw new ShapeException(label() + ": " + windows + " at " + starts + " into " + shape);
    }
    Windows.check(label(), type, starts, Windows.tail(windows.shape(), windowed));
    Shape lead = Windows.lead(windows.shape(), windowed);
    Shape into = Windows.lead(shape, windowed);
    if (!Broadcast.shape(label(), lead, into).equals(lead)
        || !Broadcast.shape(label(), lead, Windows.lead(starts.shape(), 1)).equals(lead)) {
      throw new ShapeException(label() + ": " + windows + " at " + starts + " into " + shape);
    }
    return type;
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(arguments[0].type(), arguments[1].type()));
    add(arguments[0], arguments[1], out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    Storage.fill(out.data(), 0);
    add(arguments[0], arguments[1], out);
  }

  private void add(DenseTensor windows, DenseTensor starts, DenseTensor out) {
    int windowed = shape.rank() + 1 - starts.shape().rank();
    Ints sizes = Windows.tail(windows.shape(), windowed);
    Ints extents = Windows.tail(shape, windowed);
    Shape lead = Windows.lead(windows.shape(), windowed);
    int[] outRows = Windows.rows(Windows.lead(shape, windowed), lead);
    int[] startRows = Windows.rows(Windows.lead(starts.shape(), 1), lead);
    int size = Shape.of(extents.toArray()).size();
    int window = Shape.of(sizes.toArray()).size();
    int[] strides = Windows.strides(extents);
    for (int lane = 0; lane < outRows.length; lane++) {
      int offset = Windows.offset(label(), starts, startRows[lane], extents, sizes);
      add(windows, lane * window, out, outRows[lane] * size + offset, sizes, strides, 0);
    }
  }

  /** Adds the part of a window from an axis on, and returns where the next part begins. */
  private static int add(
      DenseTensor windows, int from, DenseTensor out, int to, Ints sizes, int[] strides, int axis) {
    boolean last = axis >= sizes.size() - 1;
    int n = sizes.size() == 0 ? 1 : sizes.get(axis);
    if (last) {
      Kernels kernels = Kernels.chosen();
      if (out.data() instanceof double[] sums) {
        kernels.binary(BinaryKernel.ADD, sums, to, windows.doubles(), from, sums, to, n);
      } else {
        float[] sums = out.floats();
        kernels.binary(BinaryKernel.ADD, sums, to, windows.floats(), from, sums, to, n);
      }
      return from + n;
    }
    int next = from;
    for (int i = 0; i < n; i++) {
      next = add(windows, next, out, to + i * strides[axis], sizes, strides, axis + 1);
    }
    return next;
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return tangents[0] == null ? null : bind(tangents[0], primals[1]);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    Shape windows = operands[0].shape();
    Ints sizes = Windows.tail(windows, windows.rank() + 1 - operands[1].rank());
    Tensor taken = new DynamicSlice(sizes).bind(cotangent, operands[1]);
    return new Tensor[] {Shapes.broadcastTo(taken, windows), null};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new DynamicEmbed(shape.insert(0, size))
        .bind(
            Broadcasting.lead(arguments[0], batched[0], size),
            batched[1] ? arguments[1] : Shapes.expandDims(arguments[1], 0));
  }
}
