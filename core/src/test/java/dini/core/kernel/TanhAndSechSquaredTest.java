package dini.core.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The joint kernel gives the bits of the two single ones, in every implementation. */
final class TanhAndSechSquaredTest {
  private static final int LONGEST = 70;

  /** Longer than the chunks of both dtypes. */
  private static final int MANY = 1301;

  /** About the bounds at which another formula begins, for either result or for its rounding. */
  private static final double[] BOUNDS = {
    0x1p-61,
    0x1p-30,
    0.25,
    0.5,
    0.5493061443340549,
    1,
    18.71,
    22,
    44,
    51.6,
    349,
    350,
    351,
    354.9,
    373
  };

  private static List<Kernels> all() {
    List<Kernels> kernels = new ArrayList<>(List.of(Twins.scalar()));
    if (Kernels.vector().isPresent()) {
      kernels.add(new VectorKernels(true));
    }
    return kernels;
  }

  @Test
  void everyLengthAndOffset() {
    for (int n = 0; n <= LONGEST; n++) {
      for (int offset = 0; offset < 4; offset++) {
        for (int every : new int[] {0, 2, 40}) {
          check(Twins.doubles(n, every, n + every), offset, 3 * offset % 5, 2 * offset % 3);
        }
      }
    }
  }

  @Test
  void everyOffsetOfAVector() {
    double[] x = Twins.doubles(33, 0, 4);
    for (int xo = 0; xo < 9; xo++) {
      check(x, xo, 1, 2);
      check(x, 1, xo, 2);
      check(x, 1, 2, xo);
    }
  }

  @Test
  void severalChunks() {
    for (int every : new int[] {0, 3, 1000}) {
      check(Twins.doubles(MANY, every, every), 1, 2, 3);
    }
  }

  /** In whole vectors, since the rest goes scalar, and beside elements near 0. */
  @Test
  void specialValues() {
    for (double value : Twins.SPECIAL) {
      double[] x = new double[32];
      Arrays.fill(x, value);
      check(x, 0, 0, 0);
      double[] one = Twins.doubles(32, 0, 6);
      one[13] = value;
      check(one, 0, 0, 0);
    }
  }

  @Test
  void bounds() {
    Random random = new Random(8);
    for (double bound : BOUNDS) {
      double[] x = new double[64];
      for (int i = 0; i < x.length; i++) {
        double near = bound + random.nextInt(-4, 5) * Math.ulp(bound);
        x[i] = i % 2 == 0 ? near : -near;
      }
      check(x, 0, 0, 0);
    }
  }

  @Test
  void everyMagnitude() {
    Random random = new Random(5);
    double[] x = new double[60_000];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          switch (i / 5_000 % 4) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextDouble(-350, 350);
            case 2 -> Math.scalb(random.nextGaussian(), random.nextInt(-70, 5));
            default -> (float) Math.scalb(random.nextGaussian(), random.nextInt(-149, 8));
          };
    }
    check(x, 1, 2, 3);
  }

  private static void check(double[] values, int xo, int to, int so) {
    int n = values.length;
    double[] x = new double[xo + n];
    System.arraycopy(values, 0, x, xo, n);
    double[] tanh = new double[to + n + 1];
    double[] slope = new double[so + n + 1];
    Twins.scalar().unary(UnaryKernel.TANH, x, xo, tanh, to, n);
    Twins.scalar().unary(UnaryKernel.SECH_SQUARED, x, xo, slope, so, n);
    for (Kernels kernels : all()) {
      String what = kernels.name() + " of " + n + " from " + List.of(xo, to, so) + ", ";
      double[] first = new double[tanh.length];
      double[] second = new double[slope.length];
      kernels.tanhAndSechSquared(x, xo, first, to, second, so, n);
      Twins.same(first, tanh, what + "tanh");
      Twins.same(second, slope, what + "slope");
      kernels.unary(UnaryKernel.TANH, x, xo, first, to, n);
      kernels.unary(UnaryKernel.SECH_SQUARED, x, xo, second, so, n);
      Twins.same(first, tanh, what + "tanh alone");
      Twins.same(second, slope, what + "slope alone");

      double[] place = tanh.clone();
      System.arraycopy(values, 0, place, to, n);
      kernels.tanhAndSechSquared(place, to, place, to, second, so, n);
      Twins.same(place, tanh, what + "tanh in place of x");
      Twins.same(second, slope, what + "slope beside it");
      place = slope.clone();
      System.arraycopy(values, 0, place, so, n);
      kernels.tanhAndSechSquared(place, so, first, to, place, so, n);
      Twins.same(first, tanh, what + "tanh beside its slope");
      Twins.same(place, slope, what + "slope in place of x");

      double[] one = new double[2 * n];
      System.arraycopy(values, 0, one, n, n);
      kernels.tanhAndSechSquared(one, n, one, 0, one, n, n);
      Twins.same(one, joined(tanh, to, slope, so, n), what + "all in one array");
    }
    check32(values, xo, to, so);
  }

  private static void check32(double[] values, int xo, int to, int so) {
    int n = values.length;
    float[] x = new float[xo + n];
    for (int i = 0; i < n; i++) {
      x[xo + i] = (float) values[i];
    }
    float[] tanh = new float[to + n + 1];
    float[] slope = new float[so + n + 1];
    Twins.scalar().unary(UnaryKernel.TANH, x, xo, tanh, to, n);
    Twins.scalar().unary(UnaryKernel.SECH_SQUARED, x, xo, slope, so, n);
    for (Kernels kernels : all()) {
      String what = kernels.name() + " of " + n + " floats from " + List.of(xo, to, so) + ", ";
      float[] first = new float[tanh.length];
      float[] second = new float[slope.length];
      kernels.tanhAndSechSquared(x, xo, first, to, second, so, n);
      Twins.same(first, tanh, what + "tanh");
      Twins.same(second, slope, what + "slope");
      kernels.unary(UnaryKernel.TANH, x, xo, first, to, n);
      kernels.unary(UnaryKernel.SECH_SQUARED, x, xo, second, so, n);
      Twins.same(first, tanh, what + "tanh alone");
      Twins.same(second, slope, what + "slope alone");

      float[] place = tanh.clone();
      System.arraycopy(x, xo, place, to, n);
      kernels.tanhAndSechSquared(place, to, place, to, second, so, n);
      Twins.same(place, tanh, what + "tanh in place of x");
      Twins.same(second, slope, what + "slope beside it");
      place = slope.clone();
      System.arraycopy(x, xo, place, so, n);
      kernels.tanhAndSechSquared(place, so, first, to, place, so, n);
      Twins.same(first, tanh, what + "tanh beside its slope");
      Twins.same(place, slope, what + "slope in place of x");
    }
  }

  private static double[] joined(double[] x, int xo, double[] y, int yo, int n) {
    double[] both = new double[2 * n];
    System.arraycopy(x, xo, both, 0, n);
    System.arraycopy(y, yo, both, n, n);
    return both;
  }
}
