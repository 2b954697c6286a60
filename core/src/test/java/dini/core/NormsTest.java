package dini.core;

import static dini.core.Norms.vectorNorm;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormsTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void orders() {
    Tensor x = tensor(3, -4);
    assertThat(vectorNorm(x, 1)).isEqualTo(scalar(7));
    assertThat(vectorNorm(x, 2)).isEqualTo(scalar(5));
    assertThat(vectorNorm(x, INF)).isEqualTo(scalar(4));
    assertThat(vectorNorm(x, 3).toDouble()).isCloseTo(StrictMath.cbrt(91), within(1e-15 * 5));
    assertThat(vectorNorm(floats(3, -4), 3).dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void axes() {
    Tensor x = tensor(new double[][] {{1, -2}, {-3, 4}});
    assertThat(vectorNorm(x, 1, 0)).isEqualTo(tensor(4, 6));
    assertThat(vectorNorm(x, INF, new int[] {1}, true))
        .isEqualTo(tensor(new double[][] {{2}, {4}}));
    assertThat(vectorNorm(x, INF, new int[0])).isEqualTo(Elementwise.abs(x));
    assertThat(vectorNorm(x, 4, new int[0], true).shape()).isEqualTo(x.shape());
    assertThat(vectorNorm(x, 3, 0, 1).rank()).isZero();
  }

  @Test
  void edges() {
    for (double order : new double[] {0.5, 1, 2, 3, INF}) {
      assertThat(vectorNorm(zeros(0), order)).isEqualTo(scalar(0));
      assertThat(vectorNorm(zeros(2, 0), order, 1)).isEqualTo(zeros(2));
      assertThat(vectorNorm(zeros(3), order)).isEqualTo(scalar(0));
      assertThat(vectorNorm(tensor(1, Double.NaN), order)).isEqualTo(scalar(Double.NaN));
      assertThat(vectorNorm(tensor(1, -INF), order)).isEqualTo(scalar(INF));
    }
    double root = StrictMath.cbrt(2);
    assertThat(vectorNorm(tensor(1e200, -1e200), 3).toDouble() / 1e200)
        .isCloseTo(root, within(1e-15));
    assertThat(vectorNorm(tensor(1e-200, 1e-200), 3).toDouble() / 1e-200)
        .isCloseTo(root, within(1e-15));
  }

  @Test
  void refusals() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vectorNorm(tensor(1), 0))
        .withMessage("vectorNorm: the order 0.0 is not positive");
    assertThatIllegalArgumentException().isThrownBy(() -> vectorNorm(tensor(1), Double.NaN));
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> vectorNorm(ints(1), 1))
        .withMessage("vectorNorm: needs a floating dtype, got i32[1]");
  }
}
