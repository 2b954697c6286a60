package dini.functional;

/** Numbers without pattern, the same on every run: the mixing function of SplitMix64. */
final class Scatter {
  private Scatter() {}

  private static long mixed(int seed, int i) {
    long z = ((long) seed << 32) + i + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Number i of a series, with magnitude between a half and 1. */
  static double real(int seed, int i) {
    double magnitude = 0.5 + 0.5 * (mixed(seed, i) >>> 11) * 0x1p-53;
    return (mixed(seed, i) & 1) == 0 ? magnitude : -magnitude;
  }

  /** As many signs. */
  static double[] signs(int seed, int count) {
    double[] signs = new double[count];
    for (int i = 0; i < count; i++) {
      signs[i] = (mixed(seed, i) & 1) == 0 ? 1 : -1;
    }
    return signs;
  }
}
