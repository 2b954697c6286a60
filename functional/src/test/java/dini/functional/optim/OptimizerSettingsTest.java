package dini.functional.optim;

import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.vmap;
import static dini.functional.optim.Transformations.chain;
import static dini.functional.optim.Transformations.masked;
import static dini.functional.optim.Transformations.scale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dini.core.Tensor;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Hyperparameters as they are written: tensors, numbers, defaults, names of leaves. */
class OptimizerSettingsTest {
  /** Central differences at h = 1e-5 of functions of size 1: h^2 = 1e-10 and rounding 1e-11. */
  private static final double DIFFERENCE = 1e-8;

  /** A tree with a part that has leaves. */
  public record Params(Tensor w, List<Tensor> layers) {}

  /** A rule given a hyperparameter in its three forms. */
  private record Form(
      String name,
      double at,
      Function<Tensor, Optimizer<ChainState>> tensor,
      Function<Double, Optimizer<ChainState>> number) {}

  private static Tensor descend(Optimizer<ChainState> optimizer) {
    MetaOptimizer<Tensor> holder = new MetaOptimizer<>(tensor(1, -2), optimizer);
    for (int k = 0; k < 4; k++) {
      holder.step(x -> x.pow(4).mul(0.1).add(x).sum());
    }
    return holder.params().mul(tensor(1, 3)).sum();
  }

  @TestFactory
  List<DynamicTest> everyHyperparameterMayBeATensorWithADerivative() {
    SgdRule sgd = Optimizers.sgd(0.1).withMomentum(0.5);
    AdamRule adam = Optimizers.adamw(0.1);
    RmsPropRule rms = Optimizers.rmsprop(0.1);
    AdaGradRule grad = Optimizers.adagrad(0.1);
    AdaDeltaRule delta = Optimizers.adadelta(0.1);
    AdaMaxRule max = Optimizers.adamax(0.1);
    RAdamRule radam = Optimizers.radam(0.1);
    List<Form> forms =
        List.of(
            new Form("momentum", 0.9, sgd::withMomentum, sgd::withMomentum),
            new Form("dampening", 0.2, sgd::withDampening, sgd::withDampening),
            new Form("decay", 0.3, adam::withWeightDecay, adam::withWeightDecay),
            new Form("b1", 0.5, adam::withB1, adam::withB1),
            new Form("b2", 0.7, adam::withB2, adam::withB2),
            new Form("eps", 0.2, adam::withEps, adam::withEps),
            new Form("epsRoot", 0.2, adam::withEpsRoot, adam::withEpsRoot),
            new Form("rms decay", 0.7, rms::withDecay, rms::withDecay),
            new Form("rms eps", 0.2, rms::withEps, rms::withEps),
            new Form("rms momentum", 0.4, rms::withMomentum, rms::withMomentum),
            new Form("rms scale", 0.4, rms::withInitialScale, rms::withInitialScale),
            new Form("lrDecay", 0.4, grad::withLrDecay, grad::withLrDecay),
            new Form(
                "accumulator", 0.4, grad::withInitialAccumulator, grad::withInitialAccumulator),
            new Form("grad eps", 0.4, grad::withEps, grad::withEps),
            new Form("rho", 0.4, delta::withRho, delta::withRho),
            new Form("delta eps", 0.4, delta::withEps, delta::withEps),
            new Form("max b1", 0.4, max::withB1, max::withB1),
            new Form("max b2", 0.4, max::withB2, max::withB2),
            new Form("max eps", 0.4, max::withEps, max::withEps),
            new Form("radam b1", 0.4, radam::withB1, radam::withB1),
            new Form("radam b2", 0.999, radam::withB2, radam::withB2),
            new Form("radam eps", 0.4, radam::withEps, radam::withEps),
            new Form("radam epsRoot", 0.4, radam::withEpsRoot, radam::withEpsRoot),
            new Form(
                "betas", 0.4, b -> adam.withBetas(b, b.mul(b)), b -> adam.withBetas(b, b * b)));
    return forms.stream()
        .map(form -> DynamicTest.dynamicTest(form.name, () -> checkForm(form)))
        .toList();
  }

  private static void checkForm(Form form) {
    UnaryOperator<Tensor> run = value -> descend(form.tensor.apply(value));
    double h = 1e-5;
    double at = form.at;
    double above = descend(form.number.apply(at + h)).toDouble();
    double below = descend(form.number.apply(at - h)).toDouble();
    assertNear(DIFFERENCE, grad(run, scalar(at)), (above - below) / (2 * h));
    assertNear(1e-13, run.apply(scalar(at)), descend(form.number.apply(at)).toDouble());
  }

  @Test
  void holdersTakeATensorOrAScheduleForTheLearningRate() {
    Tensor slope =
        grad(
            lr -> {
              MetaSgd<Tensor> sgd = new MetaSgd<>(scalar(3), lr);
              sgd.step(x -> x.mul(x));
              return sgd.params();
            },
            scalar(0.1));
    assertNear(slope, -6);
    Schedule halves = Schedules.exponential(0.5, 0.5, 1);
    MetaSgd<Tensor> meta = new MetaSgd<>(scalar(3), halves);
    Sgd<Tensor> plain = new Sgd<>(scalar(3), halves);
    for (int k = 0; k < 2; k++) {
      meta.step(x -> x);
      plain.step(x -> x);
    }
    assertThat(meta.params()).isEqualTo(scalar(2.25));
    assertThat(plain.params()).isEqualTo(scalar(2.25));
  }

  @Test
  void withoutArgumentsTheDefaultsStand() {
    assertThat(Optimizers.sgd()).isEqualTo(Preset.TORCH.sgd()).isEqualTo(Optimizers.sgd(1e-3));
    assertThat(Optimizers.adam()).isEqualTo(Optimizers.adam(1e-3));
    assertThat(Optimizers.adamw()).isEqualTo(Optimizers.adamw(1e-3));
    assertThat(Optimizers.adagrad()).isEqualTo(Optimizers.adagrad(1e-2));
    assertThat(Optimizers.rmsprop()).isEqualTo(Optimizers.rmsprop(1e-2));
    assertThat(Optimizers.adadelta()).isEqualTo(Optimizers.adadelta(1));
    assertThat(Optimizers.adamax()).isEqualTo(Optimizers.adamax(2e-3));
    assertThat(Optimizers.radam()).isEqualTo(Optimizers.radam(1e-3));
  }

  private static final Params PARAMS = new Params(ones(1), List.of(ones(1), ones(1)));

  private static final Params NONE = new Params(zeros(1), List.of(zeros(1), zeros(1)));

  private static Params decayed(Set<String> names) {
    Sgd<Params> sgd =
        new Sgd<>(PARAMS, rule -> rule.withLr(0.5).withWeightDecay(1).withDecayMask(names));
    sgd.apply(NONE);
    return sgd.params();
  }

  @Test
  void aMaskOfNamesTakesLeavesAndParts() {
    Tensor one = tensor(1.0);
    Tensor half = tensor(0.5);
    assertThat(decayed(Set.of("w"))).isEqualTo(new Params(half, List.of(one, one)));
    assertThat(decayed(Set.of("layers"))).isEqualTo(new Params(one, List.of(half, half)));
    assertThat(decayed(Set.of("w", "layers[1]"))).isEqualTo(new Params(half, List.of(one, half)));
    assertThat(decayed(Set.of())).isEqualTo(PARAMS);
  }

  @Test
  void aNameOfNoLeafIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decayed(Set.of("w", "weights", "layer")))
        .withMessage(
            "mask: no leaf is named, or is within, [layer, weights];"
                + " there are [w, layers[0], layers[1]]");
    Optimizer<ChainState> chain = chain(masked(scale(2), LeafNames.of("b")), Optimizers.sgd(0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chain.init(PARAMS))
        .withMessageContaining("[b]");
  }

  @Test
  void knownNumbersAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.sgd(Double.NaN))
        .withMessage("lr: expected a number, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.sgd(scalar(Double.NaN)))
        .withMessage("lr: expected a number, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.sgd(1).withDampening(Double.NaN))
        .withMessage("sgd: dampening: expected a number, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.adam(1).withB2(scalar(1)))
        .withMessage("adam: b2: expected a number from 0 to below 1, got 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.adam(1).withWeightDecay(scalar(-1)))
        .withMessage("weightDecay: expected a number not below 0, got -1.0");
  }

  @Test
  void standInsAreNotRead() {
    Tensor lanes =
        vmap((Tensor b2) ->
                new FuncOptimizer(Optimizers.adam(0.1).withB2(b2)).apply(scalar(2), scalar(1)))
            .apply(tensor(0.5, 0.9));
    assertNear(1e-8, lanes, 0.9, 0.9);
  }
}
