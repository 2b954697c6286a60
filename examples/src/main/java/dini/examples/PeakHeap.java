package dini.examples;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Locale;
import java.util.function.Function;

/** How much of the heap this process has used at most. */
final class PeakHeap {
  private static final double MEGABYTE = 1 << 20;

  private PeakHeap() {}

  /** One JSON object on one line: the peak, and what was live after a collection now. */
  static String json(String task, String size) {
    double peak = megabytes(MemoryPoolMXBean::getPeakUsage);
    System.gc();
    return String.format(
        Locale.ROOT,
        "{\"task\": \"%s memory\", \"system\": \"dini\", \"size\": \"%s\", \"peak_mb\": %.1f,"
            + " \"live_mb\": %.1f}",
        task,
        size,
        peak,
        megabytes(MemoryPoolMXBean::getUsage));
  }

  private static double megabytes(Function<MemoryPoolMXBean, MemoryUsage> usage) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToDouble(pool -> usage.apply(pool).getUsed() / MEGABYTE)
        .sum();
  }
}
