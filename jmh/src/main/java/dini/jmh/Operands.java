package dini.jmh;

import java.util.SplittableRandom;

/** What benchmarks compute on, and the check that all sides computed the same. */
public final class Operands {
  /** Sums are taken in different orders, and all sides round. */
  private static final double TOLERANCE = 1e-10;

  private static final double TOLERANCE_32 = 1e-4;

  private Operands() {}

  /** Elements from -1 to 1, the same in every run. */
  public static double[] uniform(long seed, int n) {
    return uniform(seed, n, -1, 1);
  }

  /** Elements from low to high, the same in every run. */
  public static double[] uniform(long seed, int n, double low, double high) {
    return new SplittableRandom(seed).doubles(n, low, high).toArray();
  }

  /** The elements as floats. */
  public static float[] floats(double[] x) {
    float[] result = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = (float) x[i];
    }
    return result;
  }

  /** The elements as doubles. */
  public static double[] doubles(float[] x) {
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = x[i];
    }
    return result;
  }

  /** Requires equal results, relative to the largest element or to 1. */
  public static void requireEqual(double[] ours, double[] peer) {
    requireEqual(ours, peer, TOLERANCE);
  }

  /** Requires equal results in FLOAT32. */
  public static void requireEqual(float[] ours, float[] peer) {
    requireEqual(doubles(ours), doubles(peer), TOLERANCE_32);
  }

  /** Requires equal numbers. */
  public static void requireEqual(double ours, double peer) {
    requireEqual(new double[] {ours}, new double[] {peer});
  }

  /** Requires equal results, relative to the largest element or to 1. */
  public static void requireEqual(double[] ours, double[] peer, double tolerance) {
    if (ours.length != peer.length) {
      throw new IllegalStateException(ours.length + " elements against " + peer.length);
    }
    double scale = 1;
    for (double element : peer) {
      scale = Math.max(scale, Math.abs(element));
    }
    for (int i = 0; i < peer.length; i++) {
      if (!(Math.abs(ours[i] - peer[i]) <= tolerance * scale)) {
        throw new IllegalStateException(
            "element " + i + ": " + ours[i] + " against " + peer[i] + " of the peer");
      }
    }
  }
}
