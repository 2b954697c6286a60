package dini.functional;

import java.util.Arrays;
import java.util.List;

/**
 * Which axes {@code vmap} maps over: one for each leaf of the argument, in order, and one for the
 * results.
 *
 * <pre>{@code
 * vmap(Axes.in(0, Axes.NONE), f)        // the first leaf by rows, the second whole
 * vmap(Axes.in(1).withOut(1), f)        // every leaf by columns, results as columns
 * }</pre>
 *
 * @param in the axis of each leaf, or {@link #NONE}; a single one counts for all leaves
 * @param out the axis of every result along which the lanes are stacked
 */
public record Axes(List<Integer> in, int out) {
  /** Marks a leaf that every lane sees whole. */
  public static final int NONE = Integer.MIN_VALUE;

  /** Copies the list. */
  public Axes {
    in = List.copyOf(in);
    if (in.isEmpty()) {
      throw new IllegalArgumentException("Axes: needs at least one axis");
    }
  }

  /**
   * Axes of the argument's leaves; results are stacked along axis 0.
   *
   * @param axes one axis or {@link #NONE} for each leaf, or a single one for all
   * @return the axes
   */
  public static Axes in(int... axes) {
    return new Axes(Arrays.stream(axes).boxed().toList(), 0);
  }

  /**
   * The same with another axis for the results.
   *
   * @param axis the axis along which the lanes are stacked, negative from the end of the result
   * @return the changed axes
   */
  public Axes withOut(int axis) {
    return new Axes(in, axis);
  }
}
