package dini.core;

import static dini.core.Cumulative.cumLogSumExp;
import static dini.core.Cumulative.cumMax;
import static dini.core.Cumulative.cumMin;
import static dini.core.Cumulative.cumProd;
import static dini.core.Cumulative.cumSum;
import static dini.core.Tensors.bools;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.nested;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Scans at edges, and what they refuse; values elsewhere are the business of the catalogue. */
class CumulativeTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void examplesOfThePage() {
    assertThat(cumSum(tensor(1, 2, 3), 0)).isEqualTo(tensor(1, 3, 6));
    assertThat(cumSum(tensor(1, 2, 3), 0, true)).isEqualTo(tensor(6, 5, 3));
    assertThat(cumProd(tensor(2, 0, 3), 0)).isEqualTo(tensor(2, 0, 0));
    assertThat(cumMax(tensor(1, 3, 2), 0)).isEqualTo(tensor(1, 3, 3));
    assertThat(cumMin(tensor(3, 1, 2), 0)).isEqualTo(tensor(3, 1, 1));
    assertThat(cumLogSumExp(tensor(0, 0), 0)).isEqualTo(tensor(0, StrictMath.log(2)));
  }

  @Test
  void integersKeepTheirDtypeAndTruthsCount() {
    assertThat(cumSum(ints(Integer.MAX_VALUE, 1), 0))
        .isEqualTo(ints(Integer.MAX_VALUE, Integer.MIN_VALUE));
    assertThat(cumProd(longs(2, -3, 4), 0, true)).isEqualTo(longs(-24, -12, 4));
    assertThat(cumSum(bools(true, false, true), 0)).isEqualTo(longs(1, 1, 2));
    assertThat(cumProd(bools(true, false, true), 0)).isEqualTo(longs(1, 0, 0));
    assertThat(cumMax(ints(2, -1, 3), 0, true)).isEqualTo(ints(3, 3, 3));
    assertThat(cumMin(nested(new int[][] {{2, 5}, {3, 1}}), 0))
        .isEqualTo(nested(new int[][] {{2, 5}, {2, 1}}));
  }

  @Test
  void nanAndZeros() {
    double nan = Double.NaN;
    assertThat(cumMax(tensor(1, nan, 2), 0)).isEqualTo(tensor(1, nan, nan));
    assertThat(cumMin(tensor(1, nan, 2), 0, true)).isEqualTo(tensor(nan, nan, 2));
    assertThat(cumMax(tensor(-0.0, 0, -0.0), 0)).isEqualTo(tensor(-0.0, 0, 0));
    assertThat(cumMin(tensor(0, -0.0, 0), 0)).isEqualTo(tensor(0, -0.0, -0.0));
    assertThat(cumSum(tensor(-0.0, -0.0), 0)).isEqualTo(tensor(-0.0, -0.0));
    assertThat(cumLogSumExp(tensor(-INF, -INF, 1, INF, INF, -INF), 0))
        .isEqualTo(tensor(-INF, -INF, 1, INF, INF, INF));
    assertThat(cumLogSumExp(tensor(0, nan, 1), 0)).isEqualTo(tensor(0, nan, nan));
    assertThat(cumLogSumExp(tensor(-INF, 1e300, -1e300), 0)).isEqualTo(tensor(-INF, 1e300, 1e300));
  }

  /** In float, each step rounded; a float sum of ten million 0.1 in order is far from 1e6. */
  @Test
  void float32RoundsAtEachStep() {
    float[] tenths = new float[1000];
    Arrays.fill(tenths, 0.1f);
    float[] sums = new float[1000];
    float sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += 0.1f;
      sums[i] = sum;
    }
    assertThat(cumSum(floats(tenths), 0)).isEqualTo(floats(sums));
    Tensor columns = Shapes.broadcastTo(Shapes.expandDims(floats(tenths), 1), 1000, 3);
    assertThat(Shapes.index(cumSum(columns, 0), 1, 2)).isEqualTo(floats(sums));
    assertThat(cumProd(floats(1e30f, 1e30f), 0)).isEqualTo(floats(1e30f, Float.POSITIVE_INFINITY));
    assertThat(cumLogSumExp(floats(0, 0), 0)).isEqualTo(floats(0, (float) StrictMath.log(2)));
  }

  /** Against sums of exponentials shifted by the maximum, in the digits of a double. */
  @Test
  void logSumExpIsAccurateOverManySteps() {
    SplittableRandom random = new SplittableRandom(5);
    double[] x = random.doubles(500, -30, 30).toArray();
    double[] y = cumLogSumExp(tensor(x), 0).toArray();
    for (int i = 0; i < x.length; i++) {
      double max = Arrays.stream(x, 0, i + 1).max().orElseThrow();
      BigDecimal sum = BigDecimal.ZERO;
      for (int j = 0; j <= i; j++) {
        sum = sum.add(new BigDecimal(StrictMath.exp(x[j] - max)));
      }
      double expected = max + StrictMath.log(sum.doubleValue());
      assertThat(y[i]).isCloseTo(expected, within((i + 2) * 2 * Math.ulp(expected)));
    }
  }

  @Test
  void refusals() {
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> cumSum(scalar(1), 0))
        .withMessage("cumSum: axis 0 of a tensor of shape () does not exist");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> cumMax(bools(true), 0))
        .withMessage("cumMax: expected numbers, which have order, got bool[1]");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> cumLogSumExp(ints(1), 0))
        .withMessage("cumLogSumExp: expected a floating dtype, got i32[1]");
    assertThat(cumMax(zeros(0), 0)).isEqualTo(zeros(0));
  }
}
