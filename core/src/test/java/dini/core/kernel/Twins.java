package dini.core.kernel;

import static org.assertj.core.api.Assertions.fail;

import java.util.Random;

/** The two implementations of {@link Kernels}, awkward ranges for them, and their comparison. */
final class Twins {

  static final Kernels SCALAR = new ScalarKernels();

  /** Without the gate that leaves first calls to the scalar kernels. */
  static final Kernels VECTOR = new VectorKernels(0);

  static final int[] SIZES = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 129, 1000
  };

  /** Around the blocks of reductions. */
  static final int[] LONG_SIZES = {32767, 32768, 32769, 65537, 98304, 163841};

  /** Offsets of the first range, the second and the output: none, and misaligned. */
  static final int[][] OFFSETS = {{0, 0, 0}, {1, 3, 2}, {5, 0, 7}};

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    0.3,
    -0.3,
    -0.7,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    1e-310,
    -1e-310,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    1e-40,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    0x1p-61,
    0x1p52,
    0x1p52 - 0.5,
    -0x1p52 + 0.5,
    0x1p23,
    0x1p23 - 0.5,
    -0x1p23 + 0.5,
    22.5,
    -37.5,
    40.5,
    88.9,
    -104.0,
    709.7,
    709.79,
    710.5,
    -708.5,
    -740.0,
    -745.13,
    -745.14,
    -747.0
  };

  private Twins() {}

  /** Numbers of all magnitudes, every third one special. */
  static double[] wild(int n, long seed) {
    Random random = new Random(seed);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] =
          switch (random.nextInt(6)) {
            case 0, 1 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 2 -> Double.longBitsToDouble(random.nextLong());
            case 3 -> random.nextGaussian() * Math.scalb(1.0, random.nextInt(-70, 12));
            case 4 -> 1600 * random.nextDouble() - 800;
            default -> random.nextGaussian();
          };
    }
    return x;
  }

  static float[] wildFloats(int n, long seed) {
    double[] x = wild(n, seed);
    Random random = new Random(seed);
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      y[i] = i % 5 == 4 ? Float.intBitsToFloat(random.nextInt()) : (float) x[i];
    }
    return y;
  }

  /** Numbers whose sums neither overflow nor are exact. */
  static double[] tame(int n, long seed) {
    Random random = new Random(seed);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextGaussian() * Math.scalb(1.0, random.nextInt(-8, 8));
    }
    return x;
  }

  static float[] floats(double[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  /** Equal bits, any NaN being like any other. */
  static void assertSame(double[] expected, double[] actual, String what) {
    for (int i = 0; i < expected.length; i++) {
      if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
        fail("%s: element %d is %a, not %a", what, i, actual[i], expected[i]);
      }
    }
  }

  static void assertSame(float[] expected, float[] actual, String what) {
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
        fail("%s: element %d is %a, not %a", what, i, actual[i], expected[i]);
      }
    }
  }

  static void assertSame(double expected, double actual, String what) {
    assertSame(new double[] {expected}, new double[] {actual}, what);
  }

  static void assertSame(float expected, float actual, String what) {
    assertSame(new float[] {expected}, new float[] {actual}, what);
  }
}
