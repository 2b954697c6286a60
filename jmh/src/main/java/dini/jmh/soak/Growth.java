package dini.jmh.soak;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How much a quantity grew in the second half of the samples: the least of the last quarter above
 * the least of the quarter before. Whatever settles or goes up and down has none; of what grows
 * steadily it is what a quarter of the samples adds, so that a slow leak shows too.
 *
 * @param name what grew
 * @param before the least of the third quarter
 * @param after the least of the last quarter
 * @param allowed how much may be added without being growth
 */
record Growth(String name, long before, long after, long allowed) {
  /** Samples that a verdict needs: two of each quarter. */
  static final int ENOUGH = 8;

  private static final long MEGABYTE = 1 << 20;

  /** Heap, metaspace, classes and threads. */
  static List<Growth> of(List<Sample> samples) {
    if (samples.size() < ENOUGH) {
      throw new IllegalArgumentException(
          samples.size() + " samples do not show growth: " + ENOUGH + " are needed");
    }
    return List.of(
        of("heap", samples, Sample::heap, MEGABYTE / 4),
        of("metaspace", samples, Sample::metaspace, MEGABYTE / 4),
        of("classes", samples, Sample::classes, 20),
        of("threads", samples, Sample::threads, 0));
  }

  private static Growth of(
      String name, List<Sample> samples, ToLongFunction<Sample> quantity, long allowed) {
    int n = samples.size();
    long before =
        samples.subList(n / 2, n - n / 4).stream().mapToLong(quantity).min().orElseThrow();
    long after = samples.subList(n - n / 4, n).stream().mapToLong(quantity).min().orElseThrow();
    return new Growth(name, before, after, allowed);
  }

  /** Whether it grew. */
  boolean grew() {
    return after > before + allowed;
  }

  @Override
  public String toString() {
    return String.format(
        "%-9s %,d -> %,d %s", name, before, after, grew() ? "GROWS" : "does not grow");
  }
}
