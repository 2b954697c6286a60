package dini.functional.optim;

import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.core.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Holders: their names and defaults, saving and going on, and what they may not do. */
class OptimizerHolderTest {
  private static final double H = 1e-5;

  /** A net with one parameter. */
  public record Net(Tensor a) {}

  /** One more. */
  public record Larger(Tensor a, Tensor b) {}

  private static Tensor inner(Net net, Tensor x) {
    return net.a().mul(x).sub(1).pow(2);
  }

  @Test
  void twoStepsSavedAndTakenAgain() {
    Tensor x = scalar(2);
    MetaAdam<Net> optimizer = new MetaAdam<>(new Net(scalar(1)), 1.0);
    optimizer.step(net -> inner(net, x));
    Net params = optimizer.params();
    ChainState state = optimizer.state();
    optimizer.step(net -> inner(net, x));
    Net once = optimizer.params();
    optimizer.setParams(params);
    optimizer.setState(state);
    optimizer.step(net -> inner(net, x));
    assertThat(optimizer.params()).isEqualTo(once);
    assertThat(once).isNotEqualTo(params);
  }

  @Test
  void derivativesFlowThroughSavedStates() {
    Function<Tensor, Tensor> outer =
        x -> {
          MetaOptimizer<Net> optimizer = new MetaAdam<>(new Net(scalar(1)), 0.1);
          optimizer.step(net -> inner(net, x));
          Net params = optimizer.params();
          ChainState state = optimizer.state();
          optimizer.step(net -> inner(net, x.mul(100)));
          optimizer.setParams(params);
          optimizer.setState(state);
          optimizer.step(net -> inner(net, x));
          return optimizer.params().a().pow(2);
        };
    double expected =
        (outer.apply(scalar(2 + H)).toDouble() - outer.apply(scalar(2 - H)).toDouble()) / (2 * H);
    assertThat(expected).isNotZero();
    assertNear(1e-7, grad(outer, scalar(2)), expected);
    assertNear(1e-7, jvp(outer, scalar(2), scalar(1)).tangent(), expected);
  }

  private static final List<BiFunction<Tensor, Double, OptimizerHolder<Tensor>>> META =
      List.of(
          MetaSgd::new,
          MetaAdam::new,
          MetaAdamW::new,
          MetaAdaGrad::new,
          MetaRmsProp::new,
          MetaAdaDelta::new,
          MetaAdaMax::new,
          MetaRAdam::new);

  private static final List<BiFunction<Tensor, Double, OptimizerHolder<Tensor>>> PLAIN =
      List.of(
          Sgd::new,
          Adam::new,
          AdamW::new,
          AdaGrad::new,
          RmsProp::new,
          AdaDelta::new,
          AdaMax::new,
          RAdam::new);

  private static Tensor afterThree(OptimizerHolder<Tensor> holder, Tensor x) {
    for (int k = 0; k < 3; k++) {
      holder.step(p -> p.mul(x).sub(1).pow(2).sum());
    }
    return holder.params().pow(2).sum();
  }

  @Test
  void plainOptimizersMoveLikeMetaOptimizersWithoutDerivatives() {
    Tensor start = tensor(1, -2);
    Tensor x = scalar(2);
    for (int i = 0; i < META.size(); i++) {
      var meta = META.get(i);
      var plain = PLAIN.get(i);
      Tensor moved = afterThree(meta.apply(start, 0.1), x);
      assertThat(moved).isNotEqualTo(start.pow(2).sum());
      assertThat(afterThree(plain.apply(start, 0.1), x)).isEqualTo(moved);
      double expected =
          (afterThree(meta.apply(start, 0.1), scalar(2 + H)).toDouble()
                  - afterThree(meta.apply(start, 0.1), scalar(2 - H)).toDouble())
              / (2 * H);
      assertNear(1e-6, grad(t -> afterThree(meta.apply(start, 0.1), t), x), expected);
      assertNear(grad(t -> afterThree(plain.apply(start, 0.1), t), x), 0);
      Tensor tangent =
          jvp((Tensor t) -> afterThree(plain.apply(t, 0.1), x), start, tensor(1, 1)).tangent();
      assertNear(tangent, 0);
    }
  }

  @Test
  void aPlainOptimizerOutlivesATransformation() {
    PlainOptimizer<Tensor> adam = new Adam<>(tensor(1, -2), 0.1);
    Tensor gradient = grad(x -> afterThree(adam, x).add(x), scalar(2));
    assertNear(gradient, 1);
    assertThat(adam.params().sum().toDouble()).isFinite();
    adam.step(p -> p.pow(2).sum());
    assertThat(Trees.treeLeaves(adam.state())).allSatisfy(leaf -> leaf.toArray());
  }

  @Test
  void aMetaOptimizerUsedAfterItsTransformationIsALeakedTracer() {
    List<MetaOptimizer<Tensor>> leaked = new ArrayList<>();
    grad(
        x -> {
          MetaOptimizer<Tensor> adam = new MetaAdam<>(tensor(1, -2), 0.1);
          leaked.add(adam);
          return afterThree(adam, x);
        },
        scalar(2));
    MetaOptimizer<Tensor> adam = leaked.getFirst();
    assertThatExceptionOfType(TracerException.class)
        .isThrownBy(() -> adam.step(p -> p.pow(2).sum()))
        .withMessageContaining("ended");
    assertThatExceptionOfType(TracerException.class)
        .isThrownBy(() -> adam.params().toArray())
        .withMessageContaining("ended");
    MetaOptimizer<Tensor> fresh = new MetaAdam<>(tensor(1, -2), 0.1);
    adam.setParams(fresh.params());
    adam.setState(fresh.state());
    adam.step(p -> p.pow(2).sum());
    fresh.step(p -> p.pow(2).sum());
    assertThat(adam.params()).isEqualTo(fresh.params());
  }

  @Test
  void theStateOfOthersIsRefusedBeforeAnythingChanges() {
    MetaAdam<Net> adam = new MetaAdam<>(new Net(scalar(1)), 0.1);
    ChainState own = adam.state();
    MetaSgd<Net> sgd =
        new MetaSgd<>(new Net(scalar(1)), rule -> rule.withLr(0.1).withMomentum(0.9));
    MetaAdam<Larger> larger = new MetaAdam<>(new Larger(scalar(1), scalar(2)), 0.1);
    MetaAdam<Net> longer = new MetaAdam<>(new Net(tensor(1, 2)), 0.1);
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> adam.setState(sgd.state()))
        .withMessageStartingWith("setState: chainState.states[0].leaves[\"a\"]");
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> adam.setState(larger.state()))
        .withMessageContaining("a map with keys");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> adam.setState(longer.state()))
        .withMessage("setState: states[0].leaves[\"a\"].mu: expected f64[], got f64[2]");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> adam.setParams(longer.params()))
        .withMessage("setParams: a: expected f64[], got f64[2]");
    assertThat(adam.state()).isEqualTo(own);
    assertThat(adam.params()).isEqualTo(new Net(scalar(1)));
  }

  @Test
  void aStepGivesTheLossBeforeIt() {
    assertThat(new Sgd<>(scalar(3), 0.1).step(p -> p.pow(2))).isEqualTo(scalar(9));
  }

  @Test
  void anyTransformationMayBeHeld() {
    MetaOptimizer<Tensor> optimizer =
        new MetaOptimizer<>(scalar(3), Transformations.scaleByLearningRate(0.5));
    optimizer.step(p -> p.pow(2));
    assertNear(optimizer.params(), 0);
    assertThat(optimizer.state().states()).hasSize(1);
  }

  @Test
  void stateIsNamedByLeaves() {
    MetaAdam<Larger> adam = new MetaAdam<>(new Larger(scalar(1), scalar(2)), 0.1);
    assertThat(Trees.treeNamed(adam.state()).keySet())
        .containsExactly(
            "states[0].leaves[\"a\"].count",
            "states[0].leaves[\"a\"].mu",
            "states[0].leaves[\"a\"].nu",
            "states[0].leaves[\"b\"].count",
            "states[0].leaves[\"b\"].mu",
            "states[0].leaves[\"b\"].nu");
  }

  @Test
  void defaultsAreThoseOfTheClassesOfTorch() {
    Map<Rule<?>, Double> rates =
        Map.of(
            Preset.TORCH.adam(), 1e-3,
            Preset.TORCH.adagrad(), 1e-2,
            Preset.TORCH.rmsprop(), 1e-2,
            Preset.TORCH.adadelta(), 1.0,
            Preset.TORCH.adamax(), 2e-3);
    rates.forEach((rule, lr) -> assertThat(rule.descent().lr()).isEqualTo(Hyperparameter.of(lr)));
    assertThat(Preset.TORCHOPT.adadelta().descent().lr()).isEqualTo(Hyperparameter.of(1e-3));
    assertThat(Preset.TORCH.adamax().eps()).isEqualTo(Hyperparameter.of(1e-8));
    assertThat(Preset.TORCHOPT.adamax().eps()).isEqualTo(Hyperparameter.of(1e-6));
    assertThat(Preset.TORCH.radam().eps()).isEqualTo(Hyperparameter.of(1e-8));
    assertThat(Preset.TORCHOPT.radam().eps()).isEqualTo(Hyperparameter.of(1e-6));
    Tensor start = tensor(1, -2);
    assertThat(afterThree(new AdaMax<>(start), scalar(2)))
        .isEqualTo(afterThree(new AdaMax<>(start, 2e-3), scalar(2)));
  }

  @Test
  void holdersMayBeMapped() {
    Tensor starts = tensor(new double[][] {{1, -2}, {3, 0.5}, {-1, 4}});
    Function<Tensor, Tensor> run =
        start -> {
          MetaOptimizer<Tensor> adam = new MetaAdam<>(start, 0.1);
          afterThree(adam, scalar(2));
          return adam.params();
        };
    Tensor mapped = vmap(run, starts);
    for (int i = 0; i < 3; i++) {
      assertThat(mapped.get(i)).isEqualTo(run.apply(starts.get(i)));
    }
  }
}
