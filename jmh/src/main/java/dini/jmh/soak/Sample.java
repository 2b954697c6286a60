package dini.jmh.soak;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Locale;

/**
 * What the process holds after a collection.
 *
 * @param seconds since the start
 * @param rounds rounds of work since the start
 * @param heap live bytes of the heap
 * @param metaspace bytes of loaded classes
 * @param code bytes of compiled code
 * @param classes loaded classes
 * @param threads live threads
 */
record Sample(
    double seconds, long rounds, long heap, long metaspace, long code, long classes, int threads) {
  private static final double MEGABYTE = 1 << 20;

  /** Measures now, after collections: what only weak references hold is gone with the second. */
  static Sample now(double seconds, long rounds) {
    System.gc();
    System.gc();
    return new Sample(
        seconds,
        rounds,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        pools("Metaspace"),
        pools("Code"),
        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static long pools(String name) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().contains(name))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** The names of what {@link #toString} gives. */
  static String header() {
    return "seconds  rounds  heap MB  metaspace MB  code MB  classes  threads";
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%7.0f %7d %8.2f %13.2f %8.2f %8d %8d",
        seconds,
        rounds,
        heap / MEGABYTE,
        metaspace / MEGABYTE,
        code / MEGABYTE,
        classes,
        threads);
  }
}
