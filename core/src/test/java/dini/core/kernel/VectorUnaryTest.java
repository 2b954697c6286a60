package dini.core.kernel;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class VectorUnaryTest {
  private static final int[] SIZES = {0, 1, 7, 8, 9, 15, 16, 17, 33, 1000};

  private final Kernels scalar = Twins.scalar();
  private final Kernels vector = Twins.vector();

  @ParameterizedTest
  @EnumSource
  void sizes(UnaryKernel op) {
    for (int n : SIZES) {
      for (int every : new int[] {0, 2}) {
        check(op, Twins.doubles(n, every, n));
      }
    }
  }

  /** Every exponent, both signs, and the range where exp neither over- nor underflows. */
  @ParameterizedTest
  @EnumSource
  void everyMagnitude(UnaryKernel op) {
    Random random = new Random(5);
    double[] x = new double[60_000];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          switch (i % 4) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextDouble(-750, 750);
            case 2 -> Math.scalb(random.nextGaussian(), random.nextInt(-70, 8));
            default -> (float) Math.scalb(random.nextGaussian(), random.nextInt(-149, 127));
          };
    }
    check(op, x);
  }

  /** Whole vectors without arguments that integers reduce. */
  @ParameterizedTest
  @EnumSource(names = {"SIN", "COS", "TAN"})
  void moderateAngles(UnaryKernel op) {
    Random random = new Random(6);
    double[] x = new double[60_000];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          i % 2 == 0
              ? Math.scalb(random.nextGaussian(), random.nextInt(-40, 37))
              : random.nextInt(-100_000, 100_000) * (Math.PI / 4);
    }
    check(op, x);
  }

  /**
   * Long runs of what is moderate, ended by an extreme here and there, on both sides of the bound.
   */
  @ParameterizedTest
  @EnumSource
  void rareExtremes(UnaryKernel op) {
    Random random = new Random(7);
    double[] x = new double[60_000];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          random.nextInt(300) == 0
              ? Math.copySign(random.nextDouble(690, 760), random.nextGaussian())
              : random.nextDouble(-700, 700);
    }
    check(op, x);
  }

  /** The same about the bounds of FLOAT32: of exp, of the slope of tanh, of sin and cos. */
  @ParameterizedTest
  @EnumSource
  void rareExtremesOfFloats(UnaryKernel op) {
    Random random = new Random(8);
    for (double bound : new double[] {43, 87, 0x1p16}) {
      double[] x = new double[60_000];
      for (int i = 0; i < x.length; i++) {
        double size = random.nextInt(300) == 0 ? random.nextDouble(1, 1.3) : random.nextDouble();
        x[i] = Math.copySign(bound * size, random.nextGaussian());
      }
      check(op, x);
    }
  }

  private void check(UnaryKernel op, double[] x) {
    int n = x.length;
    double[] in = new double[n + 1];
    System.arraycopy(x, 0, in, 1, n);
    double[] out = new double[n + 3];
    double[] expected = new double[n + 3];
    vector.unary(op, in, 1, out, 3, n);
    scalar.unary(op, in, 1, expected, 3, n);
    Twins.same(out, expected, op + " of " + n);
    vector.unary(op, in, 1, in, 1, n);
    System.arraycopy(in, 1, out, 3, n);
    Twins.same(out, expected, op + " in place");

    float[] in32 = new float[n + 1];
    for (int i = 0; i < n; i++) {
      in32[i + 1] = (float) x[i];
    }
    float[] out32 = new float[n + 3];
    float[] expected32 = new float[n + 3];
    vector.unary(op, in32, 1, out32, 3, n);
    scalar.unary(op, in32, 1, expected32, 3, n);
    Twins.same(out32, expected32, op + " of " + n + " floats");
  }
}
