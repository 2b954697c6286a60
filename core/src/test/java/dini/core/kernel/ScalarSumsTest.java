package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarSumsTest {

  private final Kernels kernels = new ScalarKernels();
  private final SplittableRandom random = new SplittableRandom(3);

  static IntStream lengths() {
    int[] blocks = {1000, 4096, 32767, 32768, 32769, 65536 + 45, 3 * 32768, 5 * 32768 + 7, 229377};
    return IntStream.concat(IntStream.rangeClosed(0, 100), Arrays.stream(blocks));
  }

  @Test
  void sumsAreCloseToTheExactOnes() {
    for (int n : new int[] {1, 7, 31, 1000, 40000}) {
      double[] x = doubles(n);
      double[] y = doubles(n);
      double[] ones = new double[n];
      Arrays.fill(ones, 1.0);
      assertClose(kernels.sum(x, 0, n), Oracle.dot(x, ones), n);
      assertClose(kernels.dot(x, 0, y, 0, n), Oracle.dot(x, y), n);
    }
  }

  private static void assertClose(double actual, BigDecimal exact, int n) {
    double error = new BigDecimal(actual).subtract(exact).abs().doubleValue();
    assertThat(error).isLessThanOrEqualTo(0x1p-53 * n);
  }

  @Test
  void emptyRangesAndNegativeZerosGivePositiveZero() {
    assertThat(1 / kernels.sum(new double[0], 0, 0)).isPositive();
    assertThat(1 / kernels.dot(new float[0], 0, new float[0], 0, 0)).isPositive();
    assertThat(1 / kernels.sum(new double[] {-0.0, -0.0}, 0, 2)).isPositive();
  }

  @Test
  void notANumberAndInfinitiesComeThrough() {
    double[] x = new double[100];
    x[77] = Double.POSITIVE_INFINITY;
    assertThat(kernels.sum(x, 0, 100)).isEqualTo(Double.POSITIVE_INFINITY);
    x[3] = Double.NEGATIVE_INFINITY;
    assertThat(kernels.sum(x, 0, 100)).isNaN();
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void doubleSumsFollowTheWrittenOrder(int n) {
    double[] x = doubles(n + 3);
    double[] y = doubles(n + 5);
    assertThat(kernels.sum(x, 3, n)).isEqualTo(written(null, 0, x, 3, n));
    assertThat(kernels.dot(y, 5, x, 3, n)).isEqualTo(written(y, 5, x, 3, n));
  }

  /** The order as the documentation of the package has it, one step after the other. */
  private static double written(double[] y, int yo, double[] x, int xo, int n) {
    List<Double> level = new ArrayList<>();
    for (int from = 0; from < n || from == 0; from += 32768) {
      level.add(block(y, yo + from, x, xo + from, Math.min(n - from, 32768)));
    }
    while (level.size() > 1) {
      List<Double> next = new ArrayList<>();
      for (int i = 0; i + 1 < level.size(); i += 2) {
        next.add(level.get(i) + level.get(i + 1));
      }
      if (level.size() % 2 == 1) {
        next.add(level.getLast());
      }
      level = next;
    }
    return level.getFirst();
  }

  private static double block(double[] y, int yo, double[] x, int xo, int n) {
    double[] lane = new double[32];
    for (int i = 0; i < n / 8 * 8; i++) {
      int j = i < n / 32 * 32 ? i % 32 : i % 8;
      lane[j] = step(lane[j], y, yo + i, x[xo + i]);
    }
    for (int half = 16; half >= 8; half /= 2) {
      for (int j = 0; j < half; j++) {
        lane[j] += lane[j + half];
      }
    }
    double even = (lane[0] + lane[4]) + (lane[2] + lane[6]);
    double odd = (lane[1] + lane[5]) + (lane[3] + lane[7]);
    double s = even + odd;
    for (int i = n / 8 * 8; i < n; i++) {
      s = step(s, y, yo + i, x[xo + i]);
    }
    return s;
  }

  private static double step(double s, double[] y, int at, double x) {
    return y == null ? s + x : Math.fma(y[at], x, s);
  }

  private double[] doubles(int n) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextDouble(-1, 1);
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void floatSumsFollowTheWrittenOrder(int n) {
    float[] x = floats(n + 3);
    float[] y = floats(n + 5);
    assertThat(kernels.sum(x, 3, n)).isEqualTo(written(null, 0, x, 3, n));
    assertThat(kernels.dot(y, 5, x, 3, n)).isEqualTo(written(y, 5, x, 3, n));
  }

  /** The order as the documentation of the package has it, one step after the other. */
  private static float written(float[] y, int yo, float[] x, int xo, int n) {
    List<Float> level = new ArrayList<>();
    for (int from = 0; from < n || from == 0; from += 32768) {
      level.add(block(y, yo + from, x, xo + from, Math.min(n - from, 32768)));
    }
    while (level.size() > 1) {
      List<Float> next = new ArrayList<>();
      for (int i = 0; i + 1 < level.size(); i += 2) {
        next.add(level.get(i) + level.get(i + 1));
      }
      if (level.size() % 2 == 1) {
        next.add(level.getLast());
      }
      level = next;
    }
    return level.getFirst();
  }

  private static float block(float[] y, int yo, float[] x, int xo, int n) {
    float[] lane = new float[32];
    for (int i = 0; i < n / 8 * 8; i++) {
      int j = i < n / 32 * 32 ? i % 32 : i % 8;
      lane[j] = step(lane[j], y, yo + i, x[xo + i]);
    }
    for (int half = 16; half >= 8; half /= 2) {
      for (int j = 0; j < half; j++) {
        lane[j] += lane[j + half];
      }
    }
    float even = (lane[0] + lane[4]) + (lane[2] + lane[6]);
    float odd = (lane[1] + lane[5]) + (lane[3] + lane[7]);
    float s = even + odd;
    for (int i = n / 8 * 8; i < n; i++) {
      s = step(s, y, yo + i, x[xo + i]);
    }
    return s;
  }

  private static float step(float s, float[] y, int at, float x) {
    return y == null ? s + x : Math.fma(y[at], x, s);
  }

  private float[] floats(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    return x;
  }
}
