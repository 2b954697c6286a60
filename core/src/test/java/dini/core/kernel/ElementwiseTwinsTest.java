package dini.core.kernel;

import static dini.core.kernel.Twins.OFFSETS;
import static dini.core.kernel.Twins.SCALAR;
import static dini.core.kernel.Twins.SIZES;
import static dini.core.kernel.Twins.VECTOR;
import static dini.core.kernel.Twins.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scalar and vector kernels give the same bits, element by element, and touch nothing else. */
class ElementwiseTwinsTest {

  /** Enough for every special value in every lane. */
  private static final int MANY = 20_011;

  @ParameterizedTest
  @EnumSource(UnaryKernel.class)
  void unaryOfDoubles(UnaryKernel op) {
    for (int n : sizes()) {
      for (int[] at : OFFSETS) {
        double[] x = Twins.wild(n + 8, n);
        double[] expected = new double[n + 8];
        double[] actual = new double[n + 8];
        SCALAR.unary(op, x, at[0], expected, at[2], n);
        VECTOR.unary(op, x, at[0], actual, at[2], n);
        assertSame(expected, actual, op + " of " + n + " from " + Arrays.toString(at));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryKernel.class)
  void unaryOfFloats(UnaryKernel op) {
    for (int n : sizes()) {
      for (int[] at : OFFSETS) {
        float[] x = Twins.wildFloats(n + 8, n);
        float[] expected = new float[n + 8];
        float[] actual = new float[n + 8];
        SCALAR.unary(op, x, at[0], expected, at[2], n);
        VECTOR.unary(op, x, at[0], actual, at[2], n);
        assertSame(expected, actual, op + " of " + n + " from " + Arrays.toString(at));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryKernel.class)
  void unaryInPlace(UnaryKernel op) {
    for (int n : SIZES) {
      double[] x = Twins.wild(n, n);
      double[] y = x.clone();
      SCALAR.unary(op, x, 0, x, 0, n);
      VECTOR.unary(op, y, 0, y, 0, n);
      assertSame(x, y, op + " in place of " + n);
      float[] u = Twins.wildFloats(n, n);
      float[] v = u.clone();
      SCALAR.unary(op, u, 0, u, 0, n);
      VECTOR.unary(op, v, 0, v, 0, n);
      assertSame(u, v, op + " in place of " + n);
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryKernel.class)
  void binaryOfDoubles(BinaryKernel op) {
    for (int n : sizes()) {
      for (int[] at : OFFSETS) {
        double[] x = Twins.wild(n + 8, n);
        double[] y = Twins.wild(n + 8, n + 1);
        double c = y[n / 2];
        double[] expected = new double[n + 8];
        double[] actual = new double[n + 8];
        String what = op + " of " + n + " from " + Arrays.toString(at);
        SCALAR.binary(op, x, at[0], y, at[1], expected, at[2], n);
        VECTOR.binary(op, x, at[0], y, at[1], actual, at[2], n);
        assertSame(expected, actual, what);
        SCALAR.binary(op, x, at[0], c, expected, at[2], n);
        VECTOR.binary(op, x, at[0], c, actual, at[2], n);
        assertSame(expected, actual, what + ", right " + c);
        SCALAR.binary(op, c, y, at[1], expected, at[2], n);
        VECTOR.binary(op, c, y, at[1], actual, at[2], n);
        assertSame(expected, actual, what + ", left " + c);
        SCALAR.binary(op, x, at[0], y, at[1], x, at[0], n);
        VECTOR.binary(op, Twins.wild(n + 8, n), at[0], y, at[1], actual, at[0], n);
        assertSame(
            Arrays.copyOfRange(x, at[0], at[0] + n),
            Arrays.copyOfRange(actual, at[0], at[0] + n),
            what + " in place");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryKernel.class)
  void binaryOfFloats(BinaryKernel op) {
    for (int n : sizes()) {
      for (int[] at : OFFSETS) {
        float[] x = Twins.wildFloats(n + 8, n);
        float[] y = Twins.wildFloats(n + 8, n + 1);
        float c = y[n / 2];
        float[] expected = new float[n + 8];
        float[] actual = new float[n + 8];
        String what = op + " of " + n + " from " + Arrays.toString(at);
        SCALAR.binary(op, x, at[0], y, at[1], expected, at[2], n);
        VECTOR.binary(op, x, at[0], y, at[1], actual, at[2], n);
        assertSame(expected, actual, what);
        SCALAR.binary(op, x, at[0], c, expected, at[2], n);
        VECTOR.binary(op, x, at[0], c, actual, at[2], n);
        assertSame(expected, actual, what + ", right " + c);
        SCALAR.binary(op, c, y, at[1], expected, at[2], n);
        VECTOR.binary(op, c, y, at[1], actual, at[2], n);
        assertSame(expected, actual, what + ", left " + c);
      }
    }
  }

  @Test
  void axpy() {
    for (int n : sizes()) {
      for (int[] at : OFFSETS) {
        double[] x = Twins.wild(n + 8, n);
        double[] expected = Twins.wild(n + 8, n + 1);
        double[] actual = expected.clone();
        SCALAR.axpy(0.3, x, at[0], expected, at[1], n);
        VECTOR.axpy(0.3, x, at[0], actual, at[1], n);
        assertSame(expected, actual, "axpy of " + n);
        float[] u = Twins.wildFloats(n + 8, n);
        float[] v = Twins.wildFloats(n + 8, n + 1);
        float[] w = v.clone();
        SCALAR.axpy(0.3f, u, at[0], v, at[1], n);
        VECTOR.axpy(0.3f, u, at[0], w, at[1], n);
        assertSame(v, w, "axpy of " + n);
      }
    }
  }

  private static int[] sizes() {
    int[] sizes = Arrays.copyOf(SIZES, SIZES.length + 1);
    sizes[SIZES.length] = MANY;
    return sizes;
  }
}
