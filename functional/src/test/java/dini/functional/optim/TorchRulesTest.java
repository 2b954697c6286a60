package dini.functional.optim;

import static dini.core.Elementwise.square;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.functional.optim.Optimizers.amsgrad;
import static dini.functional.optim.Optimizers.nadam;
import static dini.functional.optim.Optimizers.rprop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dini.core.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** NAdam, AMSGrad and Rprop beyond their golden steps: derivatives, and what they refuse. */
class TorchRulesTest {
  private static final Tensor START = tensor(1, -0.3);

  /** Parameters after four steps, in which the gradients shrink by half and change their sign. */
  private static Tensor fitted(Optimizer<ChainState> optimizer, Tensor target) {
    MetaOptimizer<Tensor> optim = new MetaOptimizer<>(START, optimizer);
    for (double pull : new double[] {1, 0.5, -0.25, 0.5}) {
      optim.step(x -> square(x.sub(target)).mul(pull).sum());
    }
    return square(optim.params()).sum();
  }

  /** Learning rate, or another number, or a target of the losses, to the loss after the steps. */
  static Stream<Function<Tensor, Tensor>> functions() {
    Tensor two = scalar(2);
    return Stream.of(
        lr -> fitted(nadam(lr.mul(0.05)), two),
        b1 -> fitted(nadam(0.05).withB1(Hyperparameter.of(b1.mul(0.7))), two),
        b2 -> fitted(nadam(0.05).withB2(Hyperparameter.of(b2.mul(0.8))), two),
        eps -> fitted(nadam(0.05).withEps(Hyperparameter.of(eps.mul(0.1))), two),
        psi -> fitted(nadam(0.05).withMomentumDecay(Hyperparameter.of(psi.mul(0.5))), two),
        target -> fitted(nadam(0.05), target.mul(2)),
        lr -> fitted(amsgrad(lr.mul(0.05)), two),
        b2 -> fitted(amsgrad(0.05).withB2(Hyperparameter.of(b2.mul(0.8))), two),
        eps -> fitted(amsgrad(0.05).withEps(Hyperparameter.of(eps.mul(0.1))), two),
        target -> fitted(amsgrad(0.05).withBetas(0.9, 0.5), target.mul(2)),
        lr -> fitted(rprop(lr.mul(0.05)), two),
        shrink -> fitted(rprop(0.05).withShrink(Hyperparameter.of(shrink.mul(0.4))), two),
        grow -> fitted(rprop(0.05).withGrow(Hyperparameter.of(grow.mul(1.3))), two),
        most -> fitted(rprop(0.05).withLargest(Hyperparameter.of(most.mul(0.055))), two));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void derivativesAreThoseOfDifferences(Function<Tensor, Tensor> f) {
    Tensor one = scalar(1);
    double h = 0x1p-10;
    // truncation about h^4, rounding 1e-16 / h
    double exact =
        (8 * (at(f, 1 + h) - at(f, 1 - h)) - (at(f, 1 + 2 * h) - at(f, 1 - 2 * h))) / (12 * h);
    assertThat(Math.abs(exact)).isGreaterThan(1e-5);
    double derivative = grad(f::apply, one).toDouble();
    assertThat(derivative).isCloseTo(exact, within(1e-9));
    assertThat(jvp(f::apply, one, one).tangent().toDouble()).isCloseTo(exact, within(1e-9));
    UnaryOperator<Tensor> slope = x -> grad(f::apply, x);
    assertThat(vmap(slope, tensor(1, 0.9)).item(0)).isCloseTo(derivative, within(1e-14));
    double bent = (at(slope, 1 + h) - at(slope, 1 - h)) / (2 * h);
    assertThat(grad(slope, one).toDouble()).isCloseTo(bent, within(1e-4));
  }

  private static double at(Function<Tensor, Tensor> f, double x) {
    return f.apply(scalar(x)).toDouble();
  }

  @Test
  void rpropSeesSignsOnly() {
    assertNear(grad(target -> fitted(rprop(0.05), target), scalar(2)), 0);
    // products of these gradients are 0 in FLOAT64
    FuncOptimizer optim = new FuncOptimizer(rprop(1));
    Tensor x = optim.apply(scalar(1e-200), scalar(0));
    assertNear(optim.apply(scalar(1e-200), x), -1 - 1.2);
  }

  @Test
  void aVanishingGradientHasFiniteDerivatives() {
    for (Optimizer<ChainState> optimizer : List.of(nadam(0.05).chain(), amsgrad(0.05).chain())) {
      Tensor slope =
          grad(
              y -> {
                FuncOptimizer optim = new FuncOptimizer(optimizer);
                return optim.step(x -> x.mul(y), scalar(3));
              },
              scalar(0));
      assertThat(slope.toDouble()).isFinite().isNegative();
    }
  }

  @Test
  void aRateForEachElementFitsTheStateBeforeAndAfter() {
    NAdamRule rule = nadam(0.1).withB1(Hyperparameter.of(tensor(0.5, 0.9)));
    MetaOptimizer<Tensor> optim = new MetaOptimizer<>(START, rule);
    optim.step(x -> square(x).sum());
    ChainState state = optim.state();
    optim.step(x -> square(x).sum());
    optim.setState(state);
    assertThat(optim.state()).isEqualTo(state);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> rprop(Schedules.cosine(0.1, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rprop: lr is the size of the first step only");
    assertThatThrownBy(() -> nadam(0.1).withMomentumDecay(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nadam: momentumDecay");
    assertThatThrownBy(Preset.OPTAX::nadam)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("adam().withNesterov(true)");
  }
}
