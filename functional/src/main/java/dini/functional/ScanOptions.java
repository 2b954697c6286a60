package dini.functional;

import java.util.OptionalInt;

/**
 * How {@link ControlFlow#scan(ScanOptions, java.util.function.BiFunction, Object, Object)} goes.
 *
 * <pre>{@code
 * scan(ScanOptions.backward(), body, init, xs)            // from the last slice to the first
 * scan(ScanOptions.forward().withSnapshots(8), body, init, xs)
 * }</pre>
 *
 * @param reverse whether it goes from the last slice to the first; what it gives for a slice stands
 *     where the slice stands
 * @param snapshots how many carries reverse mode may keep at a time, the first one included; it
 *     computes the others again. Empty: it keeps what it needs of every step
 */
public record ScanOptions(boolean reverse, OptionalInt snapshots) {
  /** Checks the number of snapshots. */
  public ScanOptions {
    if (snapshots.isPresent() && snapshots.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "ScanOptions: " + snapshots.getAsInt() + " snapshots; expected 1 or more");
    }
  }

  /**
   * From the first slice to the last.
   *
   * @return the options
   */
  public static ScanOptions forward() {
    return new ScanOptions(false, OptionalInt.empty());
  }

  /**
   * From the last slice to the first.
   *
   * @return the options
   */
  public static ScanOptions backward() {
    return new ScanOptions(true, OptionalInt.empty());
  }

  /**
   * The same with a bound on what reverse mode keeps.
   *
   * @param count how many carries it keeps at a time, at least 1
   * @return the changed options
   */
  public ScanOptions withSnapshots(int count) {
    return new ScanOptions(reverse, OptionalInt.of(count));
  }
}
