package dini.jmh.report;

/**
 * What one call of a benchmark has to do, counted from the mathematics: not what an implementation
 * happens to do.
 *
 * @param elements what a time is divided by in tables
 * @param flops floating-point operations, an fma as two; 0 where nobody counts them
 * @param bytes what must be read and written once
 */
record Work(double elements, double flops, double bytes) {

  /** So much for each of n elements. */
  static Work each(double n, double flops, double bytes) {
    return new Work(n, n * flops, n * bytes);
  }

  /** Nothing to be divided by. */
  static Work one() {
    return new Work(1, 0, 0);
  }
}
