package dini.functional;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.tanh;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Checkpoint.checkpointName;
import static dini.functional.ControlFlow.cond;
import static dini.functional.ControlFlow.scan;
import static dini.functional.ControlFlow.whileLoop;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Comparisons;
import dini.core.Cumulative;
import dini.core.Tensor;
import dini.core.Tensors;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Ways in which storage that every run uses again could show: values that somebody keeps, results
 * that are arguments, and runs that end in the middle.
 */
class JitFaultsTest {
  private static final Tensor X = tensor(0.5, -1, 2);

  /** Equal bits in two calls, and the first result is not touched by the second. */
  private static void check(Function<Tensor, List<Tensor>> f) {
    JitFunction<Tensor, List<Tensor>> compiled = jit(f);
    List<Tensor> first = compiled.apply(X);
    assertThat(first).isEqualTo(f.apply(X));
    assertThat(compiled.apply(X.mul(3))).isEqualTo(f.apply(X.mul(3)));
    assertThat(first).isEqualTo(f.apply(X));
  }

  /** What a value is used for once its array could have been taken by a result of that size. */
  private static List<Tensor> late(Tensor x, Function<Tensor, Tensor> identity) {
    Tensor same = identity.apply(x.add(1));
    Tensor other = Cumulative.cumSum(x, 0);
    return List.of(same.mul(other), sum(Cumulative.cumSum(other, 0).mul(same)), same);
  }

  @Test
  void namedValuesKeepTheirArray() {
    check(x -> late(x, y -> checkpointName(y, "y")));
  }

  @Test
  void branchesMayReturnTheirInput() {
    check(x -> late(x, y -> cond(Comparisons.gt(sum(x), -100), y, z -> z, Tensor::neg)));
    check(x -> late(x, y -> cond(Comparisons.gt(sum(x), -100), y, z -> z.reshape(3), z -> z)));
  }

  @Test
  void loopsOfNoStepsReturnTheirInput() {
    check(x -> late(x, y -> whileLoop(y, z -> sum(z).gt(1e9), z -> z.mul(2))));
    check(x -> late(x, y -> scan(0, (Tensor z) -> new Scan<>(z.mul(2), z), y).carry()));
    check(x -> late(x, y -> scan(2, (Tensor z) -> new Scan<>(z, z), y).carry()));
  }

  @Test
  void solversMayReturnTheirArguments() {
    for (boolean init : new boolean[] {true, false}) {
      BiFunction<Tensor, Tensor, Tensor> solve =
          customRoot((Tensor x, Tensor t) -> x.sub(t)).apply((start, t) -> init ? start : t);
      check(x -> late(x, y -> solve.apply(y, y)));
      check(x -> late(x, y -> solve.apply(y, y.reshape(3, 1).reshape(3))));
    }
  }

  @Test
  void linearSolversMayReturnTheRightHandSide() {
    check(
        x ->
            late(
                x,
                y ->
                    CustomDerivatives.customLinearSolve(
                        (Tensor z) -> z.mul(1), y, (map, b) -> b, (map, b) -> b)));
  }

  /** What a solver is given is a tensor as any other: it never changes. */
  @Test
  void solversMayKeepTheirArguments() {
    List<Tensor> kept = new ArrayList<>();
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(t))
            .apply(
                (start, t) -> {
                  kept.add(t);
                  return t.add(0);
                });
    Function<Tensor, Tensor> inLoop =
        y -> scan(1, (Tensor z) -> new Scan<>(solve.apply(zeros(3), z), z), y).carry();
    for (Function<Tensor, Tensor> each :
        List.<Function<Tensor, Tensor>>of(
            y -> solve.apply(zeros(3), y),
            inLoop,
            y -> cond(Comparisons.gt(sum(y), -100), y, inLoop::apply, z -> z))) {
      kept.clear();
      JitFunction<Tensor, Tensor> compiled =
          jit(
              (Tensor x) ->
                  Cumulative.cumSum(each.apply(x.add(1)), 0).add(Cumulative.cumSum(x, 0)));
      compiled.apply(X);
      compiled.apply(X.mul(3));
      assertThat(kept).containsExactly(X.add(1), X.mul(3).add(1));
    }
  }

  /** Inside of a derivative or of lanes, a compiled solver may depend on what is traced there. */
  @Test
  void solversMayCaptureWhatIsTracedOutside() {
    Function<Tensor, Tensor> f =
        w -> {
          BiFunction<Tensor, Tensor, Tensor> solve =
              customRoot((Tensor x, Tensor t) -> x.sub(t.mul(w))).apply((start, t) -> t.mul(w));
          return sum(jit((Tensor t) -> solve.apply(zeros(3), t.add(1))).apply(X));
        };
    assertThat(grad(f, scalar(2))).isEqualTo(sum(X.add(1)));
    assertThat(vmap(f, tensor(1, 2))).isEqualTo(tensor(4.5, 9));
    assertThat(vmap((Tensor w) -> grad(f, w), tensor(1, 2))).isEqualTo(tensor(4.5, 4.5));
  }

  @Test
  void aRunThatFailsLeavesNoTraces() {
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(t))
            .apply(
                (start, t) -> {
                  if (sum(t).toDouble() > 100) {
                    throw new IllegalStateException("too large");
                  }
                  return t;
                });
    Function<Tensor, List<Tensor>> f = x -> late(x, y -> solve.apply(y, exp(y)));
    JitFunction<Tensor, List<Tensor>> compiled = jit(f);
    List<Tensor> first = compiled.apply(X);
    assertThatThrownBy(() -> compiled.apply(X.add(100)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("too large");
    assertThat(compiled.apply(X.neg())).isEqualTo(f.apply(X.neg()));
    assertThat(first).isEqualTo(f.apply(X));
  }

  /** Neither arguments nor results live on because a function was called. */
  @Test
  void keepsNoArgumentsAndNoResults() throws InterruptedException {
    JitFunction<Tensor, List<Tensor>> compiled =
        jit((Tensor x) -> List.of(tanh(x), sum(x), x.reshape(3, 1), Cumulative.cumSum(x, 0)));
    List<WeakReference<Tensor>> weak = new ArrayList<>();
    call(compiled, weak);
    for (int i = 0; i < 100 && weak.stream().anyMatch(each -> each.get() != null); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(weak).allSatisfy(each -> assertThat(each.get()).isNull());
    assertThat(compiled.cache().size()).isOne();
  }

  private static void call(
      JitFunction<Tensor, List<Tensor>> compiled, List<WeakReference<Tensor>> weak) {
    Tensor x = Tensors.linspace(0, 1, 3);
    weak.add(new WeakReference<>(x));
    compiled.apply(x).forEach(result -> weak.add(new WeakReference<>(result)));
  }
}
