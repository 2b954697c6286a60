package dini.debugging;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.log;
import static dini.core.Elementwise.sqrt;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.CustomDerivatives.customJvp;
import static dini.functional.CustomDerivatives.customVjp;
import static dini.functional.Debugging.debugNans;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.functional.ZeroOrder.blackBox;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.NanException;
import dini.core.Tensor;
import dini.functional.ControlFlow;
import dini.functional.Jvp;
import dini.functional.Root;
import dini.functional.WithAux;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The first NaN is found where it arises; in a package of its own, as code of users is. */
class DebugNansTest {
  private static final Tensor X = tensor(1, -2, 3);

  private static Tensor logarithm(Tensor x) {
    return log(x);
  }

  @Test
  void firstOperationIsNamedWithTheLineOfTheUser() {
    assertThatThrownBy(() -> debugNans(() -> exp(sum(logarithm(X)).mul(2))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("log of [f64[3]]")
        .hasMessageContaining("DebugNansTest.logarithm(DebugNansTest.java:")
        .hasMessageNotContaining("backward");
    assertThatThrownBy(() -> debugNans(() -> log(X.astype(DType.FLOAT32))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("log of [f32[3]]");
  }

  @Test
  void everyArgumentIsNamed() {
    assertThatThrownBy(() -> debugNans(() -> zeros(2).div(zeros(2))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("div of [f64[2], f64[2]]");
  }

  @Test
  void nansThatWereGivenAreNotBlamedOnWhoPassesThemOn() {
    Tensor given = tensor(1, Double.NaN);
    assertThat(debugNans(() -> exp(given).add(given)).toArray()[1]).isNaN();
    assertThat(debugNans(() -> exp(X))).isEqualTo(exp(X));
  }

  /** sqrt is finite at 0, and its derivative is not: 0 times it is NaN. */
  private static Tensor kinked(Tensor x) {
    return sum(sqrt(x).mul(zeros(2)));
  }

  @Test
  void backwardPassIsSaidToBeOne() {
    assertThatThrownBy(() -> debugNans(() -> grad(DebugNansTest::kinked, zeros(2))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("backward pass")
        .hasMessageContaining("DebugNansTest.java:");
    assertThatThrownBy(
            () -> debugNans(() -> jvp(DebugNansTest::kinked, zeros(2), zeros(2)).tangent()))
        .isInstanceOf(NanException.class)
        .hasMessageNotContaining("backward pass");
    assertThatThrownBy(() -> debugNans(() -> grad((Tensor x) -> sum(logarithm(x)), X)))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("log of [f64[3]]")
        .hasMessageNotContaining("backward pass");
  }

  @Test
  void lanesAndLoopsAreWatched() {
    Tensor lanes = tensor(new double[][] {{1, 2}, {3, -4}});
    Function<Tensor, Tensor> f = DebugNansTest::logarithm;
    assertThatThrownBy(() -> debugNans(() -> vmap(f, lanes)))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("log of [f64[2,2]]");
    assertThatThrownBy(
            () -> debugNans(() -> ControlFlow.foriLoop(0, 3, scalar(1), (i, x) -> log(x.sub(0.5)))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("log of [f64[]]");
  }

  @Test
  void compiledFunctionsAreWatchedOperationByOperation() {
    Function<Tensor, Tensor> compiled = jit((Tensor x) -> exp(logarithm(x)).mul(2));
    assertThat(compiled.apply(X).toArray()[1]).isNaN();
    assertThatThrownBy(() -> debugNans(() -> compiled.apply(X)))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("log of [f64[3]]")
        .hasMessageContaining("DebugNansTest.logarithm");
  }

  private static final Root<Tensor, Tensor> SQUARE_ROOT =
      customRoot((x, square) -> x.mul(x).sub(square));

  private static Tensor solved(Tensor square) {
    return SQUARE_ROOT.apply((init, s) -> scalar(Math.sqrt(s.toDouble()))).apply(scalar(1), square);
  }

  @Test
  void solversInPlainJavaAreWatched() {
    Tensor squares = tensor(4, -4);
    Function<Tensor, Tensor> compiled = jit(DebugNansTest::solved);
    List<Supplier<Tensor>> runs =
        List.of(
            () -> solved(scalar(-4)),
            () -> grad(DebugNansTest::solved, scalar(-4)),
            () -> vmap(DebugNansTest::solved, squares),
            () -> compiled.apply(scalar(-4)));
    for (Supplier<Tensor> run : runs) {
      assertThatThrownBy(() -> debugNans(run))
          .isInstanceOf(NanException.class)
          .hasMessageContaining("customRoot (the solver) of [f64[], f64[]] gave NaN")
          .hasMessageContaining("DebugNansTest.solved(DebugNansTest.java:");
    }
    assertThat(debugNans(() -> solved(scalar(4))).toDouble()).isEqualTo(2);
    assertThat(debugNans(() -> solved(scalar(Double.NaN))).toDouble()).isNaN();
    assertThat(solved(scalar(-4)).toDouble()).isNaN();
  }

  @Test
  void otherOutputsOfSolversAreWatched() {
    assertThatThrownBy(
            () ->
                debugNans(
                    () ->
                        SQUARE_ROOT
                            .withAux((init, s) -> new WithAux<>(scalar(2), scalar(Double.NaN)))
                            .apply(scalar(1), scalar(4))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("customRoot (the solver)");
  }

  private static Tensor squareRoot(Tensor x) {
    return scalar(Math.sqrt(x.toDouble()));
  }

  @Test
  void functionsWithRulesInPlainJavaAreWatched() {
    Function<Tensor, Tensor> halved =
        customJvp(
            DebugNansTest::squareRoot,
            (x, t) -> new Jvp<>(squareRoot(x), t.div(squareRoot(x)).mul(0.5)));
    assertThatThrownBy(() -> debugNans(() -> halved.apply(scalar(-4))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("customJvp of [f64[]] gave NaN")
        .hasMessageContaining("DebugNansTest.java:");
    assertThatThrownBy(() -> debugNans(() -> grad(halved, scalar(-4))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("customJvp (the rule) of [f64[]] gave NaN");
    Function<Tensor, Tensor> slope =
        customJvp(x -> x.mul(x), (x, t) -> new Jvp<>(x.mul(x), t.mul(squareRoot(x))));
    assertThatThrownBy(() -> debugNans(() -> jvp(slope, scalar(-4), scalar(1)).tangent()))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("customJvp (the rule) of [f64[], f64[]] gave NaN");
    assertThat(debugNans(() -> halved.apply(scalar(4))).toDouble()).isEqualTo(2);
    assertThat(debugNans(() -> grad(halved, scalar(4))).toDouble()).isEqualTo(0.25);
  }

  @Test
  void pullbacksInPlainJavaAreWatched() {
    Function<Tensor, Tensor> f =
        customVjp(
            DebugNansTest::squareRoot,
            x -> new WithAux<>(squareRoot(x), x),
            (x, ct) -> ct.div(squareRoot(x)).mul(0.5));
    assertThatThrownBy(() -> debugNans(() -> f.apply(scalar(-4))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("customVjp of [f64[]] gave NaN");
    Function<Tensor, Tensor> pulled =
        customVjp(
            x -> x.mul(x),
            x -> new WithAux<>(x.mul(x), x),
            (x, ct) -> scalar(Math.sqrt(x.toDouble())));
    assertThatThrownBy(() -> debugNans(() -> grad(pulled, scalar(-4))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("customVjp (the pullback) of [f64[], f64[]] gave NaN")
        .hasMessageContaining("backward pass");
    assertThat(debugNans(() -> grad(f, scalar(4))).toDouble()).isEqualTo(0.25);
  }

  @Test
  void blackBoxesAreWatched() {
    Function<Tensor, Tensor> box = blackBox((Tensor x) -> Math.sqrt(x.toDouble()));
    assertThatThrownBy(() -> debugNans(() -> box.apply(scalar(-4))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("blackBox of [f64[]] gave NaN")
        .hasMessageContaining("DebugNansTest.java:");
    assertThatThrownBy(() -> debugNans(() -> vmap(box, tensor(4, -4))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("blackBox of [f64[]] gave NaN");
    assertThat(debugNans(() -> box.apply(scalar(4))).toDouble()).isEqualTo(2);
  }

  @Test
  void nothingIsWatchedOutsideOrOnOtherThreads() throws InterruptedException {
    AtomicReference<Tensor> other = new AtomicReference<>();
    debugNans(
        () -> {
          Thread thread = Thread.ofPlatform().start(() -> other.set(log(X)));
          try {
            thread.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return X;
        });
    assertThat(other.get().toArray()[1]).isNaN();
    assertThatThrownBy(() -> debugNans(() -> log(X))).isInstanceOf(NanException.class);
    assertThat(log(X).toArray()[1]).isNaN();
  }
}
