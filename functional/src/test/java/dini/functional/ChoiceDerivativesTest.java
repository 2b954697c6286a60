package dini.functional;

import static dini.core.Comparisons.gt;
import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.sqrt;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.stopGradient;
import static dini.core.Elementwise.tanh;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.ControlFlow.cond;
import static dini.functional.ControlFlow.switchCase;
import static dini.functional.ControlFlow.whileLoop;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.vjp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Comparisons;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TracerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Derivatives of choices that are known: as those of a Java {@code if}, with the bits of jit. */
class ChoiceDerivativesTest {
  private static final Tensor X = tensor(0.3, -0.7, 1.1);

  /** Three uses inside the branch, three outside: 0.1 and the like make the order visible. */
  private static Tensor often(Tensor x) {
    Tensor inside =
        cond(
            gt(sum(x), 0),
            x,
            z -> sin(z).mul(0.1).add(mul(z, tanh(z))).add(exp(z).mul(x)),
            z -> cos(z).sub(square(z)).add(div(z, square(x).add(0.3))));
    return sum(inside.mul(x).add(tanh(x).mul(0.7)).add(square(x).mul(0.9)));
  }

  @Test
  void argumentsUsedOftenInsideAndOutsideHaveTheBitsOfJit() {
    UnaryOperator<Tensor> gradient = grad(ChoiceDerivativesTest::often);
    for (Tensor x : List.of(X, X.neg(), X.mul(0.37), X.mul(-1.9))) {
      assertThat(jit(gradient).apply(x)).isEqualTo(gradient.apply(x));
      Function<Tensor, Tensor> hessian = z -> Jacobians.hessian(ChoiceDerivativesTest::often, z);
      assertThat(jit(hessian).apply(x)).isEqualTo(hessian.apply(x));
    }
  }

  @Test
  void zerosOfWhatABranchDoesNotUseHaveTheSameSign() {
    Function<List<Tensor>, Tensor> f =
        p ->
            cond(
                    gt(sum(p.get(0)), 0),
                    p,
                    q -> q.get(0).mul(q.get(0)).sum(),
                    q -> q.get(1).mul(q.get(0)).sum())
                .mul(-1);
    List<Tensor> p = List.of(X, sin(X).neg());
    List<Tensor> v = List.of(X, X.neg());
    assertThat(jit((List<Tensor> z) -> grad(f, z)).apply(p)).isEqualTo(grad(f, p));
    assertThat(jit((List<Tensor> z) -> jvp(f, z, v)).apply(p)).isEqualTo(jvp(f, p, v));
    // a branch that is constant
    Function<Tensor, Tensor> relu = x -> cond(gt(x, 0), x, z -> z, z -> scalar(0)).mul(-1);
    for (double at : new double[] {2, -2}) {
      Tensor x = scalar(at);
      assertThat(jit((Tensor z) -> grad(relu, z)).apply(x)).isEqualTo(grad(relu, x));
      assertThat(jit((Tensor z) -> jvp(relu, z, scalar(1))).apply(x))
          .isEqualTo(jvp(relu, x, scalar(1)));
    }
  }

  /** It has no value where its branch is not taken, so its derivative must not count either. */
  @Test
  void whatOnlyTheOtherBranchComputesOfCapturesHasNoDerivative() {
    Function<Tensor, Tensor> f =
        y -> cond(gt(y, 0), scalar(3), z -> sqrt(y).mul(z), z -> y.mul(z)).mul(2);
    for (double at : new double[] {0, -1, 4}) {
      Tensor y = scalar(at);
      Tensor expected = scalar(at > 0 ? 1.5 : 6);
      assertThat(grad(f, y)).isEqualTo(expected);
      assertThat(jit((Tensor z) -> grad(f, z)).apply(y)).isEqualTo(expected);
      assertThat(vmap((Tensor z) -> grad(f, z), y.reshape(1))).isEqualTo(expected.reshape(1));
      assertThat(jit((Tensor z) -> jvp(f, z, scalar(1)).tangent()).apply(y)).isEqualTo(expected);
    }
  }

  // ---- Java inside ----

  /** How often it halves is decided by values, of the argument and of what is captured. */
  private static Tensor halved(Tensor x, Tensor w) {
    return cond(
        gt(x, 0),
        x,
        z -> {
          Tensor y = z;
          while (y.toDouble() > 1 || w.toDouble() > 7) {
            y = y.mul(0.5);
          }
          return y.mul(w).mul(z);
        },
        z -> z);
  }

  @Test
  void aBranchReadsValuesInEveryOrder() {
    Tensor w = scalar(3);
    Tensor x = scalar(6); // x * x / 8 * w
    assertThat(grad(z -> halved(z, w), x)).isEqualTo(scalar(4.5));
    assertThat(grad(v -> halved(x, v), w)).isEqualTo(scalar(4.5));
    assertThat(grad(z -> grad(y -> halved(y, w), z), x)).isEqualTo(scalar(0.75));
    assertThat(grad(v -> grad(z -> halved(z, v), x), w)).isEqualTo(scalar(1.5));
    assertThat(jvp(z -> grad(y -> halved(y, w), z), x, scalar(1)).tangent())
        .isEqualTo(scalar(0.75));
    assertThat(grad(z -> jvp(y -> halved(y, w), z, scalar(1)).tangent(), x))
        .isEqualTo(scalar(0.75));
    Tensor mapped = grad(z -> sum(vmap(v -> halved(z, scalar(3)).mul(v), tensor(1, 2))), x);
    assertThat(mapped).isEqualTo(scalar(13.5));
  }

  @Test
  void pullbacksMayBeCalledOnOtherThreadsAtOnce() throws Exception {
    Tensor w = scalar(3);
    Vjp<Tensor, Tensor> pulled = vjp((Tensor z) -> halved(z, w).add(halved(z, z)), scalar(0.5));
    Linearized<Tensor, Tensor> map =
        linearize((Tensor z) -> halved(z, w).add(halved(z, z)), scalar(0.5));
    Tensor expected = scalar(3 + 0.75);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        all.add(
            threads.submit(
                () -> {
                  assertThat(pulled.pullback().apply(scalar(1))).isEqualTo(expected);
                  assertThat(map.map().apply(scalar(1))).isEqualTo(expected);
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(grad(z -> pulled.pullback().apply(z.mul(z)), scalar(2))).isEqualTo(scalar(15));
  }

  @Test
  void aBranchThatDoesOtherThingsTheSecondTimeIsRefused() {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(
            () ->
                grad(
                    x ->
                        cond(
                            gt(x, 0),
                            x,
                            z -> runs.incrementAndGet() > 1 ? z.mul(x) : z.mul(2),
                            z -> z),
                    scalar(1)))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("when it ran again");
    assertThat(grad(x -> x.mul(x), scalar(2))).isEqualTo(scalar(4));
  }

  @Test
  void anExceptionInABranchArrivesAndLeavesNothingBehind() {
    RuntimeException own = new IllegalStateException("mine");
    UnaryOperator<Tensor> fails =
        z -> {
          throw own;
        };
    assertThatThrownBy(() -> grad(x -> cond(gt(x, 0), x, fails, z -> z), scalar(1))).isSameAs(own);
    Function<Tensor, Tensor> caught =
        x -> {
          try {
            return cond(gt(x, 0), x, fails, z -> z);
          } catch (IllegalStateException e) {
            return x.mul(x);
          }
        };
    assertThat(grad(caught, scalar(3))).isEqualTo(scalar(6));
  }

  // ---- what else may stand in a branch ----

  @Test
  void aSolverInABranchIsDifferentiatedByItsConditionWithWhatItCaptures() {
    BiFunction<Tensor, Tensor, Tensor> sqrtOf =
        Implicit.<Tensor, Tensor>customRoot((x, a) -> x.mul(x).sub(a))
            .apply((init, a) -> scalar(StrictMath.sqrt(a.toDouble())));
    Function<Tensor, Tensor> f =
        a -> cond(gt(a, 0), a, z -> sqrtOf.apply(scalar(1), z).mul(a), z -> z);
    assertThat(grad(f, scalar(4))).isEqualTo(scalar(3));
    assertThat(jit((Tensor z) -> grad(f, z)).apply(scalar(4))).isEqualTo(scalar(3));
    // the condition uses what the solver does not
    Function<Tensor, Tensor> captured =
        w -> {
          BiFunction<Tensor, Tensor, Tensor> root =
              Implicit.<Tensor, Tensor>customRoot((x, a) -> x.sub(a.mul(w)))
                  .apply((init, a) -> a.mul(5));
          return cond(gt(w, 0), scalar(2), z -> root.apply(scalar(0), z), z -> z);
        };
    assertThat(grad(captured, scalar(5))).isEqualTo(scalar(2));
    assertThat(jvp(captured, scalar(5), scalar(1)).tangent()).isEqualTo(scalar(2));
  }

  @Test
  void otherOutputsOfASolverInABranchNeedNoExample() {
    Function<Tensor, Tensor> f =
        a ->
            cond(
                gt(a, 0),
                a,
                z ->
                    Implicit.<Tensor, Tensor>customRoot((x, b) -> x.mul(x).sub(b))
                        .<Tensor>withAux(
                            (init, b) ->
                                new WithAux<>(scalar(StrictMath.sqrt(b.toDouble())), scalar(7)))
                        .apply(scalar(1), z)
                        .value(),
                z -> z);
    assertThat(grad(f, scalar(4))).isEqualTo(scalar(0.25));
  }

  @Test
  void loopsCheckpointsAndRulesInABranch() {
    Function<Tensor, Tensor> loop =
        x ->
            cond(gt(x, 0), x, z -> whileLoop(z, c -> Comparisons.lt(c, 20), c -> c.mul(x)), z -> z);
    Tensor forward = jvp(loop, scalar(3), scalar(1)).tangent(); // x * x * x
    assertThat(forward).isEqualTo(scalar(27));
    assertThat(jit((Tensor z) -> jvp(loop, z, scalar(1)).tangent()).apply(scalar(3)))
        .isEqualTo(forward);
    Function<Tensor, Tensor> again =
        x ->
            cond(
                gt(x, 0),
                x,
                z ->
                    Checkpoint.checkpoint(
                        (Tensor y) -> y.toDouble() > 1 ? y.mul(y).mul(x) : y.mul(x), z),
                z -> z);
    assertThat(grad(again, scalar(2))).isEqualTo(scalar(12));
    assertThat(grad(z -> grad(again, z), scalar(2))).isEqualTo(scalar(12));
    Function<Tensor, Tensor> rule =
        x ->
            cond(
                gt(x, 0),
                x,
                z ->
                    CustomDerivatives.<Tensor, Tensor>customJvp(
                            y -> y.mul(y),
                            (y, t) ->
                                new Jvp<>(
                                    y.mul(y), cond(gt(y, 1), t, s -> s.mul(5), s -> s.mul(y))))
                        .apply(z),
                z -> z);
    assertThat(grad(rule, scalar(2))).isEqualTo(scalar(5));
    assertThat(grad(rule, scalar(0.5))).isEqualTo(scalar(0.5));
    assertThat(jvp(rule, scalar(2), scalar(1)).tangent()).isEqualTo(scalar(5));
  }

  /** A compiled function in a branch must not keep what it captured there as a constant. */
  @Test
  void compiledFunctionsInABranchDoNotKeepWhatTheyCapture() {
    Tensor[] captured = new Tensor[1];
    Function<Tensor, Tensor> compiled = jit((Tensor z) -> z.mul(captured[0]));
    Function<Tensor, Tensor> f =
        x -> {
          captured[0] = x;
          return cond(gt(x, 0), scalar(1), z -> compiled.apply(scalar(10)), z -> z);
        };
    assertThat(grad(f, scalar(2))).isEqualTo(scalar(10));
    captured[0] = scalar(5);
    assertThat(compiled.apply(scalar(10))).isEqualTo(scalar(50));
  }

  @Test
  void aBranchRunsOnceWhereNothingIsDifferentiated() {
    AtomicInteger runs = new AtomicInteger();
    UnaryOperator<Tensor> counted =
        z -> {
          runs.incrementAndGet();
          return z.mul(z);
        };
    cond(gt(X.get(0), 0), X, counted, z -> z);
    vmap((Tensor y) -> switchCase(Tensors.ints(0).reshape(), y, List.of(counted)), X);
    assertThat(runs).hasValue(2);
  }

  @Test
  void choicesWithinChoicesWithinGradients() {
    Function<Tensor, Tensor> f =
        x ->
            cond(
                gt(x, 0),
                x,
                z ->
                    cond(
                        gt(z, 1),
                        z,
                        y -> grad(u -> cond(gt(u, 0), u, t -> t.mul(t).mul(x), t -> t), y).mul(z),
                        y -> y.mul(x)),
                z -> z);
    // d(u u x)/du z = 2 u x z = 2 x^3
    assertThat(grad(f, scalar(2))).isEqualTo(scalar(24));
    assertThat(grad(z -> grad(f, z), scalar(2))).isEqualTo(scalar(24));
    Function<Tensor, Tensor> stopped =
        x -> cond(gt(x, 0), x, z -> z.mul(stopGradient(x)).mul(z), z -> z);
    assertThat(grad(stopped, scalar(3))).isEqualTo(scalar(18));
  }
}
