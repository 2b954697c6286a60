package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScalarMatricesTest {

  /**
   * (m, n, k): nothing, one, small, just over the blocks of 64 and 512, thin in every direction.
   */
  private static final int[][] SIZES = {
    {0, 0, 0},
    {3, 4, 0},
    {0, 4, 3},
    {3, 0, 4},
    {1, 1, 1},
    {2, 3, 4},
    {7, 8, 9},
    {33, 35, 67},
    {3, 515, 129},
    {65, 1, 200},
    {1, 600, 5},
    {100, 33, 1},
    {64, 64, 64}
  };

  private final Kernels kernels = new ScalarKernels();
  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void productsAreCloseToTheExactOnes() {
    int m = 5;
    int n = 40;
    int k = 70;
    double[] a = doubles(m * k);
    double[] b = doubles(k * n);
    double[] c = new double[m * n];
    kernels.gemm(false, false, m, n, k, a, 0, b, 0, c, 0);
    double[] columns = new double[k * n];
    kernels.transpose(k, n, b, 0, columns, 0);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double[] row = Arrays.copyOfRange(a, i * k, (i + 1) * k);
        double[] column = Arrays.copyOfRange(columns, j * k, (j + 1) * k);
        BigDecimal error = Oracle.dot(row, column).subtract(new BigDecimal(c[i * n + j]));
        assertThat(error.abs().doubleValue()).isLessThan(k * 0x1p-51);
      }
    }
  }

  @Test
  void doubleProducts() {
    for (int[] size : SIZES) {
      int m = size[0];
      int n = size[1];
      int k = size[2];
      double[] a = doubles(m * k + 2);
      double[] b = doubles(k * n + 3);
      for (int form = 0; form < 4; form++) {
        boolean ta = form / 2 == 1;
        boolean tb = form % 2 == 1;
        double[] c = doubles(m * n + 1);
        double before = c[0];
        kernels.gemm(ta, tb, m, n, k, a, 2, b, 3, c, 1);
        assertThat(c[0]).isEqualTo(before);
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            double expected = 0;
            for (int l = 0; l < k; l++) {
              double left = a[2 + (ta ? l * m + i : i * k + l)];
              double right = b[3 + (tb ? j * k + l : l * n + j)];
              expected = Math.fma(left, right, expected);
            }
            if (c[1 + i * n + j] != expected) {
              fail(
                  "%s at %d %d: %s for %s",
                  Arrays.toString(size), i, j, c[1 + i * n + j], expected);
            }
          }
        }
      }
    }
  }

  @Test
  void doublePartsOfProducts() {
    // few enough multiplications that nothing is packed, and columns in fours and one by one
    for (int n : new int[] {3, 4, 9}) {
      int m = 5;
      int k = 6;
      int line = n + 2;
      double[] a = doubles(m * k);
      double[] b = doubles(k * line);
      double[] c = doubles(m * line);
      double[] expected = c.clone();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double s = 0;
          for (int l = 0; l < k; l++) {
            s = Math.fma(a[i * k + l], b[l * line + j], s);
          }
          expected[i * line + j] = s;
        }
      }
      kernels.gemm(false, m, n, k, a, 0, k, 1, b, 0, line, c, 0, line);
      assertThat(c).isEqualTo(expected);
    }
  }

  @Test
  void doubleProductsWithVectors() {
    for (int[] size : SIZES) {
      int m = size[0];
      int n = size[1];
      double[] a = doubles(m * n + 1);
      double[] x = doubles(Math.max(m, n) + 2);
      double[] straight = doubles(m + 1);
      double[] transposed = doubles(n + 1);
      double[] gram = doubles(n + 1);
      double[] weighted = doubles(n + 1);
      kernels.gemv(false, m, n, a, 1, x, 2, straight, 1);
      kernels.gemv(true, m, n, a, 1, x, 2, transposed, 1);
      kernels.gram(m, n, a, 1, new double[0], 0, x, 2, gram, 1);
      kernels.gram(m, n, a, 1, x, 1, x, 2, weighted, 1);
      double[] column = new double[n];
      double[] both = new double[n];
      double[] three = new double[n];
      for (int i = 0; i < m; i++) {
        double row = kernels.dot(a, 1 + i * n, x, 2, n);
        assertThat(straight[1 + i]).isEqualTo(row);
        for (int j = 0; j < n; j++) {
          column[j] = Math.fma(x[2 + i], a[1 + i * n + j], column[j]);
          both[j] = Math.fma(row, a[1 + i * n + j], both[j]);
          three[j] = Math.fma(x[1 + i] * row, a[1 + i * n + j], three[j]);
        }
      }
      assertThat(Arrays.copyOfRange(transposed, 1, n + 1)).containsExactly(column);
      assertThat(Arrays.copyOfRange(gram, 1, n + 1)).containsExactly(both);
      assertThat(Arrays.copyOfRange(weighted, 1, n + 1)).containsExactly(three);
    }
  }

  @Test
  void doubleTransposition() {
    for (int[] size : SIZES) {
      int m = size[0];
      int n = size[1];
      double[] x = doubles(m * n + 1);
      double[] out = doubles(m * n + 2);
      double[] back = doubles(m * n + 1);
      back[0] = x[0];
      kernels.transpose(m, n, x, 1, out, 2);
      kernels.transpose(n, m, out, 2, back, 1);
      assertThat(back).containsExactly(x);
      for (int i = 0; i < Math.min(m, 3); i++) {
        for (int j = 0; j < n; j++) {
          assertThat(out[2 + j * m + i]).isEqualTo(x[1 + i * n + j]);
        }
      }
    }
  }

  @Test
  void doubleResultsMayReplaceAnArgument() {
    double[] a = {1, 2, 3, 4};
    double[] x = {5, 6};
    kernels.gemv(true, 2, 2, a, 0, x, 0, x, 0);
    assertThat(x).containsExactly(23, 34);
    kernels.gram(2, 2, a, 0, new double[0], 0, x, 0, x, 0);
    assertThat(x).containsExactly(706, 1002);
    kernels.transpose(2, 2, a, 0, a, 0);
    assertThat(a).containsExactly(1, 3, 2, 4);
    kernels.gemm(false, true, 2, 2, 2, a, 0, a, 0, a, 0);
    assertThat(a).containsExactly(10, 14, 14, 20);
  }

  private double[] doubles(int n) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextDouble(-1, 1);
    }
    return x;
  }

  @Test
  void floatProducts() {
    for (int[] size : SIZES) {
      int m = size[0];
      int n = size[1];
      int k = size[2];
      float[] a = floats(m * k + 2);
      float[] b = floats(k * n + 3);
      for (int form = 0; form < 4; form++) {
        boolean ta = form / 2 == 1;
        boolean tb = form % 2 == 1;
        float[] c = floats(m * n + 1);
        float before = c[0];
        kernels.gemm(ta, tb, m, n, k, a, 2, b, 3, c, 1);
        assertThat(c[0]).isEqualTo(before);
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            float expected = 0;
            for (int l = 0; l < k; l++) {
              float left = a[2 + (ta ? l * m + i : i * k + l)];
              float right = b[3 + (tb ? j * k + l : l * n + j)];
              expected = Math.fma(left, right, expected);
            }
            if (c[1 + i * n + j] != expected) {
              fail(
                  "%s at %d %d: %s for %s",
                  Arrays.toString(size), i, j, c[1 + i * n + j], expected);
            }
          }
        }
      }
    }
  }

  @Test
  void floatPartsOfProducts() {
    // few enough multiplications that nothing is packed, and columns in fours and one by one
    for (int n : new int[] {3, 4, 9}) {
      int m = 5;
      int k = 6;
      int line = n + 2;
      float[] a = floats(m * k);
      float[] b = floats(k * line);
      float[] c = floats(m * line);
      float[] expected = c.clone();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          float s = 0;
          for (int l = 0; l < k; l++) {
            s = Math.fma(a[i * k + l], b[l * line + j], s);
          }
          expected[i * line + j] = s;
        }
      }
      kernels.gemm(false, m, n, k, a, 0, k, 1, b, 0, line, c, 0, line);
      assertThat(c).isEqualTo(expected);
    }
  }

  @Test
  void floatProductsWithVectors() {
    for (int[] size : SIZES) {
      int m = size[0];
      int n = size[1];
      float[] a = floats(m * n + 1);
      float[] x = floats(Math.max(m, n) + 2);
      float[] straight = floats(m + 1);
      float[] transposed = floats(n + 1);
      float[] gram = floats(n + 1);
      float[] weighted = floats(n + 1);
      kernels.gemv(false, m, n, a, 1, x, 2, straight, 1);
      kernels.gemv(true, m, n, a, 1, x, 2, transposed, 1);
      kernels.gram(m, n, a, 1, new float[0], 0, x, 2, gram, 1);
      kernels.gram(m, n, a, 1, x, 1, x, 2, weighted, 1);
      float[] column = new float[n];
      float[] both = new float[n];
      float[] three = new float[n];
      for (int i = 0; i < m; i++) {
        float row = kernels.dot(a, 1 + i * n, x, 2, n);
        assertThat(straight[1 + i]).isEqualTo(row);
        for (int j = 0; j < n; j++) {
          column[j] = Math.fma(x[2 + i], a[1 + i * n + j], column[j]);
          both[j] = Math.fma(row, a[1 + i * n + j], both[j]);
          three[j] = Math.fma(x[1 + i] * row, a[1 + i * n + j], three[j]);
        }
      }
      assertThat(Arrays.copyOfRange(transposed, 1, n + 1)).containsExactly(column);
      assertThat(Arrays.copyOfRange(gram, 1, n + 1)).containsExactly(both);
      assertThat(Arrays.copyOfRange(weighted, 1, n + 1)).containsExactly(three);
    }
  }

  @Test
  void floatTransposition() {
    for (int[] size : SIZES) {
      int m = size[0];
      int n = size[1];
      float[] x = floats(m * n + 1);
      float[] out = floats(m * n + 2);
      float[] back = floats(m * n + 1);
      back[0] = x[0];
      kernels.transpose(m, n, x, 1, out, 2);
      kernels.transpose(n, m, out, 2, back, 1);
      assertThat(back).containsExactly(x);
      for (int i = 0; i < Math.min(m, 3); i++) {
        for (int j = 0; j < n; j++) {
          assertThat(out[2 + j * m + i]).isEqualTo(x[1 + i * n + j]);
        }
      }
    }
  }

  @Test
  void floatResultsMayReplaceAnArgument() {
    float[] a = {1, 2, 3, 4};
    float[] x = {5, 6};
    kernels.gemv(true, 2, 2, a, 0, x, 0, x, 0);
    assertThat(x).containsExactly(23, 34);
    kernels.gram(2, 2, a, 0, new float[0], 0, x, 0, x, 0);
    assertThat(x).containsExactly(706, 1002);
    kernels.transpose(2, 2, a, 0, a, 0);
    assertThat(a).containsExactly(1, 3, 2, 4);
    kernels.gemm(false, true, 2, 2, 2, a, 0, a, 0, a, 0);
    assertThat(a).containsExactly(10, 14, 14, 20);
  }

  private float[] floats(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    return x;
  }
}
