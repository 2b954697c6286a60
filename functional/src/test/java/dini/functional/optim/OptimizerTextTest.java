package dini.functional.optim;

import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.functional.optim.Transformations.chain;
import static dini.functional.optim.Transformations.clip;
import static dini.functional.optim.Transformations.hook;
import static dini.functional.optim.Transformations.masked;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What optimizers print. */
class OptimizerTextTest {

  @Test
  void rulesPrintTheirHyperparameters() {
    assertThat(Optimizers.sgd(scalar(0.5)).withMomentum(Schedules.linear(0.5, 0.9, 10)))
        .hasToString(
            "SgdRule[descent=Descent[lr=0.5, weightDecay=0.0, decayMask=all leaves,"
                + " maximize=false], momentum=linear(0.5 -> 0.9, 10 steps), dampening=0.0,"
                + " nesterov=false]");
    assertThat(Optimizers.adam(ones(2)).descent().withDecayMask(Set.of("b", "a")::contains))
        .hasToString(
            "Descent[lr=a tensor f64[2], weightDecay=0.0, decayMask=a predicate, maximize=false]");
    Schedule own = count -> scalar(1);
    assertThat(Optimizers.sgd(own).descent().toString()).startsWith("Descent[lr=a schedule, ");
  }

  @Test
  void holdersPrintTheirRule() {
    assertThat(new Sgd<>(scalar(1), 0.5).toString())
        .startsWith("Sgd[SgdRule[descent=Descent[lr=0.5, ");
    assertThat(new MetaSgd<>(scalar(1), 0.5).copy().toString())
        .startsWith("MetaOptimizer[SgdRule[descent=Descent[lr=0.5, ");
    assertThat(new FuncOptimizer(clip(1))).hasToString("FuncOptimizer[clip(1.0)]");
  }

  @Test
  void chainsPrintTheirLinks() {
    assertThat(
            chain(
                hook(g -> g),
                masked(clip(2), LeafNames.of("w", "b")),
                Transformations.trace(0.9),
                Transformations.addDecayedWeights(0.1),
                Transformations.scaleByLearningRate(0.5)))
        .hasToString(
            "chain[hook, masked(clip(2.0), [b, w]), Momentum[momentum=0.9, dampening=0.0,"
                + " nesterov=false], addDecayedWeights(0.1), scaleByLearningRate(0.5)]");
  }

  @Test
  void schedulesPrintTheirValues() {
    assertThat(Schedules.constant(1)).hasToString("constant(1.0)");
    assertThat(Schedules.linear(1, 0.1, 10)).hasToString("linear(1.0 -> 0.1, 10 steps)");
    assertThat(Schedules.linear(Hyperparameter.of(1), Hyperparameter.of(0), 10, 5))
        .hasToString("linear(1.0 -> 0.0, 10 steps, from count 5)");
    assertThat(Schedules.polynomial(1, 0.1, 2, 10))
        .hasToString("polynomial(1.0 -> 0.1, 10 steps, power 2.0)");
    assertThat(Schedules.cosine(0.1, 100))
        .hasToString("cosine(0.1, 100 steps, floor 0.0, exponent 1.0)");
    assertThat(Schedules.exponential(1, 0.5, 3).toString())
        .startsWith("Exponential[from=1.0, rate=0.5, steps=3, ");
    assertThat(Schedules.piecewiseConstant(1, Map.of(3, 0.1)))
        .hasToString("piecewiseConstant(1.0, {3=0.1})");
    assertThat(Schedules.join(List.of(Schedules.constant(1), Schedules.constant(2)), 5))
        .hasToString("join([constant(1.0), constant(2.0)] at [5])");
    assertThat(Hyperparameter.named(Map.of("w", Schedules.constant(1), "b", Hyperparameter.of(2))))
        .hasToString("{b=2.0, w=constant(1.0)}");
  }
}
