package dini.core;

import dini.core.primitive.BroadcastTo;
import dini.core.primitive.Concatenate;
import dini.core.primitive.Convert;
import dini.core.primitive.Embed;
import dini.core.primitive.Ints;
import dini.core.primitive.Reshape;
import dini.core.primitive.Slice;
import dini.core.primitive.Transpose;
import dini.core.trace.Bind;
import java.util.Arrays;
import java.util.List;

/**
 * Operations that rearrange elements: reshaping, broadcasting, permuting, joining, slicing,
 * padding, and conversion of dtypes. All are linear, for every dtype.
 */
public final class Shapes {
  private Shapes() {}

  /**
   * The elements in row-major order under another shape.
   *
   * @param x the tensor
   * @param extents the new extents; one of them may be -1 and is then what is left
   * @return the same elements
   * @throws ShapeException if the sizes differ
   */
  public static Tensor reshape(Tensor x, int... extents) {
    int open = -1;
    long known = 1;
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] == -1 && open < 0) {
        open = i;
      } else {
        known *= extents[i];
      }
    }
    if (open < 0) {
      return reshape(x, Shape.of("reshape", extents));
    }
    if (known <= 0 || x.size() % known != 0) {
      throw new ShapeException(
          "reshape: "
              + x.type()
              + " has "
              + x.size()
              + " elements, which no extent in place of -1 makes of "
              + Arrays.toString(extents));
    }
    int[] filled = extents.clone();
    filled[open] = (int) (x.size() / known);
    return reshape(x, Shape.of("reshape", filled));
  }

  /**
   * The elements in row-major order under another shape.
   *
   * @param x the tensor
   * @param shape the new shape
   * @return the same elements
   * @throws ShapeException if the sizes differ
   */
  public static Tensor reshape(Tensor x, Shape shape) {
    return x.shape().equals(shape) ? x : Bind.bind(new Reshape(shape), x);
  }

  /**
   * Repeats along missing axes and axes of extent 1.
   *
   * @param x the tensor
   * @param shape the new shape
   * @return the repeated elements
   * @throws ShapeException if x does not broadcast to the shape
   */
  public static Tensor broadcastTo(Tensor x, Shape shape) {
    return x.shape().equals(shape) ? x : Bind.bind(new BroadcastTo(shape), x);
  }

  /**
   * Repeats along missing axes and axes of extent 1.
   *
   * @param x the tensor
   * @param extents the extents of the result
   * @return the repeated elements
   * @throws ShapeException if x does not broadcast to the shape
   */
  public static Tensor broadcastTo(Tensor x, int... extents) {
    return broadcastTo(x, Shape.of("broadcastTo", extents));
  }

  /**
   * Inserts an axis of extent 1.
   *
   * @param x the tensor
   * @param axis where the new axis stands in the result, negative from its end
   * @return the same elements
   */
  public static Tensor expandDims(Tensor x, int axis) {
    return expanded("expandDims", x, axis);
  }

  private static Tensor expanded(String operation, Tensor x, int axis) {
    int at = axis < 0 ? axis + x.rank() + 1 : axis;
    if (at < 0 || at > x.rank()) {
      throw new ShapeException(operation + ": axis " + axis + " does not fit " + x.type());
    }
    return reshape(x, x.shape().insert(at, 1));
  }

  /**
   * Removes axes of extent 1.
   *
   * @param x the tensor
   * @param axes the axes to remove; none means all of extent 1
   * @return the same elements
   * @throws ShapeException if a named axis has another extent
   */
  public static Tensor squeeze(Tensor x, int... axes) {
    Shape shape = x.shape();
    boolean[] drop = new boolean[shape.rank()];
    for (int axis : axes) {
      int at = shape.axis("squeeze", axis);
      if (shape.extent(at) != 1) {
        throw new ShapeException(
            "squeeze: axis " + axis + " of " + x.type() + " has extent " + shape.extent(at));
      }
      drop[at] = true;
    }
    Shape squeezed = shape;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      if (axes.length == 0 ? shape.extent(axis) == 1 : drop[axis]) {
        squeezed = squeezed.remove(axis);
      }
    }
    return reshape(x, squeezed);
  }

  /**
   * Permutes axes.
   *
   * @param x the tensor
   * @param permutation axis i of the result is axis {@code permutation[i]} of x; none means the
   *     reverse order
   * @return the permuted tensor
   * @throws ShapeException if it is not a permutation of the axes
   */
  public static Tensor transpose(Tensor x, int... permutation) {
    int rank = x.rank();
    int[] axes = permutation.clone();
    if (axes.length == 0) {
      axes = new int[rank];
      for (int i = 0; i < rank; i++) {
        axes[i] = rank - 1 - i;
      }
    }
    boolean identity = axes.length == rank;
    for (int i = 0; i < axes.length; i++) {
      axes[i] = x.shape().axis("transpose", axes[i]);
      identity &= axes[i] == i;
    }
    return identity ? x : Bind.bind(new Transpose(Ints.of(axes)), x);
  }

  /**
   * Moves one axis to another place; the others keep their order.
   *
   * @param x the tensor
   * @param source the axis to move
   * @param destination its place in the result
   * @return the permuted tensor
   */
  public static Tensor moveAxis(Tensor x, int source, int destination) {
    int from = x.shape().axis("moveAxis", source);
    int to = x.shape().axis("moveAxis", destination);
    int[] axes = new int[x.rank()];
    int next = 0;
    for (int i = 0; i < axes.length; i++) {
      if (i == to) {
        axes[i] = from;
      } else {
        next += next == from ? 1 : 0;
        axes[i] = next++;
      }
    }
    return transpose(x, axes);
  }

  /**
   * Moves several axes to other places; the others keep their order.
   *
   * @param x the tensor
   * @param source the axes to move, negative from the end
   * @param destination their places in the result, as many
   * @return the permuted tensor
   * @throws ShapeException if the numbers differ, or an axis or place is named twice
   */
  public static Tensor moveAxis(Tensor x, int[] source, int[] destination) {
    if (source.length != destination.length) {
      throw new ShapeException(
          "moveAxis: "
              + Arrays.toString(source)
              + " to "
              + Arrays.toString(destination)
              + ": as many places as axes are needed");
    }
    int[] axes = new int[x.rank()];
    Arrays.fill(axes, -1);
    boolean[] moved = new boolean[x.rank()];
    for (int i = 0; i < source.length; i++) {
      int from = x.shape().axis("moveAxis", source[i]);
      int to = x.shape().axis("moveAxis", destination[i]);
      if (moved[from] || axes[to] >= 0) {
        throw new ShapeException(
            "moveAxis: "
                + Arrays.toString(source)
                + " to "
                + Arrays.toString(destination)
                + " of "
                + x.type()
                + ": an axis or a place is named twice");
      }
      moved[from] = true;
      axes[to] = from;
    }
    int next = 0;
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] < 0) {
        while (moved[next]) {
          next++;
        }
        axes[i] = next++;
      }
    }
    return transpose(x, axes);
  }

  /**
   * Exchanges two axes.
   *
   * @param x the tensor
   * @param first one axis, negative from the end
   * @param second the other
   * @return the permuted tensor
   */
  public static Tensor swapAxes(Tensor x, int first, int second) {
    int[] axes = new int[x.rank()];
    Arrays.setAll(axes, i -> i);
    int one = x.shape().axis("swapAxes", first);
    int other = x.shape().axis("swapAxes", second);
    axes[one] = other;
    axes[other] = one;
    return transpose(x, axes);
  }

  /**
   * The elements in row-major order as a vector.
   *
   * @param x the tensor
   * @return a vector of as many elements
   */
  public static Tensor ravel(Tensor x) {
    return reshape(x, Shape.of(x.size()));
  }

  /**
   * Joins tensors along an axis that they have.
   *
   * @param axis the axis, negative from the end
   * @param parts at least one tensor; shapes may differ in that axis only
   * @return the joined tensor
   */
  public static Tensor concatenate(int axis, Tensor... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("concatenate: needs at least one tensor");
    }
    int at = parts[0].shape().axis("concatenate", axis);
    return parts.length == 1 ? parts[0] : Bind.bind(new Concatenate(at), parts.clone());
  }

  /**
   * Joins tensors along an axis that they have.
   *
   * @param axis the axis, negative from the end
   * @param parts at least one tensor; shapes may differ in that axis only
   * @return the joined tensor
   */
  public static Tensor concatenate(int axis, List<Tensor> parts) {
    return concatenate(axis, parts.toArray(Tensor[]::new));
  }

  /**
   * Joins tensors of one shape along a new axis.
   *
   * @param axis where the new axis stands in the result, negative from its end
   * @param parts at least one tensor
   * @return the joined tensor
   */
  public static Tensor stack(int axis, Tensor... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("stack: needs at least one tensor");
    }
    Tensor[] expanded = new Tensor[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].shape().equals(parts[0].shape())) {
        throw new ShapeException(
            "stack: " + parts[0].type() + " and " + parts[i].type() + ": shapes differ");
      }
      if (parts[i].dtype() != parts[0].dtype()) {
        throw new DTypeException(
            "stack: " + parts[0].type() + " and " + parts[i].type() + ": dtypes differ");
      }
      expanded[i] = expanded("stack", parts[i], axis);
    }
    return concatenate(axis, expanded);
  }

  /**
   * Joins tensors of one shape along a new axis.
   *
   * @param axis where the new axis stands in the result, negative from its end
   * @param parts at least one tensor
   * @return the joined tensor
   */
  public static Tensor stack(int axis, List<Tensor> parts) {
    return stack(axis, parts.toArray(Tensor[]::new));
  }

  /**
   * The part of a tensor that some indices select, one for each leading axis; axes without an index
   * are kept whole.
   *
   * @param x the tensor
   * @param indices positions, which remove their axis, and ranges; see {@link Index}
   * @return the part
   * @throws IndexException if there are too many indices or a position is outside its axis
   */
  public static Tensor slice(Tensor x, Index... indices) {
    return part("slice", x, indices);
  }

  /** What some indices select, for an operation that refuses them in its own name. */
  static Tensor part(String operation, Tensor x, Index... indices) {
    Cut cut = Cut.of(operation, x, indices);
    Tensor part =
        cut.isWhole(x.shape()) ? x : Bind.bind(new Slice(cut.start(), cut.step(), cut.grid()), x);
    return reshape(part, cut.result());
  }

  /**
   * One position along an axis, which disappears.
   *
   * @param x the tensor
   * @param axis the axis
   * @param position the position, negative from the end
   * @return the part
   */
  public static Tensor index(Tensor x, int axis, int position) {
    Index[] indices = new Index[x.shape().axis("index", axis) + 1];
    Arrays.fill(indices, Index.all());
    indices[indices.length - 1] = Index.at(position);
    return part("index", x, indices);
  }

  /**
   * Surrounds a tensor with a constant.
   *
   * @param x the tensor
   * @param before for each axis, how many elements to put before; not negative
   * @param after for each axis, how many elements to put after; not negative
   * @param value the constant, in the dtype of x
   * @return the larger tensor
   */
  public static Tensor pad(Tensor x, int[] before, int[] after, double value) {
    Shape shape = x.shape();
    if (before.length != shape.rank() || after.length != shape.rank()) {
      throw new ShapeException(
          "pad: "
              + before.length
              + " widths before and "
              + after.length
              + " after for "
              + x.type());
    }
    int[] extents = shape.toArray();
    int[] step = new int[extents.length];
    Arrays.fill(step, 1);
    for (int axis = 0; axis < extents.length; axis++) {
      if (before[axis] < 0 || after[axis] < 0) {
        throw new ShapeException(
            "pad: widths "
                + before[axis]
                + " and "
                + after[axis]
                + " of axis "
                + axis
                + " of "
                + x.type()
                + ": expected none that is negative; slice cuts elements off");
      }
      extents[axis] += before[axis] + after[axis];
    }
    Tensor outside = Tensors.literal("pad", value, x);
    Embed embed = new Embed(Ints.of(before), Ints.of(step), Shape.of("pad", extents));
    Tensor embedded = Bind.bind(embed, x);
    if (Double.doubleToLongBits(value) == 0) {
      return embedded;
    }
    Tensor inside = Bind.bind(embed, Tensors.full(shape, 1, DType.BOOL));
    return Comparisons.where(inside, embedded, outside);
  }

  /**
   * Another dtype: to integers toward zero, to BOOL as {@code x != 0}, from BOOL as 0 and 1. It
   * carries derivatives between floating dtypes only.
   *
   * @param x the tensor
   * @param dtype the dtype of the result
   * @return the converted tensor, x itself if it has that dtype
   */
  public static Tensor astype(Tensor x, DType dtype) {
    return x.dtype() == dtype ? x : Bind.bind(new Convert(dtype), x);
  }
}
