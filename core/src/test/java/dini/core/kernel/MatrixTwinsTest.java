package dini.core.kernel;

import static dini.core.kernel.Twins.SCALAR;
import static dini.core.kernel.Twins.VECTOR;
import static dini.core.kernel.Twins.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scalar and vector products give the same bits, and those of a chain of fma in order. */
class MatrixTwinsTest {

  private static final int[][] SHAPES = {
    {0, 3, 4},
    {3, 0, 4},
    {3, 4, 0},
    {1, 1, 1},
    {1, 40, 9},
    {2, 2, 2},
    {3, 5, 7},
    {4, 8, 16},
    {5, 9, 17},
    {7, 33, 3},
    {8, 8, 8},
    {13, 15, 40},
    {16, 64, 20},
    {17, 70, 31},
    {31, 32, 33},
    {65, 66, 67},
    {30, 127, 129},
    {9, 700, 3},
    {129, 3, 600},
    {6, 20, 1100},
    {140, 150, 530},
    {20, 300, 513}
  };

  static Stream<Arguments> transposed() {
    return Stream.of(
        Arguments.of(false, false),
        Arguments.of(false, true),
        Arguments.of(true, false),
        Arguments.of(true, true));
  }

  @ParameterizedTest
  @MethodSource("transposed")
  void gemmOfDoubles(boolean ta, boolean tb) {
    for (int[] s : SHAPES) {
      int m = s[0];
      int n = s[1];
      int k = s[2];
      double[] a = Twins.tame(m * k + 3, 1);
      double[] b = Twins.tame(k * n + 2, 2);
      double[] expected = Twins.tame(m * n + 5, 3);
      double[] actual = expected.clone();
      SCALAR.gemm(ta, tb, m, n, k, a, 3, b, 2, expected, 1);
      VECTOR.gemm(ta, tb, m, n, k, a, 3, b, 2, actual, 1);
      String what = "gemm " + ta + " " + tb + " of " + m + ", " + n + ", " + k;
      assertSame(expected, actual, what);
      if ((long) m * n * k < 1 << 20) {
        double[] inOrder = Twins.tame(m * n + 5, 3);
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            double c = 0;
            for (int l = 0; l < k; l++) {
              double left = a[3 + (ta ? l * m + i : i * k + l)];
              c = Math.fma(left, b[2 + (tb ? j * k + l : l * n + j)], c);
            }
            inOrder[1 + i * n + j] = c;
          }
        }
        assertSame(inOrder, actual, what + " against its definition");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transposed")
  void gemmOfFloats(boolean ta, boolean tb) {
    for (int[] s : SHAPES) {
      int m = s[0];
      int n = s[1];
      int k = s[2];
      float[] a = Twins.floats(Twins.tame(m * k + 3, 1));
      float[] b = Twins.floats(Twins.tame(k * n + 2, 2));
      float[] expected = Twins.floats(Twins.tame(m * n + 5, 3));
      float[] actual = expected.clone();
      SCALAR.gemm(ta, tb, m, n, k, a, 3, b, 2, expected, 1);
      VECTOR.gemm(ta, tb, m, n, k, a, 3, b, 2, actual, 1);
      assertSame(expected, actual, "gemm " + ta + " " + tb + " of " + m + ", " + n + ", " + k);
    }
  }

  /** Products too large for the level 2 cache, with several blocks of k and of columns. */
  @ParameterizedTest
  @MethodSource("transposed")
  void gemmOfManyBlocks(boolean ta, boolean tb) {
    int m = 37;
    int n = 401;
    int k = 1051;
    double[] a = Twins.tame(m * k, 1);
    double[] b = Twins.tame(k * n, 2);
    double[] expected = new double[m * n];
    double[] actual = new double[m * n];
    SCALAR.gemm(ta, tb, m, n, k, a, 0, b, 0, expected, 0);
    VECTOR.gemm(ta, tb, m, n, k, a, 0, b, 0, actual, 0);
    assertSame(expected, actual, "gemm " + ta + " " + tb);
    float[] u = new float[m * n];
    float[] v = new float[m * n];
    SCALAR.gemm(ta, tb, m, n, k, Twins.floats(a), 0, Twins.floats(b), 0, u, 0);
    VECTOR.gemm(ta, tb, m, n, k, Twins.floats(a), 0, Twins.floats(b), 0, v, 0);
    assertSame(u, v, "gemm of floats " + ta + " " + tb);
  }

  @Test
  void gemmPropagatesNanAndInfinity() {
    for (int n : new int[] {9, 33}) {
      double[] a = Twins.wild(n * n, 5);
      double[] b = Twins.wild(n * n, 6);
      double[] expected = new double[n * n];
      double[] actual = new double[n * n];
      SCALAR.gemm(false, false, n, n, n, a, 0, b, 0, expected, 0);
      VECTOR.gemm(false, false, n, n, n, a, 0, b, 0, actual, 0);
      assertSame(expected, actual, "gemm of wild numbers");
    }
  }

  @Test
  void integersMultiplyExactly() {
    int n = 70;
    double[] a = new double[n * n];
    double[] b = new double[n * n];
    double[] c = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      a[i] = i * 31 % 201 - 100;
      b[i] = i * 17 % 301 - 150;
    }
    VECTOR.gemm(false, true, n, n, n, a, 0, b, 0, c, 0);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        long s = 0;
        for (int l = 0; l < n; l++) {
          s += (long) a[i * n + l] * (long) b[j * n + l];
        }
        assertThat(c[i * n + j]).isEqualTo(s);
      }
    }
  }

  @Test
  void gemvAndGram() {
    int[][] shapes = {
      {0, 5},
      {5, 0},
      {1, 1},
      {3, 7},
      {4, 16},
      {5, 33},
      {9, 100},
      {64, 65},
      {7, 2049},
      {6, 5000},
      {5, 9000},
      {3, 40000},
      {130, 31}
    };
    for (int[] s : shapes) {
      int m = s[0];
      int n = s[1];
      String what = m + " by " + n;
      double[] a = Twins.tame(m * n + 1, 1);
      double[] x = Twins.tame(Math.max(m, n) + 3, 2);
      float[] af = Twins.floats(a);
      float[] xf = Twins.floats(x);
      for (boolean t : new boolean[] {false, true}) {
        double[] expected = Twins.tame(Math.max(m, n) + 5, 3);
        double[] actual = expected.clone();
        SCALAR.gemv(t, m, n, a, 1, x, 3, expected, 2);
        VECTOR.gemv(t, m, n, a, 1, x, 3, actual, 2);
        assertSame(expected, actual, "gemv " + t + " " + what);
        float[] u = Twins.floats(Twins.tame(Math.max(m, n) + 5, 3));
        float[] v = u.clone();
        SCALAR.gemv(t, m, n, af, 1, xf, 3, u, 2);
        VECTOR.gemv(t, m, n, af, 1, xf, 3, v, 2);
        assertSame(u, v, "gemv of floats " + t + " " + what);
      }
      double[] expected = Twins.tame(n + 5, 3);
      double[] actual = expected.clone();
      SCALAR.gram(m, n, a, 1, x, 3, expected, 2);
      VECTOR.gram(m, n, a, 1, x, 3, actual, 2);
      assertSame(expected, actual, "gram " + what);
      float[] u = Twins.floats(Twins.tame(n + 5, 3));
      float[] v = u.clone();
      SCALAR.gram(m, n, af, 1, xf, 3, u, 2);
      VECTOR.gram(m, n, af, 1, xf, 3, v, 2);
      assertSame(u, v, "gram of floats " + what);
    }
  }

  @Test
  void outputMayShareTheArrayOfAnInput() {
    int n = 40;
    for (Kernels kernels : new Kernels[] {SCALAR, VECTOR}) {
      double[] a = Twins.tame(n * n, 1);
      double[] expected = new double[n * n];
      kernels.gemm(false, false, n, n, n, a, 0, a, 0, expected, 0);
      kernels.gemm(false, false, n, n, n, a, 0, a, 0, a, 0);
      assertSame(expected, a, kernels.name() + " square in place");
      double[] x = Twins.tame(n, 2);
      double[] y = new double[n];
      kernels.gemv(true, n, n, a, 0, x, 0, y, 0);
      kernels.gemv(true, n, n, a, 0, x, 0, x, 0);
      assertSame(y, x, kernels.name() + " gemv in place");
    }
  }

  @Test
  void transpose() {
    for (int[] s : new int[][] {{0, 3}, {1, 1}, {3, 5}, {32, 33}, {70, 41}, {1, 100}}) {
      int m = s[0];
      int n = s[1];
      double[] x = Twins.tame(m * n + 1, 1);
      double[] out = new double[m * n + 2];
      VECTOR.transpose(m, n, x, 1, out, 2);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          assertThat(out[2 + j * m + i]).isEqualTo(x[1 + i * n + j]);
        }
      }
    }
  }
}
