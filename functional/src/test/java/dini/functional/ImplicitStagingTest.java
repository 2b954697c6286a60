package dini.functional;

import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** {@code customRoot} in recorded programs: a call of Java code that differentiates and maps. */
class ImplicitStagingTest {
  private static final Tensor ONE = scalar(1);
  private static final BiFunction<Tensor, Tensor, Tensor> CUBIC =
      customRoot(Cubic::condition).apply(Cubic::newton);

  private static Closed staged(Function<Tensor, Tensor> f) {
    return Staging.stage(x -> new Tensor[] {f.apply(x[0])}, List.of(ONE.type()));
  }

  @Test
  void programRunsDifferentiatesAndMaps() {
    Closed closed = staged(t -> CUBIC.apply(ONE, t).mul(t));
    assertThat(closed.program().toString()).contains("customRoot");
    Function<Tensor, Tensor> run = t -> closed.apply(t)[0];
    Cubic at = new Cubic(0.8);
    Tensor t = scalar(0.8);
    assertNear(run.apply(t), at.x() * 0.8);
    assertNear(grad(run, t), at.first() * 0.8 + at.x());
    assertNear(jvp(run, t, ONE).tangent(), at.first() * 0.8 + at.x());
    assertNear(hessian(run, t), at.second() * 0.8 + 2 * at.first());
    assertNear(vmap(run, tensor(0.8, 1)), at.x() * 0.8, new Cubic(1).x());
    assertNear(
        vmap(s -> grad(run, s), tensor(0.8, 1)),
        at.first() * 0.8 + at.x(),
        new Cubic(1).first() + new Cubic(1).x());
    assertNear(
        grad(ts -> sum(vmap(run, ts)), tensor(0.8, 1)),
        at.first() * 0.8 + at.x(),
        new Cubic(1).first() + new Cubic(1).x());
  }

  @Test
  void solverRunsWithTheProgramAndNotWithTheRecording() {
    AtomicInteger runs = new AtomicInteger();
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(t))
            .apply(
                (init, t) -> {
                  runs.incrementAndGet();
                  return t;
                });
    Closed closed = staged(t -> solve.apply(ONE, t));
    assertThat(runs).hasValue(0);
    closed.apply(scalar(3));
    closed.apply(scalar(4));
    assertThat(runs).hasValue(2);
  }

  @Test
  void derivativesInsideAProgram() {
    Closed closed = staged(t -> grad(s -> CUBIC.apply(ONE, s), t));
    Cubic at = new Cubic(0.8);
    assertNear(closed.apply(scalar(0.8))[0], at.first());
    assertNear(grad(t -> closed.apply(t)[0], scalar(0.8)), at.second());
  }

  @Test
  void noStagedArgumentRunsAtOnce() {
    AtomicInteger runs = new AtomicInteger();
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(t))
            .apply(
                (init, t) -> {
                  runs.incrementAndGet();
                  return t;
                });
    Closed closed = staged(t -> solve.apply(ONE, scalar(5)).mul(t));
    assertThat(runs).hasValue(1);
    assertThat(closed.apply(scalar(3))).containsExactly(scalar(15));
    assertThat(runs).hasValue(1);
    // an outer tracer is no staged value: its derivative is a captured constant of the program
    assertNear(grad(a -> staged(t -> solve.apply(ONE, a).mul(t)).apply(scalar(3))[0], ONE), 3);
  }

  @Test
  void solverThatCapturesAStagedValue() {
    assertThatThrownBy(
            () ->
                staged(
                    t ->
                        customRoot((Tensor x, Tensor s) -> x.sub(s))
                            .apply((init, s) -> t.mul(1))
                            .apply(ONE, scalar(2))))
        .isInstanceOf(TracerException.class)
        .hasMessage(
            "a solver under jit captured a staged value f64[]: its values are not known while the"
                + " function is staged; pass it through θ");
    assertThat(grad(x -> x.mul(x), scalar(3))).isEqualTo(scalar(6));
  }

  @Test
  void otherOutputsNeedAnExample() {
    Root<Tensor, Tensor> root = customRoot((x, t) -> x.sub(t));
    BiFunction<Tensor, Tensor, WithAux<Tensor, Tensor>> undeclared =
        root.withAux((init, t) -> new WithAux<>(t, t.mul(2)));
    assertThatThrownBy(() -> staged(t -> undeclared.apply(ONE, t).value()))
        .isInstanceOf(TracerException.class)
        .hasMessage(
            "customRoot: under jit, and under vmap of no lanes, other outputs of a solver need a"
                + " declared example: withAux(solver, example)");
    BiFunction<Tensor, Tensor, WithAux<Tensor, Tensor>> declared =
        root.withAux((init, t) -> new WithAux<>(t, t.mul(2)), zeros());
    Closed closed =
        staged(
            t -> {
              WithAux<Tensor, Tensor> both = declared.apply(ONE, t);
              return both.value().mul(10).add(both.aux());
            });
    assertThat(closed.apply(scalar(3))).containsExactly(scalar(36));
  }
}
