package dini.functional;

import java.util.Arrays;
import java.util.List;

/**
 * Which axes {@code vmap} maps over: one for each leaf of the argument, in order, and one for each
 * leaf of the result, or one for all. The leaves of a function of two arguments are those of the
 * first and then those of the second.
 *
 * <pre>{@code
 * vmap(Axes.in(0, Axes.NONE), f)        // the first leaf by rows, the second whole
 * vmap(Axes.in(1).withOut(1), f)        // every leaf by columns, results as columns
 * vmap(Axes.in(0).withOut(1, 0), f)     // the first result as columns, the second as rows
 * }</pre>
 *
 * @param in the axis of each leaf, or {@link #NONE}; a single one counts for all leaves
 * @param out for each leaf of the result, the axis along which the lanes are stacked, negative from
 *     the end of what it is then; a single one counts for all leaves
 */
public record Axes(List<Integer> in, List<Integer> out) {
  /** Marks a leaf that every lane sees whole. */
  public static final int NONE = Integer.MIN_VALUE;

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if one is empty, or {@code out} has {@link #NONE}
   */
  public Axes {
    in = List.copyOf(in);
    out = List.copyOf(out);
    if (in.isEmpty() || out.isEmpty()) {
      throw new IllegalArgumentException("Axes: needs at least one axis");
    }
    if (out.contains(NONE)) {
      throw new IllegalArgumentException("Axes: every result has an axis of lanes, got NONE");
    }
  }

  /**
   * Axes of the argument's leaves; results are stacked along axis 0.
   *
   * @param axes one axis or {@link #NONE} for each leaf, or a single one for all
   * @return the axes
   */
  public static Axes in(int... axes) {
    return new Axes(Arrays.stream(axes).boxed().toList(), List.of(0));
  }

  /**
   * The same with other axes for the results.
   *
   * @param axes for each leaf of the result, the axis along which the lanes are stacked, negative
   *     from the end of what it is then; or a single one for all
   * @return the changed axes
   * @throws IllegalArgumentException if there is none, or one is {@link #NONE}
   */
  public Axes withOut(int... axes) {
    return new Axes(in, Arrays.stream(axes).boxed().toList());
  }
}
