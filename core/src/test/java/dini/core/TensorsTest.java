package dini.core;

import static dini.core.Tensors.arange;
import static dini.core.Tensors.bools;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.full;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.linspace;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.nested;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dini.core.Indexing.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values at the ends of what a dtype holds, and arguments that are none. */
class TensorsTest {

  @Test
  void literalsBeyondTheDtypeAreRefused() {
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> full(Shape.SCALAR, 0x1p63, DType.INT64))
        .withMessageContaining("is not a value of dtype");
    assertThat(full(Shape.SCALAR, -0x1p63, DType.INT64).toLong()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void linspaceDoesNotOverflow() {
    double max = Double.MAX_VALUE;
    assertThat(linspace(-max, max, 3).toArray()).containsExactly(-max, 0, max);
    assertThat(linspace(-max, max, 1).toArray()).containsExactly(-max);
    assertThat(linspace(1, 2, 3).toArray()).containsExactly(1, 1.5, 2);
    assertThat(linspace(1, 2, 1).toArray()).containsExactly(1);
    assertThat(linspace(1, 2, 0).size()).isZero();
  }

  @Test
  void rangesOfIntegersAreExact() {
    assertThat(arange(3, DType.INT32)).isEqualTo(ints(0, 1, 2));
    assertThat(arange(1, 8, 2, DType.INT64)).isEqualTo(longs(1, 3, 5, 7));
    assertThat(arange(5, 0, -2, DType.INT64)).isEqualTo(longs(5, 3, 1));
    assertThat(arange(5, 5, 1, DType.INT64).size()).isZero();
    assertThat(arange(0, 5, -1, DType.FLOAT32).size()).isZero();
    assertThat(arange(0, 2, 1, DType.FLOAT32)).isEqualTo(floats(0, 1));
    long most = Long.MAX_VALUE;
    assertThat(arange(-most, most, most, DType.INT64)).isEqualTo(longs(-most, 0));
    assertThat(arange(most - 1, most, 5, DType.INT64)).isEqualTo(longs(most - 1));
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> arange(Integer.MAX_VALUE, Integer.MAX_VALUE + 2L, 1, DType.INT32))
        .withMessage("arange: 2147483648 is not a value of dtype INT32");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> arange(2, DType.BOOL))
        .withMessageStartingWith("arange: truth values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> arange(0, most, 1, DType.INT64))
        .withMessageContaining("too many");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> arange(0, 1, 0, DType.INT64))
        .withMessage("arange: from 0 to 1 by 0 never ends");
  }

  @Test
  void onesOnDiagonals() {
    assertThat(eye(2, 3, 1, DType.INT32)).isEqualTo(nested(new int[][] {{0, 1, 0}, {0, 0, 1}}));
    assertThat(eye(3, 2, -1, DType.BOOL))
        .isEqualTo(nested(new boolean[][] {{false, false}, {true, false}, {false, true}}));
    assertThat(eye(2, 2, 5, DType.FLOAT64)).isEqualTo(zeros(2, 2));
    assertThat(eye(2, 2, Integer.MIN_VALUE, DType.FLOAT64)).isEqualTo(zeros(2, 2));
    assertThat(eye(2)).isEqualTo(eye(2, 2, 0, DType.FLOAT64));
    assertThat(ones(new TensorType(Shape.of(2), DType.BOOL))).isEqualTo(bools(true, true));
    assertThat(linspace(0, 1, 3, DType.FLOAT32)).isEqualTo(floats(0, 0.5f, 1));
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> linspace(0, 1, 3, DType.INT32))
        .withMessage("linspace: needs a floating dtype, got INT32");
  }

  @Test
  void longsAreReadExactly() {
    long odd = (1L << 53) + 1;
    assertThat(longs(odd).toLong()).isEqualTo(odd);
    assertThat(ints(-7).toLong()).isEqualTo(-7);
    assertThat(bools(true).toLong()).isEqualTo(1);
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> scalar(1).toLong())
        .withMessage("toLong: expected an integer or BOOL dtype, got f64[]");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> longs(1, 2).toLong())
        .withMessageStartingWith("toLong: expected one element, got ");
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"CLAMP", "WRAP", "THROW"})
  void anEmptyAxisHasNoPosition(Mode mode) {
    assertThatExceptionOfType(IndexException.class)
        .isThrownBy(() -> Indexing.take(zeros(0), ints(0), 0, mode))
        .withMessage("take: index 0 is outside axis 0 of extent 0");
    assertThat(Indexing.take(zeros(0), ints(), 0, mode)).isEqualTo(zeros(0));
  }

  @Test
  void nullArgumentsAreNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> Elementwise.add(null, 1.0))
        .withMessage("add: the tensor beside 1.0 is null");
    assertThatNullPointerException()
        .isThrownBy(() -> Elementwise.mul(scalar(1), (Tensor) null))
        .withMessage("mul: argument 1 is null");
  }
}
