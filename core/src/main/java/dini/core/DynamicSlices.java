package dini.core;

import dini.core.primitive.DynamicSlice;
import dini.core.primitive.DynamicUpdateSlice;
import dini.core.primitive.Ints;
import dini.core.trace.Bind;
import java.util.Arrays;
import java.util.List;

/**
 * Slices whose sizes are known but whose starts are data: tensors that may be mapped by {@code
 * vmap}, staged or computed. Where starts are Java numbers, {@link Shapes#slice} does the same.
 *
 * <p>Starts are INT32 or INT64, negative ones count from the end, and a window that does not lie in
 * its tensor as a whole is an error that names the start, the axis and its extent: nothing is moved
 * back silently. They carry no derivative; in everything else these operations are linear.
 *
 * <p>Mapped over many starts, windows are taken from the one tensor, which is not copied.
 */
public final class DynamicSlices {
  private DynamicSlices() {}

  /**
   * The window of some sizes at some starts.
   *
   * <pre>{@code
   * Tensor rows = vmap(i -> dynamicSliceInDim(series, i, 3, 0), arange(5, DType.INT64));
   * }</pre>
   *
   * @param x the tensor
   * @param starts a scalar for each axis
   * @param sizes an extent for each axis, at most that of x
   * @return a tensor of the sizes
   * @throws IndexException if the window does not lie in x
   */
  public static Tensor dynamicSlice(Tensor x, List<Tensor> starts, int... sizes) {
    return dynamicSlice(x, vector("dynamicSlice", x, starts), sizes);
  }

  /**
   * The window of some sizes at some starts.
   *
   * @param x the tensor
   * @param starts an integer vector, with an element for each axis
   * @param sizes an extent for each axis, at most that of x
   * @return a tensor of the sizes
   * @throws IndexException if the window does not lie in x
   */
  public static Tensor dynamicSlice(Tensor x, Tensor starts, int... sizes) {
    checkVector("dynamicSlice", x, starts);
    return Bind.bind(new DynamicSlice(Ints.of(sizes)), x, starts);
  }

  /**
   * The window of one size at a start of one axis; other axes are kept whole.
   *
   * @param x the tensor
   * @param start an integer scalar
   * @param size the extent of the window along the axis
   * @param axis the axis, negative from the end
   * @return a tensor of the shape of x but for the axis
   * @throws IndexException if the window does not lie in x
   */
  public static Tensor dynamicSliceInDim(Tensor x, Tensor start, int size, int axis) {
    int at = x.shape().axis("dynamicSliceInDim", axis);
    int[] sizes = x.shape().toArray();
    sizes[at] = size;
    return dynamicSlice(x, along("dynamicSliceInDim", x, start, at), sizes);
  }

  /**
   * x with the window at some starts replaced.
   *
   * <pre>{@code
   * Tensor y = dynamicUpdateSlice(zeros(4), tensor(1, 2), List.of(start));
   * }</pre>
   *
   * @param x the tensor
   * @param update the window, of the rank and dtype of x
   * @param starts a scalar for each axis
   * @return a tensor of the shape of x
   * @throws IndexException if the window does not lie in x
   */
  public static Tensor dynamicUpdateSlice(Tensor x, Tensor update, List<Tensor> starts) {
    return dynamicUpdateSlice(x, update, vector("dynamicUpdateSlice", x, starts));
  }

  /**
   * x with the window at some starts replaced.
   *
   * @param x the tensor
   * @param update the window, of the rank and dtype of x
   * @param starts an integer vector, with an element for each axis
   * @return a tensor of the shape of x
   * @throws IndexException if the window does not lie in x
   */
  public static Tensor dynamicUpdateSlice(Tensor x, Tensor update, Tensor starts) {
    checkVector("dynamicUpdateSlice", x, starts);
    return Bind.bind(DynamicUpdateSlice.DYNAMIC_UPDATE_SLICE, new Tensor[] {x, update, starts});
  }

  /**
   * x with the window at a start of one axis replaced.
   *
   * @param x the tensor
   * @param update the window, of the shape of x but for the axis
   * @param start an integer scalar
   * @param axis the axis, negative from the end
   * @return a tensor of the shape of x
   * @throws IndexException if the window does not lie in x
   */
  public static Tensor dynamicUpdateSliceInDim(Tensor x, Tensor update, Tensor start, int axis) {
    int at = x.shape().axis("dynamicUpdateSliceInDim", axis);
    return dynamicUpdateSlice(x, update, along("dynamicUpdateSliceInDim", x, start, at));
  }

  private static void checkVector(String operation, Tensor x, Tensor starts) {
    if (starts.rank() != 1 || starts.size() != x.rank()) {
      throw new ShapeException(
          operation
              + ": expected starts for the "
              + x.rank()
              + " axes of "
              + x.type()
              + ", got "
              + starts.type());
    }
  }

  private static Tensor vector(String operation, Tensor x, List<Tensor> starts) {
    Tensor[] scalars = new Tensor[starts.size()];
    Arrays.setAll(scalars, axis -> scalar(operation, starts.get(axis)));
    return scalars.length == 0
        ? Tensors.zeros(new TensorType(Shape.of(0), DType.INT64))
        : Shapes.stack(0, scalars);
  }

  private static Tensor along(String operation, Tensor x, Tensor start, int axis) {
    Tensor[] starts = new Tensor[x.rank()];
    Arrays.fill(starts, Tensors.full(0, DType.INT64));
    starts[axis] = scalar(operation, start);
    return Shapes.stack(0, starts);
  }

  private static Tensor scalar(String operation, Tensor start) {
    if (!start.dtype().isInteger()) {
      throw new DTypeException(operation + ": expected integer starts, got " + start.type());
    }
    if (start.rank() != 0) {
      throw new ShapeException(operation + ": expected a scalar as start, got " + start.type());
    }
    return Shapes.astype(start, DType.INT64);
  }
}
