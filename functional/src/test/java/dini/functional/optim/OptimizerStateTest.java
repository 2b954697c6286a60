package dini.functional.optim;

import static dini.core.Reductions.sum;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dini.core.DTypeException;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TreeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** States, optimizers and parameters that do not belong together, and nulls. */
class OptimizerStateTest {
  private static final Optimizer<ChainState> MOMENTUM = Optimizers.sgd(0.1).withMomentum(0.9);
  private static final Optimizer<ChainState> ADAM = Optimizers.adam(0.1);

  @Test
  void aStateThatBroadcastsToTheParametersIsRefused() {
    FuncOptimizer optimizer = new FuncOptimizer(MOMENTUM);
    optimizer.step(p -> sum(p).mul(7), scalar(1));
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> optimizer.step(p -> sum(p), ones(2)))
        .withMessageContaining("update: the state: ")
        .withMessageContaining("average: expected f64[2], got f64[]");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> ADAM.update(ones(2), ADAM.init(scalar(0)), ones(2)))
        .withMessageContaining("mu: expected f64[2], got f64[]");
  }

  @Test
  void aStateOfOtherShapesOrTypesIsNamed() {
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> ADAM.update(ones(2), ADAM.init(ones(3)), ones(2)))
        .withMessageContaining("update: the state: ")
        .withMessageContaining("mu: expected f64[2], got f64[3]");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> MOMENTUM.update(ones(1), MOMENTUM.init(ones(2)), ones(1)))
        .withMessageContaining("average: expected f64[1], got f64[2]");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> ADAM.update(ones(1), ADAM.init(floats(1)), ones(1)))
        .withMessageContaining("mu: expected f64[1], got f32[1]");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> ADAM.update(floats(1), ADAM.init(ones(1)), floats(1)))
        .withMessageContaining("mu: expected f32[1], got f64[1]");
  }

  @Test
  void aStateOfAnotherOptimizerIsNamed() {
    ChainState other = MOMENTUM.init(ones(2));
    assertThat(other.states()).hasSameSizeAs(ADAM.init(ones(2)).states());
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> ADAM.update(ones(2), other, ones(2)))
        .withMessageContaining("update: the state: ")
        .withMessageContaining("Moments")
        .withMessageContaining("Average");
    Optimizer<ChainState> hooked = Transformations.chain(Transformations.hook(g -> g));
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(
            () -> hooked.update(ones(2), new ChainState(List.of(other.states().get(0))), ones(2)))
        .withMessageContaining("Stateless")
        .withMessageContaining("LeafStates");
    Optimizer<ChainState> scheduled = Optimizers.sgd(Schedules.linear(1, 0.1, 10));
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> Optimizers.sgd(0.1).update(ones(2), scheduled.init(ones(2)), ones(2)))
        .withMessageContaining("the state counts the steps of");
  }

  @Test
  void aStateOfMoreLeavesIsRefused() {
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(
            () ->
                ADAM.update(
                    List.of(ones(2)), ADAM.init(List.of(ones(2), ones(2))), List.of(ones(2))))
        .withMessage("update: the state is of the leaves [[0], [1]], the parameters have [[0]]");
  }

  @Test
  void anExceptionThatIsNotOfTheStateArrivesUnchanged() {
    IllegalStateException own = new IllegalStateException("own");
    Optimizer<Stateless> hook =
        Transformations.hook(
            g -> {
              throw own;
            });
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> hook.update(ones(2), hook.init(ones(2)), ones(2)))
        .isSameAs(own);
  }

  @Test
  void nullsAreNamed() {
    Optimizer<Stateless> hook = Transformations.hook(g -> null);
    Tensor p = tensor(1, 2);
    assertThatNullPointerException()
        .isThrownBy(() -> hook.update(List.of(p), hook.init(List.of(p)), List.of(p)))
        .withMessage("update of [0]: null");
    Optimizer<ChainState> chain = Transformations.chain(hook, Optimizers.sgd(0.1));
    assertThatNullPointerException()
        .isThrownBy(() -> chain.update(List.of(p), chain.init(List.of(p)), List.of(p)))
        .withMessage("update of [0]: null");
    assertThatNullPointerException()
        .isThrownBy(() -> ADAM.update(p, null, p))
        .withMessage("update: state");
    assertThatNullPointerException()
        .isThrownBy(() -> ADAM.update(null, ADAM.init(p), p))
        .withMessage("update: gradients");
    assertThatNullPointerException()
        .isThrownBy(() -> Optimizers.adam((Tensor) null))
        .withMessage("hyperparameter");
    assertThatNullPointerException()
        .isThrownBy(() -> Optimizers.adam((Hyperparameter) null))
        .withMessage("lr");
    assertThatNullPointerException()
        .isThrownBy(() -> new MetaOptimizer<>(p, null))
        .withMessage("optimizer");
    assertThatNullPointerException()
        .isThrownBy(() -> new MetaSgd<>((Tensor) null))
        .withMessage("params");
    assertThatNullPointerException()
        .isThrownBy(() -> new FuncOptimizer(null))
        .withMessage("optimizer");
  }
}
