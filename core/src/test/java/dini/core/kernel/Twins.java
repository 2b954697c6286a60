package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;

/** Both implementations of {@link Kernels}, data to try them on, and the comparison of bits. */
final class Twins {

  static final int[] SIZES = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 15, 16, 17, 23, 24, 31, 32, 33, 40, 63, 64, 65, 100, 127,
    129, 1000, 32767, 32768, 32769, 65537, 100_000
  };

  static final double[] SPECIAL = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    -0x1p-1040,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    1,
    -1,
    0.5,
    -1.5,
    2.5,
    710,
    -746,
    1e-300,
    -1e-20,
    1e17,
    3.4e38,
    -1e-42
  };

  private Twins() {}

  static Kernels scalar() {
    return Kernels.scalar();
  }

  /** The vector kernels without their cold start. */
  static Kernels vector() {
    assumeTrue(Kernels.vector().isPresent(), "no vector kernels on this machine");
    return new VectorKernels(true);
  }

  /** Normal numbers; every {@code every}-th is a special value, none if that is 0. */
  static double[] doubles(int n, int every, long seed) {
    Random random = new Random(seed);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      boolean special = every > 0 && random.nextInt(every) == 0;
      x[i] = special ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian();
    }
    return x;
  }

  static float[] floats(int n, int every, long seed) {
    double[] x = doubles(n, every, seed);
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  static void same(double[] actual, double[] expected, String what) {
    assertThat(actual.length).isEqualTo(expected.length);
    for (int i = 0; i < actual.length; i++) {
      same(actual[i], expected[i], what, i);
    }
  }

  static void same(float[] actual, float[] expected, String what) {
    assertThat(actual.length).isEqualTo(expected.length);
    for (int i = 0; i < actual.length; i++) {
      same(actual[i], expected[i], what, i);
    }
  }

  /** The same bits but for those of NaN; widening floats keeps that. */
  static void same(double actual, double expected, String what, int at) {
    if (Double.doubleToLongBits(actual) != Double.doubleToLongBits(expected)) {
      throw new AssertionError(what + " at " + at + ": " + actual + ", expected " + expected);
    }
  }
}
