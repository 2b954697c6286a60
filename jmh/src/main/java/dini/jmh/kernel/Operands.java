package dini.jmh.kernel;

import java.util.SplittableRandom;

/** What the benchmarks compute on, and the check that both sides computed the same. */
public final class Operands {
  /** Sums are taken in different orders, and both sides round: 4096 terms leave far less. */
  private static final double TOLERANCE = 1e-11;

  private Operands() {}

  /** Elements from -1 to 1, the same in every run. */
  public static double[] uniform(long seed, int n) {
    return new SplittableRandom(seed).doubles(n, -1, 1).toArray();
  }

  /** Requires equal results, relative to the largest element or to 1. */
  public static void requireEqual(double[] ours, double[] peer) {
    double scale = 1;
    for (double element : peer) {
      scale = Math.max(scale, Math.abs(element));
    }
    for (int i = 0; i < peer.length; i++) {
      if (!(Math.abs(ours[i] - peer[i]) <= TOLERANCE * scale)) {
        throw new IllegalStateException(
            "element " + i + ": " + ours[i] + " against " + peer[i] + " of the peer");
      }
    }
  }
}
