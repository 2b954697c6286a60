package dini.core.kernel;

import static dini.core.kernel.Twins.LONG_SIZES;
import static dini.core.kernel.Twins.OFFSETS;
import static dini.core.kernel.Twins.SCALAR;
import static dini.core.kernel.Twins.SIZES;
import static dini.core.kernel.Twins.VECTOR;
import static dini.core.kernel.Twins.assertSame;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Scalar and vector reductions give the same bits. */
class ReductionTwinsTest {

  private static int[] sizes() {
    return IntStream.concat(IntStream.of(SIZES), IntStream.of(LONG_SIZES)).toArray();
  }

  @Test
  void ofTameDoubles() {
    for (int n : sizes()) {
      for (int[] at : OFFSETS) {
        compare(Twins.tame(n + 8, n), at[0], Twins.tame(n + 8, n + 1), at[1], n);
      }
    }
  }

  @Test
  void ofWildDoubles() {
    for (int n : SIZES) {
      for (int seed = 0; seed < 20; seed++) {
        compare(Twins.wild(n + 8, n + seed), 1, Twins.wild(n + 8, seed), 3, n);
      }
    }
  }

  @Test
  void ofTameFloats() {
    for (int n : sizes()) {
      for (int[] at : OFFSETS) {
        float[] y = Twins.floats(Twins.tame(n + 8, n + 1));
        compare(Twins.floats(Twins.tame(n + 8, n)), at[0], y, at[1], n);
      }
    }
  }

  @Test
  void ofWildFloats() {
    for (int n : SIZES) {
      for (int seed = 0; seed < 20; seed++) {
        compare(Twins.wildFloats(n + 8, n + seed), 1, Twins.wildFloats(n + 8, seed), 3, n);
      }
    }
  }

  /** The order of blocks is that of neighbours, up to many blocks. */
  @Test
  void ofManyBlocks() {
    double[] x = Twins.tame(13 * 32768 + 5, 1);
    for (int blocks = 1; blocks <= 13; blocks++) {
      compare(x, 0, x, 0, blocks * 32768 + 5);
    }
  }

  @Test
  void normsOfExtremes() {
    for (int n : new int[] {1, 5, 16, 33, 100}) {
      for (int e = -1074; e <= 1023; e += 13) {
        double[] x = Twins.tame(n, e);
        for (int i = 0; i < n; i++) {
          x[i] = Math.scalb(x[i] / 2048, e);
        }
        assertSame(SCALAR.nrm2(x, 0, n), VECTOR.nrm2(x, 0, n), "nrm2 about 2^" + e);
        float[] y = Twins.floats(x);
        assertSame(SCALAR.nrm2(y, 0, n), VECTOR.nrm2(y, 0, n), "nrm2 about 2^" + e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = BinaryKernel.class,
      names = {"ADD", "MUL", "MAX", "MIN"},
      mode = Mode.INCLUDE)
  void overAnAxis(BinaryKernel op) {
    int[][] shapes = {
      {1, 1, 1},
      {3, 0, 2},
      {0, 3, 2},
      {3, 0, 40},
      {2, 5, 0},
      {2, 3, 4},
      {1, 7, 16},
      {3, 5, 17},
      {2, 9, 33},
      {4, 100, 1},
      {3, 33, 1},
      {1, 40000, 1},
      {1, 50, 1000},
      {5, 1, 20},
      {3, 200, 2},
      {2, 300, 15},
      {2, 31, 64}
    };
    for (int[] s : shapes) {
      String what = op + " over " + s[0] + ", " + s[1] + ", " + s[2];
      int size = s[0] * s[1] * s[2];
      int results = s[0] * s[2];
      for (double[] x : new double[][] {Twins.tame(size, 7), Twins.wild(size, 8)}) {
        double[] expected = new double[results];
        double[] actual = new double[results];
        SCALAR.reduce(op, x, s[0], s[1], s[2], expected);
        VECTOR.reduce(op, x, s[0], s[1], s[2], actual);
        assertSame(expected, actual, what);
        float[] y = Twins.floats(x);
        float[] u = new float[results];
        float[] v = new float[results];
        SCALAR.reduce(op, y, s[0], s[1], s[2], u);
        VECTOR.reduce(op, y, s[0], s[1], s[2], v);
        assertSame(u, v, what);
      }
    }
  }

  private static void compare(double[] x, int xo, double[] y, int yo, int n) {
    assertSame(SCALAR.sum(x, xo, n), VECTOR.sum(x, xo, n), "sum of " + n);
    assertSame(SCALAR.dot(x, xo, y, yo, n), VECTOR.dot(x, xo, y, yo, n), "dot of " + n);
    assertSame(SCALAR.max(x, xo, n), VECTOR.max(x, xo, n), "max of " + n);
    assertSame(SCALAR.min(x, xo, n), VECTOR.min(x, xo, n), "min of " + n);
    assertSame(SCALAR.nrm2(x, xo, n), VECTOR.nrm2(x, xo, n), "nrm2 of " + n);
  }

  private static void compare(float[] x, int xo, float[] y, int yo, int n) {
    assertSame(SCALAR.sum(x, xo, n), VECTOR.sum(x, xo, n), "sum of " + n);
    assertSame(SCALAR.dot(x, xo, y, yo, n), VECTOR.dot(x, xo, y, yo, n), "dot of " + n);
    assertSame(SCALAR.max(x, xo, n), VECTOR.max(x, xo, n), "max of " + n);
    assertSame(SCALAR.min(x, xo, n), VECTOR.min(x, xo, n), "min of " + n);
    assertSame(SCALAR.nrm2(x, xo, n), VECTOR.nrm2(x, xo, n), "nrm2 of " + n);
  }
}
