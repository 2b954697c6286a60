package dini.functional.optim;

import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dini.core.Tensor;
import dini.core.TracerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/**
 * Loops of optimizers that are observed or interrupted: x - x / 2 halves x, the loss is x^2 / 2.
 */
class OptimizerRunTest {
  private static final SgdRule HALVES = Optimizers.sgd(0.5);

  private final List<Double> losses = new ArrayList<>();

  private static Tensor loss(Tensor x) {
    return sum(x.mul(x)).mul(0.5);
  }

  private boolean tell(int step, double value) {
    assertThat(step).isEqualTo(losses.size());
    losses.add(value);
    return true;
  }

  @Test
  void anObserverIsToldTheLossBeforeEachStep() {
    Sgd<Tensor> sgd = new Sgd<>(tensor(8, 0), 0.5);
    assertThat(sgd.run(OptimizerRunTest::loss, 3, this::tell)).isEqualTo(3);
    assertThat(losses).containsExactly(32.0, 8.0, 2.0);
    assertThat(sgd.params()).isEqualTo(tensor(1, 0));
  }

  @Test
  void anObserverStopsBeforeTheStep() {
    Sgd<Tensor> sgd = new Sgd<>(tensor(8, 0), 0.5);
    assertThat(sgd.run(OptimizerRunTest::loss, 100, (step, value) -> value > 8)).isEqualTo(1);
    assertThat(sgd.params()).isEqualTo(tensor(4, 0));
    assertThat(sgd.run(OptimizerRunTest::loss, 0, this::tell)).isZero();
    assertThat(losses).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sgd.run(OptimizerRunTest::loss, -1, this::tell))
        .withMessage("run: -1 steps; expected 0 or more");
  }

  @Test
  void theFunctionalOneGivesTheParameters() {
    FuncOptimizer sgd = new FuncOptimizer(HALVES);
    assertThat(sgd.run(OptimizerRunTest::loss, scalar(8), 2, this::tell)).isEqualTo(scalar(2));
    assertThat(losses).containsExactly(32.0, 8.0);
    assertThat(sgd.run(OptimizerRunTest::loss, scalar(8), 9, (step, value) -> step < 3))
        .isEqualTo(scalar(1));
  }

  @Test
  void derivativesFlowThroughWhileTheObserverReads() {
    Tensor slope =
        grad(
            x -> {
              MetaSgd<Tensor> sgd = new MetaSgd<>(x, 0.5);
              sgd.run(OptimizerRunTest::loss, 3, this::tell);
              return sgd.params();
            },
            scalar(8));
    assertNear(slope, 0.125);
    assertThat(losses).containsExactly(32.0, 8.0, 2.0);
    Tensor second =
        grad(
            x ->
                grad(
                    y ->
                        new FuncOptimizer(HALVES)
                            .run(OptimizerRunTest::loss, y, 2, (step, value) -> true)
                            .pow(3),
                    x),
            scalar(8));
    assertNear(second, 6 * 8 / 64.0);
  }

  @Test
  void aLossUnderVmapCannotBeTold() {
    assertThatExceptionOfType(TracerException.class)
        .isThrownBy(
            () ->
                vmap((Tensor x) ->
                        new FuncOptimizer(HALVES).run(OptimizerRunTest::loss, x, 2, this::tell))
                    .apply(tensor(1, 2)))
        .withMessageContaining("vmap");
  }

  @Test
  void anInterruptEndsEveryLoop() {
    Sgd<Tensor> held = new Sgd<>(scalar(8), 0.5);
    FuncOptimizer passed = new FuncOptimizer(HALVES);
    held.step(OptimizerRunTest::loss);
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> held.step(OptimizerRunTest::loss))
          .withMessageContaining("Sgd: the thread was interrupted after 1 iterations");
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> passed.step(OptimizerRunTest::loss, scalar(8)))
          .withMessageContaining("FuncOptimizer: the thread was interrupted after 0 iterations");
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> held.run(OptimizerRunTest::loss, 5, this::tell));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(held.params()).isEqualTo(scalar(4));
    assertThat(passed.state()).isEmpty();
  }
}
