package dini.core.kernel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VectorProductsTest {
  private static final int[] SMALL = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 31, 33, 40, 50, 71};

  private final Kernels scalar = Twins.scalar();
  private final Kernels vector = Twins.vector();

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void small(boolean ta, boolean tb) {
    for (int m : SMALL) {
      for (int n : SMALL) {
        for (int k : new int[] {0, 1, 2, 8, 33, 40}) {
          check(ta, tb, m, n, k, (m + n) % 3 == 0 ? 5 : 0);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void blocks(boolean ta, boolean tb) {
    check(ta, tb, 65, 130, 1030, 0);
    check(ta, tb, 65, 130, 513, 1000);
    check(ta, tb, 1029, 7, 70, 0);
    check(ta, tb, 6, 300, 300, 0);
    check(ta, tb, 100, 257, 256, 0);
    check(ta, tb, 2, 600, 515, 0);
    check(ta, tb, 127, 127, 127, 0);
    // five rows at a time, and 13 vectors of 512 bits
    check(ta, tb, 15, 100, 41, 0);
    check(ta, tb, 30, 39, 10, 7);
  }

  @Test
  void transposition() {
    for (int m : new int[] {1, 7, 8, 9, 15, 16, 17, 40, 63, 64, 65, 130}) {
      for (int n : new int[] {1, 7, 8, 9, 15, 16, 17, 40, 100}) {
        double[] x = Twins.doubles(m * n + 1, 5, m);
        double[] out = new double[m * n + 2];
        double[] expected = out.clone();
        vector.transpose(m, n, x, 1, out, 2);
        scalar.transpose(m, n, x, 1, expected, 2);
        Twins.same(out, expected, m + " x " + n);
        float[] x32 = Twins.floats(m * n + 1, 5, m);
        float[] out32 = new float[m * n + 2];
        float[] expected32 = out32.clone();
        vector.transpose(m, n, x32, 1, out32, 2);
        scalar.transpose(m, n, x32, 1, expected32, 2);
        Twins.same(out32, expected32, m + " x " + n);
      }
    }
  }

  private void check(boolean ta, boolean tb, int m, int n, int k, int every) {
    String what = (ta ? "A' " : "A ") + (tb ? "B' " : "B ") + m + " x " + n + " x " + k;
    double[] a = Twins.doubles(m * k + 1, every, m);
    double[] b = Twins.doubles(k * n + 3, every, n);
    double[] c = Twins.doubles(m * n + 2, 0, 1);
    double[] expected = c.clone();
    vector.gemm(ta, tb, m, n, k, a, 1, b, 3, c, 2);
    scalar.gemm(ta, tb, m, n, k, a, 1, b, 3, expected, 2);
    Twins.same(c, expected, what);
    float[] a32 = Twins.floats(m * k + 1, every, m);
    float[] b32 = Twins.floats(k * n + 3, every, n);
    float[] c32 = Twins.floats(m * n + 2, 0, 1);
    float[] expected32 = c32.clone();
    vector.gemm(ta, tb, m, n, k, a32, 1, b32, 3, c32, 2);
    scalar.gemm(ta, tb, m, n, k, a32, 1, b32, 3, expected32, 2);
    Twins.same(c32, expected32, what);
  }
}
