package dini.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cutting, repeating, turning and shifting along axes. All are linear, for every dtype, and
 * compositions of the operations of {@link Shapes} and {@link Indexing}.
 */
public final class Rearrangements {
  private Rearrangements() {}

  /**
   * Cuts an axis into equal parts.
   *
   * <pre>{@code
   * List<Tensor> halves = split(tensor(1, 2, 3, 4), 2, 0);   // [1. 2.] and [3. 4.]
   * }</pre>
   *
   * @param x the tensor
   * @param sections how many parts; it divides the extent of the axis
   * @param axis the axis, negative from the end
   * @return the parts in order
   * @throws ShapeException if the extent is not a multiple of the number of parts
   */
  public static List<Tensor> split(Tensor x, int sections, int axis) {
    int extent = x.shape().extent(x.shape().axis("split", axis));
    if (sections <= 0 || extent % sections != 0) {
      throw new ShapeException(
          "split: axis "
              + axis
              + " of "
              + x.type()
              + " does not divide into "
              + sections
              + " equal parts");
    }
    int[] positions = new int[sections - 1];
    Arrays.setAll(positions, i -> (i + 1) * (extent / sections));
    return split(x, positions, axis);
  }

  /**
   * Cuts an axis before some positions.
   *
   * <pre>{@code
   * List<Tensor> parts = split(tensor(1, 2, 3, 4), new int[] {1, 3}, 0);   // [1.], [2. 3.], [4.]
   * }</pre>
   *
   * @param x the tensor
   * @param positions where parts begin after the first, from 0 to the extent, not decreasing; equal
   *     ones enclose an empty part
   * @param axis the axis, negative from the end
   * @return the parts in order, one more than positions
   * @throws IndexException if a position is outside the axis or below the one before it
   */
  public static List<Tensor> split(Tensor x, int[] positions, int axis) {
    int at = x.shape().axis("split", axis);
    int extent = x.shape().extent(at);
    List<Tensor> parts = new ArrayList<>(positions.length + 1);
    int begin = 0;
    for (int i = 0; i <= positions.length; i++) {
      int end = i < positions.length ? positions[i] : extent;
      if (end < begin || end > extent) {
        throw new IndexException(
            "split: positions "
                + Arrays.toString(positions)
                + " do not lie in order in axis "
                + axis
                + " of "
                + x.type()
                + ", which has extent "
                + extent);
      }
      parts.add(range(x, at, begin, end));
      begin = end;
    }
    return List.copyOf(parts);
  }

  private static Tensor range(Tensor x, int axis, int begin, int end) {
    Index[] indices = new Index[axis + 1];
    Arrays.fill(indices, Index.all());
    indices[axis] = Index.range(begin, end);
    return Shapes.slice(x, indices);
  }

  /**
   * The slices at each position of an axis, which disappears: the inverse of {@code stack}.
   *
   * @param x the tensor
   * @param axis the axis, negative from the end
   * @return as many tensors as the axis has positions
   */
  public static List<Tensor> unstack(Tensor x, int axis) {
    int extent = x.shape().extent(x.shape().axis("unstack", axis));
    List<Tensor> parts = new ArrayList<>(extent);
    for (int i = 0; i < extent; i++) {
      parts.add(Shapes.index(x, axis, i));
    }
    return List.copyOf(parts);
  }

  /**
   * Reverses the order along all axes.
   *
   * @param x the tensor
   * @return the turned tensor
   */
  public static Tensor flip(Tensor x) {
    return flip(x, Reductions.allAxes(x));
  }

  /**
   * Reverses the order along some axes.
   *
   * <pre>{@code
   * Tensor y = flip(tensor(1, 2, 3), 0);   // [3. 2. 1.]
   * }</pre>
   *
   * @param x the tensor
   * @param axes the axes to turn, negative ones from the end; an empty array turns nothing
   * @return the turned tensor
   */
  public static Tensor flip(Tensor x, int... axes) {
    long mask = Reductions.mask("flip", x, axes);
    Index[] indices = new Index[x.rank()];
    for (int axis = 0; axis < indices.length; axis++) {
      boolean turned = (mask >>> axis & 1) != 0;
      indices[axis] =
          turned ? new Index.Range(Index.Range.OPEN, Index.Range.OPEN, -1) : Index.all();
    }
    return Shapes.slice(x, indices);
  }

  /**
   * Shifts the elements in row-major order, whatever the shape; those that fall out at the end come
   * in at the beginning.
   *
   * @param x the tensor
   * @param shift how far, negative backwards
   * @return the shifted tensor
   */
  public static Tensor roll(Tensor x, int shift) {
    return Shapes.reshape(roll(Shapes.ravel(x), shift, 0), x.shape());
  }

  /**
   * Shifts along an axis; what falls out at its end comes in at its beginning.
   *
   * <pre>{@code
   * Tensor y = roll(tensor(1, 2, 3), 1, 0);   // [3. 1. 2.]
   * }</pre>
   *
   * @param x the tensor
   * @param shift how far, negative backwards; by more than the extent goes round
   * @param axis the axis, negative from the end
   * @return the shifted tensor
   */
  public static Tensor roll(Tensor x, int shift, int axis) {
    int at = x.shape().axis("roll", axis);
    int extent = x.shape().extent(at);
    int cut = extent == 0 ? 0 : Math.floorMod(-(long) shift, extent);
    return cut == 0 ? x : Shapes.concatenate(at, range(x, at, cut, extent), range(x, at, 0, cut));
  }

  /**
   * Shifts along several axes, one after the other.
   *
   * @param x the tensor
   * @param shifts how far along each, negative backwards
   * @param axes the axes, as many; negative ones from the end
   * @return the shifted tensor
   * @throws ShapeException if the numbers differ
   */
  public static Tensor roll(Tensor x, int[] shifts, int[] axes) {
    if (shifts.length != axes.length) {
      throw new ShapeException(
          "roll: shifts " + Arrays.toString(shifts) + " for axes " + Arrays.toString(axes));
    }
    Tensor rolled = x;
    for (int i = 0; i < axes.length; i++) {
      rolled = roll(rolled, shifts[i], axes[i]);
    }
    return rolled;
  }

  /**
   * Repeats the whole tensor along each axis.
   *
   * <pre>{@code
   * Tensor y = tile(tensor(1, 2), 2);   // [1. 2. 1. 2.]
   * }</pre>
   *
   * @param x the tensor
   * @param times how often along each axis, aligned from the last; missing ones on the left are 1,
   *     and so are missing axes of x
   * @return the repeated tensor
   * @throws ShapeException if one of times is negative or the result has 2^31 elements or more
   */
  public static Tensor tile(Tensor x, int... times) {
    int rank = Math.max(x.rank(), times.length);
    int[] apart = new int[2 * rank];
    int[] spread = new int[2 * rank];
    int[] joined = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      int own = axis - (rank - x.rank());
      int given = axis - (rank - times.length);
      int extent = own < 0 ? 1 : x.shape().extent(own);
      int count = given < 0 ? 1 : times[given];
      if (count < 0) {
        throw new ShapeException("tile: " + Arrays.toString(times) + " times: one is negative");
      }
      apart[2 * axis] = 1;
      apart[2 * axis + 1] = extent;
      spread[2 * axis] = count;
      spread[2 * axis + 1] = extent;
      joined[axis] = fitting("tile", x, axis, (long) count * extent);
    }
    Tensor repeated = Shapes.broadcastTo(Shapes.reshape(x, Shape.of(apart)), Shape.of(spread));
    return Shapes.reshape(repeated, Shape.of(joined));
  }

  /** The new extent of an axis, refused if it is none. */
  private static int fitting(String operation, Tensor x, int axis, long extent) {
    if (extent > Integer.MAX_VALUE) {
      throw new ShapeException(
          operation + ": axis " + axis + " of " + x.type() + " would get extent " + extent);
    }
    return (int) extent;
  }

  /**
   * Repeats each element in row-major order, as a vector.
   *
   * @param x the tensor
   * @param times how often each; not negative
   * @return a vector
   * @throws ShapeException if times is negative or the result has 2^31 elements or more
   */
  public static Tensor repeat(Tensor x, int times) {
    return repeat(Shapes.ravel(x), times, 0);
  }

  /**
   * Repeats each element along an axis.
   *
   * <pre>{@code
   * Tensor y = repeat(tensor(1, 2), 2, 0);   // [1. 1. 2. 2.]
   * }</pre>
   *
   * @param x the tensor
   * @param times how often each; not negative
   * @param axis the axis, negative from the end
   * @return the repeated tensor
   * @throws ShapeException if there is no such axis, times is negative or the result has 2^31
   *     elements or more
   */
  public static Tensor repeat(Tensor x, int times, int axis) {
    int at = x.shape().axis("repeat", axis);
    if (times < 0) {
      throw new ShapeException("repeat: " + times + " times");
    }
    Shape one = x.shape().insert(at + 1, 1);
    int extent = fitting("repeat", x, at, (long) x.shape().extent(at) * times);
    Tensor repeated = Shapes.broadcastTo(Shapes.reshape(x, one), one.with(at + 1, times));
    return Shapes.reshape(repeated, x.shape().with(at, extent));
  }

  /**
   * Repeats the elements along an axis, each as often as said.
   *
   * <pre>{@code
   * Tensor y = repeat(tensor(1, 2, 3), new int[] {2, 0, 1}, 0);   // [1. 1. 3.]
   * }</pre>
   *
   * @param x the tensor
   * @param times how often each position of the axis; none negative
   * @param axis the axis, negative from the end
   * @return the repeated tensor
   * @throws ShapeException if there are not as many counts as positions, or one is negative
   */
  public static Tensor repeat(Tensor x, int[] times, int axis) {
    int at = x.shape().axis("repeat", axis);
    if (times.length != x.shape().extent(at) || Arrays.stream(times).anyMatch(n -> n < 0)) {
      throw new ShapeException(
          "repeat: " + Arrays.toString(times) + " times for axis " + axis + " of " + x.type());
    }
    long extent = Arrays.stream(times).asLongStream().sum();
    int[] positions = new int[fitting("repeat", x, at, extent)];
    int next = 0;
    for (int i = 0; i < times.length; i++) {
      Arrays.fill(positions, next, next + times[i], i);
      next += times[i];
    }
    return Indexing.take(x, Tensors.ints(positions), at);
  }

  /**
   * Surrounds a tensor with its own elements.
   *
   * <pre>{@code
   * Tensor y = pad(tensor(1, 2, 3), new int[] {2}, new int[] {1}, PadMode.REFLECT);
   * // [3. 2. 1. 2. 3. 2.]
   * }</pre>
   *
   * @param x the tensor
   * @param before for each axis, how many elements to put before; not negative
   * @param after for each axis, how many elements to put after; not negative
   * @param mode which elements; widths may exceed the extent
   * @return the larger tensor
   * @throws ShapeException if widths are negative, too few or too many, or those of an empty axis
   */
  public static Tensor pad(Tensor x, int[] before, int[] after, PadMode mode) {
    if (before.length != x.rank() || after.length != x.rank()) {
      throw new ShapeException(
          "pad: "
              + before.length
              + " widths before and "
              + after.length
              + " after for "
              + x.type());
    }
    Tensor padded = x;
    for (int axis = 0; axis < before.length; axis++) {
      int extent = x.shape().extent(axis);
      int first = before[axis];
      long width = (long) first + after[axis];
      if (first < 0 || after[axis] < 0 || extent == 0 && width > 0) {
        throw new ShapeException(
            "pad: widths "
                + first
                + ", "
                + after[axis]
                + " of axis "
                + axis
                + " of "
                + x.type()
                + " by "
                + mode);
      }
      if (width > 0) {
        int[] positions = new int[fitting("pad", x, axis, extent + width)];
        Arrays.setAll(positions, i -> mode.position(i - first, extent));
        padded = Indexing.take(padded, Tensors.ints(positions), axis);
      }
    }
    return padded;
  }

  /**
   * Coordinates of all points of a grid, as on a plot: {@link #meshgrid(GridOrder, Tensor...)} with
   * {@link GridOrder#XY}.
   *
   * @param vectors the coordinates along each axis
   * @return as many tensors as vectors, of one shape
   */
  public static List<Tensor> meshgrid(Tensor... vectors) {
    return meshgrid(GridOrder.XY, vectors);
  }

  /**
   * Coordinates of all points of a grid: tensor i repeats vector i along the axes of the others.
   *
   * <pre>{@code
   * List<Tensor> grid = meshgrid(GridOrder.IJ, tensor(1, 2), tensor(3, 4, 5));   // shapes (2, 3)
   * }</pre>
   *
   * @param order in which order the axes stand
   * @param vectors the coordinates along each axis; scalars count as vectors of one element
   * @return as many tensors as vectors, of one shape
   * @throws ShapeException if an argument has more than one axis
   */
  public static List<Tensor> meshgrid(GridOrder order, Tensor... vectors) {
    int rank = vectors.length;
    int[] extents = new int[rank];
    for (int i = 0; i < rank; i++) {
      if (vectors[i].rank() > 1) {
        throw new ShapeException("meshgrid: expected vectors, got " + vectors[i].type());
      }
      extents[place(i, order, rank)] = vectors[i].size();
    }
    List<Tensor> grids = new ArrayList<>(rank);
    for (int i = 0; i < rank; i++) {
      int[] along = new int[rank];
      Arrays.fill(along, 1);
      along[place(i, order, rank)] = vectors[i].size();
      grids.add(Shapes.broadcastTo(Shapes.reshape(vectors[i], Shape.of(along)), Shape.of(extents)));
    }
    return List.copyOf(grids);
  }

  private static int place(int vector, GridOrder order, int rank) {
    return order == GridOrder.XY && rank > 1 && vector < 2 ? 1 - vector : vector;
  }
}
