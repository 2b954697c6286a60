package dini.core;

import static dini.core.Tensors.ints;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Integers, refused dtypes and replaced elements; values are the catalogue's. */
class ElementwiseTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void integersDivideDownwards() {
    assertThat(Elementwise.floorDiv(ints(7, -7, 7, -7), ints(2, 2, -2, -2)))
        .isEqualTo(ints(3, -4, -4, 3));
    assertThat(Elementwise.mod(longs(7, -7, 7, -7), longs(2, 2, -2, -2)))
        .isEqualTo(longs(1, 1, -1, -1));
    assertThat(Elementwise.mod(ints(-1, 5), 3)).isEqualTo(ints(2, 2));
    assertThat(Elementwise.floorDiv(longs(Long.MIN_VALUE), -1)).isEqualTo(longs(Long.MIN_VALUE));
    assertThat(Elementwise.mod(ints(Integer.MIN_VALUE), -1)).isEqualTo(ints(0));
  }

  @Test
  void integersHaveNoQuotientByZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Elementwise.mod(ints(1, 2), ints(3, 0)))
        .withMessage("mod: the divisor of an integer is 0; convert with astype");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Elementwise.floorDiv(longs(1, 2), 0))
        .withMessageContaining("floorDiv: the divisor of an integer is 0");
    Tensor none = zeros(0).astype(DType.INT64);
    assertThat(Elementwise.mod(none, 0).size()).isZero();
  }

  @Test
  void integersHavePowers() {
    assertThat(Elementwise.pow(ints(-3, 0, 2), ints(3, 0, 31)))
        .isEqualTo(ints(-27, 1, Integer.MIN_VALUE));
    assertThat(Elementwise.pow(longs(3, -1), 39)).isEqualTo(longs(4052555153018976267L, -1));
    assertThat(Elementwise.pow(3, longs(0, 1, 2))).isEqualTo(longs(1, 3, 9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Elementwise.pow(longs(2), -1))
        .withMessageContaining("pow: the exponent of an integer is negative: -1");
  }

  @Test
  void functionsOfRealNumbersRefuseIntegers() {
    List<UnaryOperator<Tensor>> functions =
        List.of(
            Trigonometric::tan,
            Powers::log2,
            Special::erf,
            Special::digamma,
            Activations::gelu,
            Activations::logSigmoid,
            x -> Special.polygamma(1, x),
            x -> Special.logAddExp(x, x),
            x -> Trigonometric.hypot(x, x),
            x -> Elementwise.copySign(x, x));
    for (UnaryOperator<Tensor> f : functions) {
      assertThatThrownBy(() -> f.apply(ints(1)))
          .isInstanceOf(DTypeException.class)
          .hasMessageContainingAll("needs a floating dtype", "i32[1]", "astype");
    }
  }

  @Test
  void logicIsOfTruths() {
    assertThatThrownBy(() -> Comparisons.logicalAnd(tensor(1), tensor(1).gt(0)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("logicalAnd: needs BOOL, got f64[1] and bool[1]");
    assertThatThrownBy(() -> Comparisons.logicalNot(ints(1)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("logicalNot: needs BOOL, got i32[1]");
  }

  @Test
  void infinitiesBecomeTheLargestNumbers() {
    Tensor x = tensor(NAN, INF, -INF, -0.0);
    assertThat(Comparisons.nanToNum(x))
        .isEqualTo(tensor(0, Double.MAX_VALUE, -Double.MAX_VALUE, -0.0));
    assertThat(Comparisons.nanToNum(x.astype(DType.FLOAT32)))
        .isEqualTo(tensor(0, Float.MAX_VALUE, -Float.MAX_VALUE, -0.0).astype(DType.FLOAT32));
    assertThat(Comparisons.nanToNum(ints(1))).isEqualTo(ints(1));
  }

  @Test
  void kindsOfNumbersAreTold() {
    Tensor x = tensor(NAN, INF, -INF, Double.MAX_VALUE, 4.9e-324);
    assertThat(Comparisons.isNan(x).toArray()).containsExactly(1, 0, 0, 0, 0);
    assertThat(Comparisons.isInf(x).toArray()).containsExactly(0, 1, 1, 0, 0);
    assertThat(Comparisons.isFinite(x).toArray()).containsExactly(0, 0, 0, 1, 1);
    assertThat(Comparisons.isInf(scalar(1).gt(0)).toArray()).containsExactly(0);
  }
}
