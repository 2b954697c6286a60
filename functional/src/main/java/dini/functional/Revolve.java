package dini.functional;

/**
 * The schedule of Griewank and Walther, Algorithm 799: revolve, ACM TOMS 26 (2000): with s
 * snapshots, the first state included, and r runs of each step, {@code C(s + r, s)} steps can be
 * reversed.
 */
final class Revolve {
  private Revolve() {}

  /**
   * How many steps to take before the next snapshot, so that the fewest are taken in all: with one
   * snapshot all but the last.
   *
   * @param steps how many steps there are, at least 2
   * @param snapshots how many states may be kept, that before the first step included
   */
  static int split(int steps, int snapshots) {
    if (snapshots == 1) {
      return steps - 1;
    }
    int runs = runs(steps, snapshots);
    long secondReaches = steps - reach(snapshots - 1, runs);
    return (int) Math.max(1, Math.max(secondReaches, reach(snapshots, runs - 2)));
  }

  /** How often the most repeated step is taken before the derivative is: the least that reaches. */
  static int runs(int steps, int snapshots) {
    int runs = 0;
    while (reach(snapshots, runs) < steps) {
      runs++;
    }
    return runs;
  }

  /**
   * {@code C(snapshots + runs, snapshots)}, how many steps can be reversed; 0 for negative runs.
   */
  static long reach(int snapshots, int runs) {
    if (runs < 0) {
      return 0;
    }
    long product = 1;
    for (int i = 1; i <= runs; i++) {
      product = product * (snapshots + i) / i;
      if (product > Integer.MAX_VALUE) {
        return Integer.MAX_VALUE;
      }
    }
    return product;
  }

  /**
   * The number of steps taken before the derivatives of the steps are, each of which takes its step
   * once more: {@code r n - C(s + r, r - 1)}.
   */
  static long advances(int steps, int snapshots) {
    int runs = runs(steps, snapshots);
    return (long) runs * steps - reach(snapshots + 1, runs - 1);
  }
}
