package dini.core;

import dini.core.primitive.ArgSort;
import dini.core.primitive.ArgTopK;
import dini.core.primitive.NonZero;
import dini.core.primitive.SearchSorted;
import dini.core.trace.Bind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Order among elements: sorting, the largest ones, medians, positions in sorted elements.
 *
 * <p>Sorting is stable; -0 and 0 are equal; NaN comes last, in descending order too. Derivatives
 * move with the elements: a sorted tensor's tangent is the tangent's elements in the same order, so
 * that among equal elements each keeps its own.
 */
public final class Sorting {
  private Sorting() {}

  /** On which side of elements that are equal to a value its place is. */
  public enum Side {
    /** Before them. */
    LEFT,
    /** Behind them. */
    RIGHT
  }

  /**
   * The elements along the last axis, the smallest first. See {@link #sort(Tensor, int, boolean)}.
   *
   * @param x the elements, of any dtype, at least of rank 1
   * @return a tensor of the type of x
   */
  public static Tensor sort(Tensor x) {
    return sort(x, -1);
  }

  /**
   * The elements along an axis, the smallest first. See {@link #sort(Tensor, int, boolean)}.
   *
   * @param x the elements, of any dtype
   * @param axis the axis, negative from the end
   * @return a tensor of the type of x
   */
  public static Tensor sort(Tensor x, int axis) {
    return sort(x, axis, false);
  }

  /**
   * The elements along an axis in ascending or descending order. Stable both ways; -0 and 0 are
   * equal and keep their order; NaN comes last both ways. It costs a fixed number of passes over
   * the elements, whatever their order. Linear as long as the order stays: the tangent is {@code
   * takeAlongAxis(dx, argSort(x))}.
   *
   * <pre>{@code
   * sort(tensor(2, 1, 3), 0, true);   // [3. 2. 1.]
   * }</pre>
   *
   * @param x the elements, of any dtype; false is before true
   * @param axis the axis, negative from the end
   * @param descending whether the largest come first
   * @return a tensor of the type of x
   * @throws ShapeException if there is no such axis
   */
  public static Tensor sort(Tensor x, int axis, boolean descending) {
    int at = x.shape().axis("sort", axis);
    return Indexing.takeAlongAxis(x, Bind.bind(new ArgSort(at, descending), x), at);
  }

  /**
   * The positions along the last axis in ascending order of their elements.
   *
   * @param x the elements, of any dtype, at least of rank 1
   * @return positions, INT64, of the shape of x
   */
  public static Tensor argSort(Tensor x) {
    return argSort(x, -1);
  }

  /**
   * The positions along an axis in ascending order of their elements.
   *
   * @param x the elements, of any dtype
   * @param axis the axis, negative from the end
   * @return positions, INT64, of the shape of x
   */
  public static Tensor argSort(Tensor x, int axis) {
    return argSort(x, axis, false);
  }

  /**
   * The positions along an axis in ascending or descending order of their elements: {@code
   * takeAlongAxis(x, argSort(x, axis, descending), axis)} is sorted. Of equal elements, -0 and 0
   * among them, the lower position comes first, both ways; NaN comes last, both ways. No
   * derivative.
   *
   * @param x the elements, of any dtype
   * @param axis the axis, negative from the end
   * @param descending whether the largest come first
   * @return positions, INT64, of the shape of x
   * @throws ShapeException if there is no such axis
   */
  public static Tensor argSort(Tensor x, int axis, boolean descending) {
    return Bind.bind(new ArgSort(x.shape().axis("argSort", axis), descending), x);
  }

  /**
   * The k largest elements along the last axis. See {@link #topK(Tensor, int, int)}.
   *
   * @param x the elements, of a number dtype, at least of rank 1
   * @param k how many, at most the extent of the axis
   * @return the elements and their positions
   */
  public static TopK topK(Tensor x, int k) {
    return topK(x, k, -1);
  }

  /**
   * The k largest elements along an axis, the largest first, and where they stand. NaN counts as
   * largest; 0 is larger than -0; of equal elements the lower position comes first. It costs n log
   * k steps. The values carry derivatives, which move with the elements; the positions carry none.
   *
   * <pre>{@code
   * topK(tensor(1, 3, 2), 2);   // values [3. 2.], indices [1 2]
   * }</pre>
   *
   * @param x the elements, of a number dtype
   * @param k how many, at most the extent of the axis
   * @param axis the axis, negative from the end
   * @return the elements and their positions, with extent k along the axis
   * @throws ShapeException if there is no such axis or k does not fit it
   * @throws DTypeException if x is BOOL
   */
  public static TopK topK(Tensor x, int k, int axis) {
    Tensor last = Shapes.moveAxis(x, x.shape().axis("topK", axis), -1);
    Tensor indices = Bind.bind(new ArgTopK(k), last);
    Tensor values = Indexing.takeAlongAxis(last, indices, -1);
    return new TopK(Shapes.moveAxis(values, -1, axis), Shapes.moveAxis(indices, -1, axis));
  }

  /**
   * Where values belong in ascending elements, before those equal to them: how many elements are
   * smaller.
   *
   * @param sorted a vector in ascending order, NaN last
   * @param values the values, of any shape and the same dtype
   * @return positions 0 .. n, INT64, of the shape of the values
   */
  public static Tensor searchSorted(Tensor sorted, Tensor values) {
    return searchSorted(sorted, values, Side.LEFT);
  }

  /**
   * Where values belong in ascending elements: how many elements are smaller ({@link Side#LEFT}),
   * or not larger ({@link Side#RIGHT}). -0 and 0 are equal; NaN is larger than all numbers and
   * equal to NaN. Elements in another order give positions without meaning. No derivative.
   *
   * <pre>{@code
   * searchSorted(tensor(1, 2, 2, 3), tensor(2), Side.RIGHT);   // [3]
   * }</pre>
   *
   * @param sorted a vector in ascending order, NaN last
   * @param values the values, of any shape and the same dtype
   * @param side on which side of elements equal to it a value's place is
   * @return positions 0 .. n, INT64, of the shape of the values
   * @throws ShapeException if the elements are not a vector
   * @throws DTypeException if the dtypes differ
   */
  public static Tensor searchSorted(Tensor sorted, Tensor values, Side side) {
    return Bind.bind(new SearchSorted(side, 0), sorted, values);
  }

  /**
   * The median of all elements. See {@link #median(Tensor, int[], boolean)}.
   *
   * @param x the elements, of a floating dtype
   * @return a scalar
   */
  public static Tensor median(Tensor x) {
    int[] axes = new int[x.rank()];
    Arrays.setAll(axes, axis -> axis);
    return median(x, axes, false);
  }

  /**
   * The median over some axes. See {@link #median(Tensor, int[], boolean)}.
   *
   * @param x the elements, of a floating dtype
   * @param axes the axes to reduce, negative ones from the end
   * @return the medians, without these axes
   */
  public static Tensor median(Tensor x, int... axes) {
    return median(x, axes, false);
  }

  /**
   * The median over some axes: the middle element in order, or half the sum of the two middle ones.
   * NaN if an element is NaN or there is none. The derivative goes to the middle element, or half
   * to each of the two; among equal elements, to the one that a stable sort puts there.
   *
   * <pre>{@code
   * median(tensor(5, 1, 2, 4));   // 3.0
   * }</pre>
   *
   * @param x the elements, of a floating dtype
   * @param axes the axes to reduce, negative ones from the end; an empty array reduces nothing
   * @param keepDims whether to keep them with extent 1
   * @return the medians
   * @throws DTypeException if the dtype is not floating
   * @throws ShapeException if an axis does not exist or is named twice
   */
  public static Tensor median(Tensor x, int[] axes, boolean keepDims) {
    if (!x.dtype().isFloating()) {
      throw new DTypeException("median: needs a floating dtype, got " + x.type());
    }
    long mask = 0;
    for (int axis : axes) {
      long bit = 1L << x.shape().axis("median", axis);
      if ((mask & bit) != 0) {
        throw new ShapeException("median: axis " + axis + " of " + x.type() + " is named twice");
      }
      mask |= bit;
    }
    Shape kept = Reductions.kept(x.shape(), mask);
    Tensor medians = ofRows(rows(x, mask), kept);
    if (keepDims) {
      return medians;
    }
    Shape shape = kept;
    for (int axis = x.rank() - 1; axis >= 0; axis--) {
      shape = (mask >>> axis & 1) != 0 ? shape.remove(axis) : shape;
    }
    return Shapes.reshape(medians, shape);
  }

  /** A matrix whose rows are what is reduced together. */
  private static Tensor rows(Tensor x, long mask) {
    int[] permutation = new int[x.rank()];
    int next = 0;
    int columns = 1;
    for (boolean reduced : new boolean[] {false, true}) {
      for (int axis = 0; axis < permutation.length; axis++) {
        if ((mask >>> axis & 1) != 0 == reduced) {
          permutation[next++] = axis;
          columns *= reduced ? x.shape().extent(axis) : 1;
        }
      }
    }
    Tensor moved = x.rank() == 0 ? x : Shapes.transpose(x, permutation);
    return Shapes.reshape(moved, Reductions.kept(x.shape(), mask).size(), columns);
  }

  private static Tensor ofRows(Tensor rows, Shape shape) {
    int n = rows.shape().extent(1);
    if (n == 0) {
      return Tensors.full(shape, Double.NaN, rows.dtype());
    }
    Tensor order = argSort(rows, 1);
    int low = (n - 1) / 2;
    Index middle = Index.range(low, n / 2 + 1);
    Tensor chosen = Indexing.takeAlongAxis(rows, Shapes.slice(order, Index.all(), middle), 1);
    Tensor median =
        n % 2 == 1 ? chosen : Elementwise.div(Reductions.sum(chosen, new int[] {1}, true), 2);
    Tensor last = Shapes.slice(order, Index.all(), Index.from(n - 1));
    Tensor largest = Indexing.takeAlongAxis(rows, last, 1);
    Tensor known = Comparisons.eq(largest, largest);
    return Shapes.reshape(Comparisons.where(known, median, largest), shape);
  }

  /**
   * The indices of the elements that are not zero, left over places filled with 0. See {@link
   * #nonzero(Tensor, int, int)}.
   *
   * @param x the elements, of any dtype, at least of rank 1
   * @param size how many elements there are places for
   * @return one INT64 vector of that size for each axis
   */
  public static List<Tensor> nonzero(Tensor x, int size) {
    return nonzero(x, size, 0);
  }

  /**
   * The indices of the elements that are not zero, in row-major order, in vectors whose size does
   * not depend on the elements. If there are more of them, the first stay; if there are fewer, the
   * places left over are filled. NaN is not zero. No derivative.
   *
   * <pre>{@code
   * Tensor x = tensor(0, 5, 0, 7);
   * List<Tensor> places = nonzero(x, 3, -1);   // [1 3 -1]
   * }</pre>
   *
   * @param x the elements, of any dtype, at least of rank 1
   * @param size how many elements there are places for
   * @param fill the index in places that are left over, along every axis
   * @return one INT64 vector of that size for each axis, as {@link Indexing#gather} takes them
   * @throws ShapeException if x is a scalar or the size is negative
   */
  public static List<Tensor> nonzero(Tensor x, int size, int fill) {
    Tensor indices = Bind.bind(new NonZero(size, fill, 0), x);
    List<Tensor> each = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      each.add(Shapes.index(indices, 0, axis));
    }
    return List.copyOf(each);
  }
}
