package dini.functional.nn;

import static dini.core.Elementwise.square;
import static dini.core.Elementwise.stopGradient;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Buffers.withBuffers;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.nn.CopyMode.COPY;
import static dini.functional.nn.CopyMode.DEEPCOPY;
import static dini.functional.nn.CopyMode.REFERENCE;
import static dini.functional.nn.StateDicts.extractStateDict;
import static dini.functional.nn.StateDicts.moduleClone;
import static dini.functional.nn.StateDicts.recoverStateDict;
import static dini.functional.optim.Optimizers.sgd;
import static dini.functional.optim.Transformations.chain;
import static dini.functional.optim.Transformations.clipByGlobalNorm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TreeException;
import dini.functional.Buffer;
import dini.functional.optim.AdamW;
import dini.functional.optim.ChainState;
import dini.functional.optim.MetaAdam;
import dini.functional.optim.MetaOptimizer;
import dini.functional.optim.MetaSgd;
import dini.functional.optim.Optimizer;
import dini.functional.optim.OptimizerHolder;
import dini.functional.optim.Sgd;
import dini.functional.optim.Updates;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** States of optimizers, and optimizers of modules with buffers. */
class HolderStateTest {
  /** A parameter. */
  public record Net(Tensor a) {}

  /** A parameter and a buffer. */
  public record Counting(Tensor a, Buffer seen) {}

  private static final Tensor X = scalar(2);

  /** Momentum 0.5 and rate 0.1: t = 0.5 t + g, a = a - 0.1 t. */
  private static MetaSgd<Net> momentum(double a) {
    return new MetaSgd<>(new Net(scalar(a)), rule -> rule.withLr(0.1).withMomentum(0.5));
  }

  /**
   * After a step along x from a = 7: t = x, a = 7 - 0.1 x. That state is set again, elsewhere, and
   * a step along 3 gives a - 0.1 (0.5 t + 3): -0.1 by way of a, and -0.05 by way of t.
   */
  private static double derivative(CopyMode ofNet, CopyMode ofOptimizer) {
    return grad(
            x -> {
              MetaSgd<Net> optim = momentum(7);
              optim.step(net -> net.a().mul(x));
              Net net = extractStateDict(optim.params(), ofNet);
              ChainState state = extractStateDict(optim, ofOptimizer);
              optim.step(p -> square(p.a()));
              optim.setParams(recoverStateDict(optim.params(), net));
              recoverStateDict(optim, state);
              optim.step(p -> p.a().mul(3));
              assertNear(stopGradient(optim.params().a()), 7 - 0.2 - 0.4);
              return optim.params().a();
            },
            X)
        .toDouble();
  }

  @Test
  void referenceAndCopyKeepDerivativesAndDeepCopyDoesNot() {
    assertNear(scalar(derivative(REFERENCE, REFERENCE)), -0.15);
    assertNear(scalar(derivative(COPY, COPY)), -0.15);
    assertNear(scalar(derivative(DEEPCOPY, REFERENCE)), -0.05);
    assertNear(scalar(derivative(REFERENCE, DEEPCOPY)), -0.1);
    assertThat(derivative(DEEPCOPY, DEEPCOPY)).isZero();
  }

  @Test
  void stepsAfterRecoveryAreTheSameToTheBit() {
    MetaAdam<Net> optim = new MetaAdam<>(new Net(scalar(1)), 1.0);
    Net net = extractStateDict(optim.params(), REFERENCE);
    ChainState state = extractStateDict(optim, REFERENCE);
    twoSteps(optim);
    Net first = optim.params();
    assertThat(first).isNotEqualTo(net);
    optim.setParams(recoverStateDict(optim.params(), net));
    assertThat(recoverStateDict(optim, state)).isSameAs(optim);
    twoSteps(optim);
    assertThat(optim.params()).isEqualTo(first);
    // without the state of the optimizer they are others
    optim.setParams(net);
    twoSteps(optim);
    assertThat(optim.params()).isNotEqualTo(first);
  }

  private static void twoSteps(OptimizerHolder<Net> optim) {
    for (int i = 0; i < 2; i++) {
      optim.step(net -> square(net.a().mul(2).sub(1)));
    }
  }

  @Test
  void stateOfAnotherOptimizerIsRefusedBeforeAnythingChanges() {
    MetaSgd<Net> optim = momentum(1);
    optim.step(net -> net.a());
    ChainState before = optim.state();
    MetaOptimizer<Net> adam = new MetaAdam<>(new Net(scalar(1)));
    assertThatThrownBy(() -> recoverStateDict(optim, adam.state()))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("chainState.states");
    MetaSgd<Net> longer =
        new MetaSgd<>(new Net(zeros(3)), rule -> rule.withLr(0.1).withMomentum(0.5));
    assertThatThrownBy(() -> recoverStateDict(optim, longer.state()))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("\"a\"")
        .hasMessageContaining("f64[3]");
    MetaOptimizer<Counting> other =
        new MetaSgd<>(
            new Counting(scalar(1), new Buffer(scalar(1))), rule -> rule.withMomentum(0.5));
    assertThat(optim.state()).isEqualTo(before);
    // the buffer has no state, so the leaves have the same names
    recoverStateDict(optim, other.state());
    MetaSgd<Map<String, Tensor>> named =
        new MetaSgd<>(Map.of("b", scalar(1)), rule -> rule.withMomentum(0.5));
    assertThatThrownBy(() -> recoverStateDict(optim, named.state()))
        .isInstanceOf(TreeException.class);
  }

  @Test
  void clonesStepByThemselves() {
    MetaSgd<Net> optim = momentum(1);
    optim.step(net -> net.a());
    MetaOptimizer<Net> clone = moduleClone(optim, REFERENCE, false);
    assertThat(clone.params()).isEqualTo(optim.params());
    assertThat(clone.state()).isEqualTo(optim.state());
    Net before = optim.params();
    clone.step(net -> net.a());
    assertNear(clone.params().a(), 1 - 0.1 - 0.15);
    assertThat(optim.params()).isEqualTo(before);
  }

  @Test
  void clonesKeepTheDerivativesThatTheirModeSays() {
    for (CopyMode by : CopyMode.values()) {
      Tensor g =
          grad(
              x -> {
                MetaSgd<Net> optim = momentum(7);
                optim.step(net -> net.a().mul(x));
                MetaOptimizer<Net> clone = moduleClone(optim, by, false);
                clone.step(p -> p.a().mul(3));
                return clone.params().a();
              },
              X);
      assertNear(g, by == DEEPCOPY ? 0 : -0.15);
    }
  }

  @Test
  void holdersAreNoTrees() {
    assertThatThrownBy(() -> recoverStateDict(momentum(1), (Object) "state"))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("MetaSgd");
  }

  // ---- buffers ----

  @Test
  void optimizersDoNotMoveBuffers() {
    Counting net = new Counting(scalar(1), new Buffer(tensor(5, 6)));
    Sgd<Counting> sgd = new Sgd<>(net, rule -> rule.withLr(0.1).withWeightDecay(0.5));
    sgd.step(p -> p.a().mul(p.seen().value().sum()));
    // g = 11 + 0.5 of decay
    assertNear(sgd.params().a(), 1 - 1.15);
    assertThat(sgd.params().seen()).isEqualTo(net.seen());
    AdamW<Counting> adam = new AdamW<>(net, rule -> rule.withLr(0.1).withWeightDecay(0.5));
    adam.step(p -> p.a().mul(p.seen().value().sum()));
    assertThat(adam.params().seen()).isEqualTo(net.seen());
    assertThat(adam.params().a()).isNotEqualTo(net.a());
    assertThat(adam.state().toString()).doesNotContain("seen");
  }

  @Test
  void updatesOfBuffersAreZeroAndNoNormCountsThem() {
    Counting net = new Counting(scalar(1), new Buffer(scalar(2)));
    Counting gradients = new Counting(scalar(3), new Buffer(scalar(4)));
    Updates<Counting, ChainState> step = update(sgd(0.1).chain(), gradients, net);
    assertNear(step.updates().a(), -0.3);
    assertNear(step.updates().seen().value(), 0);
    assertThat(step.applyTo(net).seen()).isEqualTo(net.seen());
    // the norm is 3: with the buffer it would be 5
    Updates<Counting, ChainState> clipped =
        update(chain(clipByGlobalNorm(1.5), sgd(0.1).chain()), gradients, net);
    assertNear(clipped.updates().a(), -0.15);
    // whoever adds to a buffer all the same does it in vain
    assertThat(new Updates<>(gradients, step.state()).applyTo(net))
        .isEqualTo(new Counting(scalar(4), net.seen()));
  }

  private static <S> Updates<Counting, S> update(
      Optimizer<S> optimizer, Counting gradients, Counting net) {
    return optimizer.update(gradients, optimizer.init(net), net);
  }

  @Test
  void buffersAreSetBetweenSteps() {
    MetaSgd<Counting> optim =
        new MetaSgd<>(new Counting(scalar(1), new Buffer(scalar(0))), rule -> rule.withLr(0.1));
    for (int i = 0; i < 3; i++) {
      optim.step(p -> p.a().mul(p.seen().value()));
      Counting next = new Counting(scalar(99), new Buffer(optim.params().seen().value().add(1)));
      optim.setParams(withBuffers(optim.params(), next));
    }
    // gradients 0, 1, 2
    assertNear(optim.params().a(), 0.7);
    assertNear(optim.params().seen().value(), 3);
  }
}
