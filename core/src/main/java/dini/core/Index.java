package dini.core;

/**
 * One entry of {@code x.get(…)}: a position, which removes its axis, or a range. Negative positions
 * count from the end, as in Python.
 *
 * <pre>{@code
 * import static dini.core.Index.*;
 *
 * x.get(from(1))              // x[1:]
 * x.get(to(-1))               // x[:-1]
 * x.get(all(), at(2))         // x[:, 2]
 * x.get(range(0, 10, 2))      // x[0:10:2]
 * x.get(all().step(-1))       // x[::-1]
 * }</pre>
 */
public sealed interface Index {

  /**
   * One position.
   *
   * @param position the position, negative from the end
   */
  record At(int position) implements Index {}

  /**
   * The positions {@code start, start + step, …} before {@code stop}. Bounds beyond the axis are
   * cut to it, as in Python.
   *
   * @param start the first position, or {@link #OPEN}: the first one of the axis in the direction
   *     of the step
   * @param stop the position before which to stop, or {@link #OPEN}: none
   * @param step the distance, not 0
   */
  record Range(int start, int stop, int step) implements Index {
    /** A bound that is left out. */
    public static final int OPEN = Integer.MIN_VALUE;

    /** Checks the step. */
    public Range {
      if (step == 0) {
        throw new IndexException("range: the step is 0");
      }
    }

    /**
     * The same bounds with another step.
     *
     * @param step the distance, not 0
     * @return the range
     */
    public Range step(int step) {
      return new Range(start, stop, step);
    }
  }

  /**
   * One position; its axis disappears.
   *
   * @param position the position, negative from the end
   * @return the index
   */
  static At at(int position) {
    return new At(position);
  }

  /**
   * A whole axis.
   *
   * @return the range {@code :}
   */
  static Range all() {
    return new Range(Range.OPEN, Range.OPEN, 1);
  }

  /**
   * From a position to the end of the axis.
   *
   * @param start the first position
   * @return the range {@code start:}
   */
  static Range from(int start) {
    return new Range(start, Range.OPEN, 1);
  }

  /**
   * From the beginning of the axis to before a position.
   *
   * @param stop the position before which to stop
   * @return the range {@code :stop}
   */
  static Range to(int stop) {
    return new Range(Range.OPEN, stop, 1);
  }

  /**
   * From one position to before another.
   *
   * @param start the first position
   * @param stop the position before which to stop
   * @return the range {@code start:stop}
   */
  static Range range(int start, int stop) {
    return new Range(start, stop, 1);
  }

  /**
   * Every {@code step}-th position from one to before another.
   *
   * @param start the first position
   * @param stop the position before which to stop
   * @param step the distance, not 0
   * @return the range {@code start:stop:step}
   */
  static Range range(int start, int stop, int step) {
    return new Range(start, stop, step);
  }
}
