package dini.core;

import static dini.core.DynamicSlices.dynamicSlice;
import static dini.core.DynamicSlices.dynamicSliceInDim;
import static dini.core.DynamicSlices.dynamicUpdateSlice;
import static dini.core.DynamicSlices.dynamicUpdateSliceInDim;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.full;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class DynamicSlicesTest {
  private static final Tensor X = tensor(0, 1, 2, 3, 4);

  private static Tensor index(int value) {
    return full(value, DType.INT32);
  }

  @Test
  void windows() {
    assertThat(dynamicSlice(X, longs(2), 3)).isEqualTo(tensor(2, 3, 4));
    assertThat(dynamicSlice(X, ints(-2), 2)).isEqualTo(tensor(3, 4));
    assertThat(dynamicSlice(X, List.of(index(5)), 0)).isEqualTo(zeros(0));
    assertThat(dynamicSlice(scalar(7), List.of())).isEqualTo(scalar(7));
    assertThat(dynamicSliceInDim(X, index(1), 2, -1)).isEqualTo(tensor(1, 2));
    Tensor matrix = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(dynamicSlice(matrix, List.of(index(1), index(-2)), 1, 2))
        .isEqualTo(tensor(new double[][] {{5, 6}}));
    assertThat(dynamicSlice(matrix, longs(0, 1), 2, 1))
        .isEqualTo(tensor(new double[][] {{2}, {5}}));
  }

  @Test
  void updates() {
    assertThat(dynamicUpdateSlice(X, tensor(-1, -2), longs(3))).isEqualTo(tensor(0, 1, 2, -1, -2));
    assertThat(dynamicUpdateSlice(X, X, List.of(index(0)))).isEqualTo(X);
    assertThat(dynamicUpdateSliceInDim(zeros(2, 2), tensor(new double[][] {{1}, {2}}), index(1), 1))
        .isEqualTo(tensor(new double[][] {{0, 1}, {0, 2}}));
    assertThat(X).isEqualTo(tensor(0, 1, 2, 3, 4));
  }

  /** JAX moves such a window back; here it is an error. */
  @Test
  void aWindowOutsideIsRefused() {
    assertThatExceptionOfType(IndexException.class)
        .isThrownBy(() -> dynamicSlice(X, longs(3), 3))
        .withMessage("dynamicSlice: start 3 of a window of size 3 is outside axis 0 of extent 5");
    assertThatExceptionOfType(IndexException.class)
        .isThrownBy(() -> dynamicSlice(X, longs(-6), 1))
        .withMessageContaining("start -6");
    assertThatExceptionOfType(IndexException.class)
        .isThrownBy(() -> dynamicSlice(X, longs(Long.MAX_VALUE), 1))
        .withMessageContaining("start 9223372036854775807");
    assertThatExceptionOfType(IndexException.class)
        .isThrownBy(() -> dynamicUpdateSlice(X, tensor(1, 2), longs(-1)))
        .withMessage(
            "dynamicUpdateSlice: start -1 of a window of size 2 is outside axis 0 of extent 5");
  }

  @Test
  void refusals() {
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> dynamicSlice(X, longs(0), 6))
        .withMessage("dynamicSlice: size 6 of axis 0 of f64[5], which has extent 5");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> dynamicSlice(X, longs(0), 1, 1))
        .withMessageContaining("one start and one size for each axis of f64[5]");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> dynamicSlice(X, longs(0, 0), 1))
        .withMessageContaining("starts for the 1 axes of f64[5]");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> dynamicSlice(X, tensor(0), 1))
        .withMessage("dynamicSlice: expected integer starts, got f64[1]");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> dynamicSlice(X, List.of(longs(0)), 1))
        .withMessageContaining("a scalar as start, got i64[1]");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> dynamicSliceInDim(X, scalar(0), 1, 0))
        .withMessage("dynamicSliceInDim: expected integer starts, got f64[]");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> dynamicUpdateSlice(X, floats(1), longs(0)))
        .withMessageContaining("dtypes FLOAT64 and FLOAT32 differ");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> dynamicUpdateSlice(X, zeros(1, 1), longs(0)))
        .withMessageContaining("an update f64[1,1] of f64[5]");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> dynamicUpdateSlice(X, zeros(6), longs(0)))
        .withMessageContaining("size 6");
  }
}
