package dini.core;

import static dini.core.Statistics.std;
import static dini.core.Statistics.var;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.full;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final int[] NONE = {};

  /** Three roundings of 3. */
  private static final Offset<Double> ULPS = within(9 * 0x1p-53);

  @Test
  void examplesOfThePage() {
    assertThat(var(tensor(1, 2, 3, 4))).isEqualTo(scalar(1.25));
    assertThat(std(tensor(1, 3))).isEqualTo(scalar(1));
    Tensor x = tensor(new double[][] {{1, 3}, {2, 8}});
    assertThat(var(x, 1)).isEqualTo(tensor(1, 9));
    assertThat(var(x, new int[] {1}, true, 1)).isEqualTo(tensor(new double[][] {{2}, {18}}));
    assertThat(std(x, new int[] {-1}, false).toArray()).containsExactly(new double[] {1, 3}, ULPS);
    assertThat(var(x, NONE)).isEqualTo(zeros(2, 2));
  }

  /** The mean of three 0.1 is not 0.1, and the sum of constants near the largest overflows. */
  @Test
  void aConstantHasNoSpread() {
    for (double value : new double[] {0.1, 1e308, -1e-310, 3}) {
      Tensor x = full(Shape.of(7, 3), value);
      assertThat(var(x)).isEqualTo(scalar(0));
      assertThat(std(x, 0)).isEqualTo(zeros(3));
      assertThat(std(x, new int[] {1}, false, 1)).isEqualTo(zeros(7));
    }
  }

  /** Sums of squares would keep no digit of these. */
  @Test
  void aSmallSpreadAroundALargeMeanKeepsItsDigits() {
    double[] values = new double[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1e9 + i % 2;
    }
    assertThat(var(tensor(values)).toDouble()).isEqualTo(0.25);
    assertThat(std(floats(1 << 23, (1 << 23) + 1)).toDouble()).isEqualTo(0.5);
  }

  @Test
  void squaresOverflowInTheVarianceOnly() {
    assertThat(var(tensor(1e200, -1e200))).isEqualTo(scalar(Double.POSITIVE_INFINITY));
    assertThat(std(tensor(1e200, -1e200)).toDouble()).isCloseTo(1e200, within(1e185));
    assertThat(std(tensor(1e-200, -1e-200)).toDouble()).isCloseTo(1e-200, within(1e-215));
  }

  @Test
  void withoutDegreesOfFreedomThereIsNoAnswer() {
    Tensor nan = scalar(Double.NaN);
    assertThat(var(zeros(0))).isEqualTo(nan);
    assertThat(std(zeros(0))).isEqualTo(nan);
    assertThat(var(tensor(2), new int[] {0}, false, 1)).isEqualTo(nan);
    assertThat(var(tensor(1, 2), new int[] {0}, false, 3)).isEqualTo(nan);
    assertThat(std(tensor(1, 2), new int[] {0}, false, 2)).isEqualTo(nan);
    assertThat(var(tensor(1, Double.NaN))).isEqualTo(nan);
    assertThat(var(tensor(1, Double.POSITIVE_INFINITY))).isEqualTo(nan);
    assertThat(var(zeros(0, 2), 1)).isEqualTo(zeros(0));
  }

  @Test
  void refusals() {
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> var(ints(1, 2)))
        .withMessage("var: needs a floating dtype, got i32[2]; convert it with astype");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> std(tensor(1), 0, 0))
        .withMessage("std: axis 0 of f64[1] is named twice");
  }
}
