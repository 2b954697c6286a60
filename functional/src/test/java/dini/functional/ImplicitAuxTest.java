package dini.functional;

import static dini.core.Elementwise.stopGradient;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.gradWithAux;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.TreeException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a solver returns beside the solution: passed through, and never differentiated. */
class ImplicitAuxTest {

  /** An account of a solve. */
  public record Account(Tensor residual, Tensor steps, String status) {}

  private static final Tensor ONE = scalar(1);

  private static final Root<Tensor, Tensor> ROOT = customRoot((x, t) -> x.sub(t.mul(t)));

  private static final BiFunction<Tensor, Tensor, WithAux<Tensor, Account>> SOLVE =
      ROOT.withAux(
          (init, t) ->
              new WithAux<>(
                  t.mul(t), new Account(t.mul(10), ints((int) t.toDouble()), "converged")));

  private static void refused(ThrowingCallable use) {
    assertThatThrownBy(use)
        .isInstanceOf(TracerException.class)
        .hasMessage(
            "an auxiliary output of a solver was differentiated: it carries no derivative; wrap it"
                + " in stopGradient if it is meant as a constant");
  }

  @AfterEach
  void laterCallsWork() {
    assertNear(grad(t -> SOLVE.apply(ONE, t).value(), scalar(3)), 6);
  }

  @Test
  void passesThrough() {
    assertThat(SOLVE.apply(ONE, scalar(3)))
        .isEqualTo(
            new WithAux<>(scalar(9), new Account(scalar(30), ints(3).reshape(1), "converged")));
    WithAux<Tensor, Account> g =
        gradWithAux(
                (Tensor t) -> {
                  WithAux<Tensor, Account> result = SOLVE.apply(ONE, t);
                  return new WithAux<>(result.value(), result.aux());
                })
            .apply(scalar(3));
    assertNear(g.value(), 6);
    assertThat(g.aux()).isEqualTo(new Account(scalar(30), ints(3), "converged"));
  }

  @Test
  void readingIsFine() {
    Tensor g =
        grad(
            t -> {
              WithAux<Tensor, Account> result = SOLVE.apply(ONE, t);
              assertThat(result.aux().residual().toDouble()).isEqualTo(30);
              assertThat(result.aux().steps().toIntArray()).containsExactly(3);
              assertThat(result.aux().residual().shape().rank()).isZero();
              return result.value().mul(result.aux().residual().toDouble());
            },
            scalar(3));
    assertNear(g, 180);
  }

  @Test
  void stoppedItIsAConstant() {
    assertNear(
        grad(
            t -> {
              WithAux<Tensor, Account> result = SOLVE.apply(ONE, t);
              return result.value().mul(stopGradient(result.aux().residual()));
            },
            scalar(3)),
        180);
    assertNear(
        hessian(
            t -> {
              WithAux<Tensor, Account> result = SOLVE.apply(ONE, t);
              return result.value().mul(stopGradient(result.aux().residual()));
            },
            scalar(3)),
        60);
  }

  @Test
  void differentiatingIsAnError() {
    refused(() -> grad(t -> SOLVE.apply(ONE, t).aux().residual(), scalar(3)));
    refused(
        () ->
            grad(
                t -> {
                  WithAux<Tensor, Account> result = SOLVE.apply(ONE, t);
                  return result.value().mul(result.aux().residual());
                },
                scalar(3)));
    refused(() -> jvp((Tensor t) -> SOLVE.apply(ONE, t).aux().residual().mul(2), scalar(3), ONE));
    refused(() -> jvp((Tensor t) -> SOLVE.apply(ONE, t).aux().residual(), scalar(3), ONE));
    refused(() -> hessian(t -> SOLVE.apply(ONE, t).aux().residual().mul(t), scalar(3)));
    refused(() -> vmap(s -> grad(t -> SOLVE.apply(ONE, t).aux().residual().mul(t), s), tensor(3)));
    refused(
        () -> grad(ts -> sum(vmap(t -> SOLVE.apply(ONE, t).aux().residual(), ts)), tensor(3, 4)));
  }

  @Test
  void computingWithItIsFineWhereTheResultDoesNotDepend() {
    Tensor g =
        grad(
            t -> {
              WithAux<Tensor, Account> result = SOLVE.apply(ONE, t);
              assertThat(result.aux().residual().div(10).add(t).toDouble()).isEqualTo(6);
              return result.value();
            },
            scalar(3));
    assertNear(g, 6);
  }

  @Test
  void lanesOfDerivativesAreStacked() {
    Tensor ts = tensor(2, 3);
    WithAux<Tensor, Account> g =
        vmap(t -> gradWithAux((Tensor s) -> SOLVE.apply(ONE, s)).apply(t), ts);
    assertNear(g.value(), 4, 6);
    assertNear(g.aux().residual(), 20, 30);
    WithAux<Tensor, Account> whole =
        gradWithAux(
                (Tensor all) -> {
                  WithAux<Tensor, Account> lanes = vmap(t -> SOLVE.apply(ONE, t), all);
                  return new WithAux<>(sum(lanes.value()), lanes.aux());
                })
            .apply(ts);
    assertNear(whole.value(), 4, 6);
    assertNear(whole.aux().residual(), 20, 30);
  }

  @Test
  void integersHaveNoDerivativeToLose() {
    assertNear(
        grad(
            t -> {
              WithAux<Tensor, Account> result = SOLVE.apply(ONE, t);
              return result.value().mul(sum(result.aux().steps().astype(t.dtype())));
            },
            scalar(3)),
        18);
  }

  @Test
  void lanesAreStackedAndStaticDataMustAgree() {
    assertThatObject(vmap(t -> SOLVE.apply(ONE, t), tensor(2, 3)))
        .isEqualTo(
            new WithAux<>(
                tensor(4, 9), new Account(tensor(20, 30), ints(2, 3).reshape(2, 1), "converged")));
    assertNear(grad(ts -> sum(vmap(t -> SOLVE.apply(ONE, t), ts).value()), tensor(2, 3)), 4, 6);
    BiFunction<Tensor, Tensor, WithAux<Tensor, String>> differs =
        ROOT.withAux((init, t) -> new WithAux<>(t.mul(t), t.toDouble() > 2.5 ? "slow" : "fast"));
    assertThat(vmap(t -> differs.apply(ONE, t), tensor(1, 2)).aux()).isEqualTo("fast");
    assertThatThrownBy(() -> vmap(t -> differs.apply(ONE, t), tensor(2, 3)))
        .isInstanceOf(TreeException.class)
        .hasMessageStartingWith("customRoot: other outputs of two lanes:")
        .hasMessageContaining("fast")
        .hasMessageContaining("slow");
  }

  @Test
  void lanesWithOutputsOfTwoShapes() {
    BiFunction<Tensor, Tensor, WithAux<Tensor, Tensor>> trace =
        ROOT.withAux((init, t) -> new WithAux<>(t.mul(t), zeros((int) t.toDouble())));
    assertThatThrownBy(() -> vmap(t -> trace.apply(ONE, t), tensor(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stack: f64[2] and f64[3]: shapes differ");
  }

  @Test
  void noLanesNeedAnExample() {
    Function<Tensor, WithAux<Tensor, Account>> f = t -> SOLVE.apply(ONE, t);
    assertThatThrownBy(() -> vmap(f, zeros(0)))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("withAux(solver, example)");
    BiFunction<Tensor, Tensor, WithAux<Tensor, List<Tensor>>> declared =
        ROOT.withAux(
            (init, t) -> new WithAux<>(t.mul(t), List.of(t, t)), List.of(zeros(), zeros()));
    WithAux<Tensor, List<Tensor>> none = vmap(t -> declared.apply(ONE, t), zeros(0));
    assertThat(none).isEqualTo(new WithAux<>(zeros(0), List.of(zeros(0), zeros(0))));
  }
}
