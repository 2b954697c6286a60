package dini.core;

import static dini.core.Searching.argmax;
import static dini.core.Searching.argmin;
import static dini.core.Tensors.bools;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.full;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.nested;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class SearchingTest {
  private static final double NAN = Double.NaN;

  @Test
  void theFirstOfEqualOnesAndTheFirstNan() {
    assertThat(argmax(tensor(3, 1, 3, 1)).toLong()).isZero();
    assertThat(argmin(tensor(3, 1, 3, 1)).toLong()).isEqualTo(1);
    assertThat(argmax(tensor(1, NAN, 7, NAN)).toLong()).isEqualTo(1);
    assertThat(argmin(tensor(1, 2, NAN, -7)).toLong()).isEqualTo(2);
    assertThat(argmax(tensor(-0.0, 0)).toLong()).isZero();
    assertThat(argmin(tensor(0, -0.0)).toLong()).isZero();
    assertThat(argmax(tensor(Double.NEGATIVE_INFINITY)).toLong()).isZero();
    assertThat(argmax(scalar(4))).isEqualTo(full(0, DType.INT64));
  }

  @Test
  void alongTheAxisOfRowsAsAlongThatOfColumns() {
    Tensor x = tensor(new double[][] {{1, NAN, 5}, {1, 2, NAN}, {0, NAN, 7}});
    assertThat(argmax(x, 0)).isEqualTo(longs(0, 0, 1));
    assertThat(argmax(x.transpose(), 1)).isEqualTo(longs(0, 0, 1));
    assertThat(argmin(x, 0)).isEqualTo(longs(2, 0, 1));
    assertThat(argmin(x, -1, true)).isEqualTo(nested(new long[][] {{1}, {2}, {1}}));
  }

  @Test
  void everyDtype() {
    assertThat(argmax(floats(1, 3, 2)).toLong()).isEqualTo(1);
    assertThat(argmax(longs(Long.MAX_VALUE - 1, Long.MAX_VALUE)).toLong()).isEqualTo(1);
    assertThat(argmin(longs(5, Long.MIN_VALUE), 0).toLong()).isEqualTo(1);
    assertThat(argmax(bools(false, true, true)).toLong()).isEqualTo(1);
    assertThat(argmin(nested(new int[][] {{4, 1}, {3, 1}}), 0)).isEqualTo(longs(1, 0));
  }

  @Test
  void nothingHasNoPosition() {
    assertThat(argmax(zeros(0, 3), 1)).isEqualTo(longs());
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> argmax(zeros(0)))
        .withMessage("argmax: axis 0 of f64[0] is empty");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> argmin(zeros(2, 0), -1))
        .withMessage("argmin: axis 1 of f64[2,0] is empty");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> argmin(zeros(2), 1))
        .withMessage("argmin: axis 1 of a tensor of shape (2,) does not exist");
  }
}
