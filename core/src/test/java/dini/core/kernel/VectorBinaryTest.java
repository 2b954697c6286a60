package dini.core.kernel;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class VectorBinaryTest {
  private static final int[] SIZES = {0, 1, 7, 8, 9, 15, 16, 17, 33, 1000};

  private final Kernels scalar = Twins.scalar();
  private final Kernels vector = Twins.vector();

  @ParameterizedTest
  @EnumSource
  void doubles(BinaryKernel op) {
    for (int n : SIZES) {
      double[] x = Twins.doubles(n + 1, 2, n);
      double[] y = Twins.doubles(n + 2, 2, n + 1);
      double[] out = new double[n + 3];
      double[] expected = new double[n + 3];
      vector.binary(op, x, 1, y, 2, out, 3, n);
      scalar.binary(op, x, 1, y, 2, expected, 3, n);
      Twins.same(out, expected, op + " of " + n);
      for (double s : Twins.SPECIAL) {
        vector.binary(op, x, 1, s, out, 3, n);
        scalar.binary(op, x, 1, s, expected, 3, n);
        Twins.same(out, expected, op + " of " + n + " and " + s);
        vector.binary(op, s, x, 1, out, 3, n);
        scalar.binary(op, s, x, 1, expected, 3, n);
        Twins.same(out, expected, op + " of " + s + " and " + n);
      }
      scalar.binary(op, x, 1, y, 2, expected, 3, n);
      vector.binary(op, x, 1, y, 2, x, 1, n);
      System.arraycopy(x, 1, out, 3, n);
      Twins.same(out, expected, op + " in place");
    }
  }

  @ParameterizedTest
  @EnumSource
  void floats(BinaryKernel op) {
    for (int n : SIZES) {
      float[] x = Twins.floats(n + 1, 2, n);
      float[] y = Twins.floats(n + 2, 2, n + 1);
      float[] out = new float[n + 3];
      float[] expected = new float[n + 3];
      vector.binary(op, x, 1, y, 2, out, 3, n);
      scalar.binary(op, x, 1, y, 2, expected, 3, n);
      Twins.same(out, expected, op + " of " + n);
      for (double special : Twins.SPECIAL) {
        float s = (float) special;
        vector.binary(op, x, 1, s, out, 3, n);
        scalar.binary(op, x, 1, s, expected, 3, n);
        Twins.same(out, expected, op + " of " + n + " and " + s);
        vector.binary(op, s, x, 1, out, 3, n);
        scalar.binary(op, s, x, 1, expected, 3, n);
        Twins.same(out, expected, op + " of " + s + " and " + n);
      }
      scalar.binary(op, x, 1, y, 2, expected, 3, n);
      vector.binary(op, x, 1, y, 2, x, 1, n);
      System.arraycopy(x, 1, out, 3, n);
      Twins.same(out, expected, op + " in place");
    }
  }

  /** Powers of every magnitude, and results of every magnitude. */
  @Test
  void powers() {
    Random random = new Random(7);
    int n = 60_000;
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextDouble(0.5, 2);
      y[i] =
          switch (i % 3) {
            case 0 -> random.nextDouble(-1100, 1100);
            case 1 -> random.nextInt(-9, 10);
            default -> Math.scalb(random.nextGaussian(), random.nextInt(-60, 60));
          };
    }
    double[] out = new double[n];
    double[] expected = new double[n];
    vector.binary(BinaryKernel.POW, x, 0, y, 0, out, 0, n);
    scalar.binary(BinaryKernel.POW, x, 0, y, 0, expected, 0, n);
    Twins.same(out, expected, "powers");
  }

  @Test
  void axpy() {
    for (int n : SIZES) {
      for (double a : Twins.SPECIAL) {
        double[] x = Twins.doubles(n + 1, 2, n);
        double[] y = Twins.doubles(n + 3, 2, 1);
        double[] z = y.clone();
        vector.axpy(a, x, 1, y, 2, n);
        scalar.axpy(a, x, 1, z, 2, n);
        Twins.same(y, z, "axpy of " + n);
        float[] x32 = Twins.floats(n + 1, 2, n);
        float[] y32 = Twins.floats(n + 3, 2, 1);
        float[] z32 = y32.clone();
        vector.axpy((float) a, x32, 1, y32, 2, n);
        scalar.axpy((float) a, x32, 1, z32, 2, n);
        Twins.same(y32, z32, "axpy of " + n + " floats");
      }
    }
  }
}
