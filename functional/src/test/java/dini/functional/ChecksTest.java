package dini.functional;

import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.stopGradient;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Checks.checkGrads;
import static dini.functional.ControlFlow.whileLoop;
import static dini.functional.CustomDerivatives.customVjp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Tensor;
import dini.functional.Checks.Mode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Right derivatives pass, wrong ones are found, at the order and in the modes where they are. */
class ChecksTest {
  private static final Tensor X = tensor(0.3, -1.2, 2.5);

  @Test
  void rightDerivativesPassToThirdOrder() {
    checkGrads(x -> tanh(x).mul(x), X, 3);
    checkGrads(
        (Map<String, Tensor> m) ->
            List.of(matmul(m.get("w"), m.get("x")), m.get("n"), sum(sin(m.get("x")))),
        Map.of("w", tensor(new double[][] {{1, 2, 3}, {4, 5, 6}}), "x", X, "n", ints(3)),
        2);
    checkGrads(x -> tanh(x).mul(x), X.astype(DType.FLOAT32), 2);
  }

  @Test
  void wrongFirstDerivativesAreFoundInBothModes() {
    Function<Tensor, Tensor> half = x -> x.mul(stopGradient(x));
    for (Mode mode : Mode.values()) {
      assertThatThrownBy(() -> checkGrads(CheckOptions.standard().withSeed(5), half, X, 1, mode))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("checkGrads: order 1 by " + mode.name().toLowerCase())
          .hasMessageMatching(".*expected -?[0-9.]+, got -?[0-9.]+, allowed difference.*")
          .hasMessageEndingWith("directions of seed 5");
    }
  }

  /** The derivative is right, and its derivative is lost. */
  private static final Function<Tensor, Tensor> FIRST_ORDER_ONLY =
      customVjp(x -> sin(x), x -> new WithAux<>(sin(x), x), (x, ct) -> ct.mul(frozenCosine(x)));

  private static Tensor frozenCosine(Tensor x) {
    return stopGradient(sin(x.add(StrictMath.PI / 2)));
  }

  @Test
  void wrongSecondDerivativesAreFoundAtSecondOrder() {
    checkGrads(FIRST_ORDER_ONLY, X, 1);
    assertThatThrownBy(() -> checkGrads(FIRST_ORDER_ONLY, X, 2))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("order 2 by forward over forward");
    assertThatThrownBy(
            () -> checkGrads(CheckOptions.standard(), FIRST_ORDER_ONLY, X, 2, Mode.REVERSE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("order 2 by reverse over reverse");
  }

  @Test
  void modesNeedNoOptions() {
    // a loop of unknown length has forward mode only
    Function<Tensor, Tensor> grown = x -> whileLoop(x, c -> sum(c).lt(50), c -> c.mul(c).add(1));
    checkGrads(grown, X, 2, Mode.FORWARD);
    assertThatThrownBy(() -> checkGrads(grown, X, 1, Mode.FORWARD, Mode.REVERSE))
        .isNotInstanceOf(AssertionError.class)
        .hasMessageContaining("whileLoop");
    assertThatThrownBy(() -> checkGrads(FIRST_ORDER_ONLY, X, 2, Mode.REVERSE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("order 2 by reverse over reverse");
  }

  @Test
  void toleranceAndStepAreWhatTheyAreSetTo() {
    Function<Tensor, Tensor> f = x -> sin(x.mul(3));
    CheckOptions tight = CheckOptions.standard().withTolerance(1e-16).withStep(0.1);
    assertThatThrownBy(() -> checkGrads(tight, f, X, 1)).isInstanceOf(AssertionError.class);
    assertThatCode(() -> checkGrads(tight.withTolerance(0.1), f, X, 1)).doesNotThrowAnyException();
    // at a kink the differences see both sides
    assertThatThrownBy(() -> checkGrads(x -> abs(x.add(x.mul(x))), scalar(0), 1))
        .isInstanceOf(AssertionError.class);
    assertThat(CheckOptions.standard().seed()).isZero();
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThatThrownBy(() -> checkGrads(x -> x, X, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("order 0");
    assertThatThrownBy(() -> checkGrads(x -> x, ints(1), 1)).isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> CheckOptions.standard().withTolerance(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CheckOptions.standard().withStep(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
