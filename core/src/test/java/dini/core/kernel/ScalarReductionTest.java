package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalarReductionTest {

  private static final int[][] SHAPES = {
    {1, 1, 1},
    {2, 50, 1},
    {3, 0, 1},
    {2, 0, 3},
    {0, 4, 2},
    {2, 3, 0},
    {3, 7, 5},
    {1, 100, 2},
    {4, 1, 3}
  };

  private final Kernels kernels = new ScalarKernels();
  private final SplittableRandom random = new SplittableRandom(5);

  private static double identity(BinaryKernel op) {
    return switch (op) {
      case ADD -> 0;
      case MUL -> 1;
      case MAX -> Double.NEGATIVE_INFINITY;
      default -> Double.POSITIVE_INFINITY;
    };
  }

  @Test
  void anAxisOfOneMayBeReducedInPlace() {
    double[] x = {1, -2, 3, 4};
    kernels.reduce(BinaryKernel.MUL, x, 2, 1, 2, x);
    assertThat(x).containsExactly(1, -2, 3, 4);
  }

  @ParameterizedTest
  @EnumSource(names = {"ADD", "MUL", "MAX", "MIN"})
  void doublesInTheOrderOfK(BinaryKernel op) {
    double identity = identity(op);
    for (int[] shape : SHAPES) {
      int outer = shape[0];
      int n = shape[1];
      int inner = shape[2];
      double[] x = new double[outer * n * inner];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextDouble(-2, 2);
      }
      double[] out = new double[outer * inner];
      kernels.reduce(op, x, outer, n, inner, out);
      for (int o = 0; o < outer; o++) {
        for (int i = 0; i < inner; i++) {
          double[] s = {identity};
          for (int k = 0; k < n; k++) {
            kernels.binary(op, s, 0, x[(o * n + k) * inner + i], s, 0, 1);
          }
          double expected = inner == 1 && op == BinaryKernel.ADD ? kernels.sum(x, o * n, n) : s[0];
          assertThat(out[o * inner + i]).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ADD", "MUL", "MAX", "MIN"})
  void floatsInTheOrderOfK(BinaryKernel op) {
    float identity = (float) identity(op);
    for (int[] shape : SHAPES) {
      int outer = shape[0];
      int n = shape[1];
      int inner = shape[2];
      float[] x = new float[outer * n * inner];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) random.nextDouble(-2, 2);
      }
      float[] out = new float[outer * inner];
      kernels.reduce(op, x, outer, n, inner, out);
      for (int o = 0; o < outer; o++) {
        for (int i = 0; i < inner; i++) {
          float[] s = {identity};
          for (int k = 0; k < n; k++) {
            kernels.binary(op, s, 0, x[(o * n + k) * inner + i], s, 0, 1);
          }
          float expected = inner == 1 && op == BinaryKernel.ADD ? kernels.sum(x, o * n, n) : s[0];
          assertThat(out[o * inner + i]).isEqualTo(expected);
        }
      }
    }
  }
}
