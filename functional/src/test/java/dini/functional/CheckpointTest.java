package dini.functional;

import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.stopGradient;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.linspace;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Checkpoint.checkpoint;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Jacobians.jacrev;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.Transforms.vjp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dini.core.Elementwise;
import dini.core.Program;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.TreeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A checkpoint changes no bit, in any mode, and runs its function when it has to. */
class CheckpointTest {
  private static final Tensor X = tensor(0.3, -1.2, 2.5);
  private static final Tensor V = tensor(1, 0.5, -2);

  /** Each value used several times, so that the order of sums of cotangents shows. */
  private static Tensor block(Tensor x) {
    Tensor s = sin(x);
    Tensor y = s.mul(x).add(exp(s.mul(0.3))).sub(x.mul(0.1));
    return y.mul(s).add(cos(y)).add(x);
  }

  private static final Function<Tensor, Tensor> PLAIN =
      x -> sum(tanh(block(block(x).mul(x)).add(block(x))));

  private static final Function<Tensor, Tensor> CHECKED =
      x -> {
        Function<Tensor, Tensor> block = checkpoint(CheckpointTest::block);
        return sum(tanh(block.apply(block.apply(x).mul(x)).add(block.apply(x))));
      };

  // ---- the same bits ----

  @Test
  void valueAndGradientHaveTheSameBits() {
    assertThat(valueAndGrad(CHECKED, X)).isEqualTo(valueAndGrad(PLAIN, X));
  }

  @Test
  void jvpHasTheSameBits() {
    assertThat(jvp(CHECKED, X, V)).isEqualTo(jvp(PLAIN, X, V));
  }

  @Test
  void vjpHasTheSameBitsAnyNumberOfTimes() {
    Vjp<Tensor, Tensor> checked = vjp(CHECKED, X);
    Vjp<Tensor, Tensor> plain = vjp(PLAIN, X);
    for (double c : new double[] {1, -0.5, 1}) {
      Tensor cotangent = scalar(c);
      assertThat(checked.pullback().apply(cotangent)).isEqualTo(plain.pullback().apply(cotangent));
    }
  }

  @Test
  void linearizeHasTheSameBits() {
    Linearized<Tensor, Tensor> checked = linearize(CHECKED, X);
    Linearized<Tensor, Tensor> plain = linearize(PLAIN, X);
    assertThat(checked.value()).isEqualTo(plain.value());
    assertThat(checked.map().apply(V)).isEqualTo(plain.map().apply(V));
    assertThat(checked.map().transpose().apply(scalar(2)))
        .isEqualTo(plain.map().transpose().apply(scalar(2)));
  }

  @Test
  void jacobiansHaveTheSameBits() {
    Function<Tensor, Tensor> checked = x -> checkpoint(CheckpointTest::block, x.mul(x));
    Function<Tensor, Tensor> plain = x -> block(x.mul(x));
    assertThat(jacrev(checked, X)).isEqualTo(jacrev(plain, X));
    assertThat(jacfwd(checked, X)).isEqualTo(jacfwd(plain, X));
  }

  @Test
  void secondOrderHasTheSameBitsUnlessReverseIsOverReverse() {
    assertSecondOrder(CHECKED, PLAIN);
    assertThat(hessian(CHECKED, X)).isEqualTo(hessian(PLAIN, X));
  }

  private static void assertSecondOrder(
      Function<Tensor, Tensor> checked, Function<Tensor, Tensor> plain) {
    assertThat(withForwardMode(checked)).isEqualTo(withForwardMode(plain));
    assertNearly(grad(along(checked), X), grad(along(plain), X));
    assertNearly(ofPullback(checked), ofPullback(plain));
  }

  private static List<Tensor> withForwardMode(Function<Tensor, Tensor> f) {
    return List.of(
        jvp(x -> jvp(f, x, V).tangent(), X, V).tangent(),
        jvp(x -> grad(f, x), X, V).tangent(),
        grad(x -> jvp(f, x, V).tangent(), X));
  }

  private static Tensor ofPullback(Function<Tensor, Tensor> f) {
    return vjp(x -> vjp(f, x).pullback().apply(scalar(1)), X).pullback().apply(V);
  }

  private static Function<Tensor, Tensor> along(Function<Tensor, Tensor> f) {
    return x -> sum(grad(f, x).mul(V));
  }

  /** The same sums in another order: some roundings of terms up to the largest element. */
  private static void assertNearly(Tensor actual, Tensor expected) {
    double scale = Reductions.max(abs(expected)).toDouble();
    assertThat(actual.toArray()).containsExactly(expected.toArray(), within(1e-13 * scale));
  }

  @Test
  void thirdOrderIsRight() {
    assertNearly(grad(along(along(CHECKED)), X), grad(along(along(PLAIN)), X));
    assertThat(jvp(x -> jvp(x2 -> grad(CHECKED, x2), x, V).tangent(), X, V))
        .isEqualTo(jvp(x -> jvp(x2 -> grad(PLAIN, x2), x, V).tangent(), X, V));
  }

  @Test
  void nestedCheckpointsHaveTheSameBits() {
    Function<Tensor, Tensor> outer =
        checkpoint(
            (Tensor x) -> {
              Tensor y = checkpoint(CheckpointTest::block, x.mul(x));
              return checkpoint((Tensor z) -> checkpoint(CheckpointTest::block, z).add(z), y);
            });
    Function<Tensor, Tensor> plain =
        x -> {
          Tensor y = block(x.mul(x));
          return block(y).add(y);
        };
    assertThat(grad(x -> sum(outer.apply(x).mul(x)), X))
        .isEqualTo(grad(x -> sum(plain.apply(x).mul(x)), X));
    assertThat(jacrev(outer, X)).isEqualTo(jacrev(plain, X));
    assertSecondOrder(x -> sum(outer.apply(x)), x -> sum(plain.apply(x)));
  }

  @Test
  void vmapHasTheSameBitsInsideAndOutside() {
    Tensor lanes = Shapes.reshape(linspace(-2, 2, 6), 2, 3);
    assertThat(vmap(CHECKED, lanes)).isEqualTo(vmap(PLAIN, lanes));
    assertThat(vmap((Tensor x) -> grad(CHECKED, x), lanes))
        .isEqualTo(vmap((Tensor x) -> grad(PLAIN, x), lanes));
    assertThat(grad(xs -> sum(vmap(CHECKED, xs)), lanes))
        .isEqualTo(grad(xs -> sum(vmap(PLAIN, xs)), lanes));
    assertNearly(
        grad(xs -> sum(vmap((Tensor x) -> grad(CHECKED, x), xs).mul(xs)), lanes),
        grad(xs -> sum(vmap((Tensor x) -> grad(PLAIN, x), xs).mul(xs)), lanes));
    Vjp<Tensor, Tensor> checked = vjp(CHECKED, X);
    Vjp<Tensor, Tensor> plain = vjp(PLAIN, X);
    Tensor cotangents = tensor(1, 2);
    assertThat(vmap(checked.pullback(), cotangents)).isEqualTo(vmap(plain.pullback(), cotangents));
  }

  // ---- what f captures ----

  private static Tensor ofWeights(Tensor w, UnaryOperator<Function<Tensor, Tensor>> wrap) {
    Tensor bias = w.mul(0.5);
    Function<Tensor, Tensor> layer =
        wrap.apply(x -> tanh(w.mul(x).add(bias).add(sin(w))).mul(bias));
    return sum(layer.apply(layer.apply(X)));
  }

  @Test
  void capturedTensorsKeepTheirDerivatives() {
    Function<Tensor, Tensor> checked = w -> ofWeights(w, Checkpoint::checkpoint);
    Function<Tensor, Tensor> plain = w -> ofWeights(w, f -> f);
    assertThat(grad(checked, V)).isEqualTo(grad(plain, V));
    assertSecondOrder(checked, plain);
    assertThat(linearize(checked, V).map().apply(X)).isEqualTo(linearize(plain, V).map().apply(X));
  }

  @Test
  void tensorsCapturedFromOuterTransformationsKeepTheirDerivatives() {
    BiFunction<Tensor, Tensor, Tensor> checked =
        (w, x) -> grad(z -> sum(checkpoint((Tensor t) -> block(t.mul(w)), z)), x).mul(w).sum();
    BiFunction<Tensor, Tensor, Tensor> plain =
        (w, x) -> grad(z -> sum(block(z.mul(w))), x).mul(w).sum();
    assertThat(grad(w -> checked.apply(w, X), V)).isEqualTo(grad(w -> plain.apply(w, X), V));
    assertThat(jvp((Tensor w) -> checked.apply(w, X), V, X))
        .isEqualTo(jvp((Tensor w) -> plain.apply(w, X), V, X));
    Tensor lanes = Shapes.stack(0, V, X);
    assertThat(vmap((Tensor w) -> checked.apply(w, X), lanes))
        .isEqualTo(vmap((Tensor w) -> plain.apply(w, X), lanes));
  }

  @Test
  void aFunctionOfCapturedTensorsAloneHasTheirDerivative() {
    Tensor g = grad(w -> sum(checkpoint((String name) -> sin(w).mul(w), "no tensor")), V);
    assertThat(g).isEqualTo(grad(w -> sum(sin(w).mul(w)), V));
  }

  @Test
  void twoArgumentsBothHaveDerivatives() {
    BiFunction<Tensor, Tensor, Tensor> product = checkpoint((x, y) -> sin(x).mul(y));
    assertThat(grad(x -> sum(product.apply(x, x.mul(2))), X))
        .isEqualTo(grad(x -> sum(sin(x).mul(x.mul(2))), X));
  }

  // ---- what f gives ----

  private record Several(Tensor moved, Tensor same, Tensor argument, Tensor fixed, Tensor count) {}

  @Test
  void resultsMayBeAnyTree() {
    Function<Tensor, Several> f =
        x -> {
          Tensor y = sin(x);
          return new Several(y, y, x, stopGradient(y), ints(1, 2, 3));
        };
    Function<Several, Tensor> weigh =
        s -> sum(s.moved().mul(3).add(s.same()).add(s.argument().mul(s.fixed())));
    assertThat(checkpoint(f, X)).isEqualTo(f.apply(X));
    assertThat(grad(x -> weigh.apply(checkpoint(f, x)), X))
        .isEqualTo(grad(x -> weigh.apply(f.apply(x)), X));
    assertThat(grad(x -> sum(checkpoint(f, x).argument()), X)).isEqualTo(Tensors.ones(3));
    assertThat(grad(x -> sum(checkpoint(f, x).fixed()), X)).isEqualTo(Tensors.zeros(3));
  }

  @Test
  void aNullResultIsRefused() {
    assertThatThrownBy(() -> checkpoint((Tensor x) -> null, X))
        .isInstanceOf(TreeException.class)
        .hasMessage("checkpoint: the function returned null");
  }

  @Test
  void programsHaveItAsOneOperation() {
    Program program = makeProgram((Tensor x) -> checkpoint(CheckpointTest::block, x), X);
    assertThat(program.equations()).hasSize(1);
    assertThat(program.equations().getFirst().primitive().bodies().get("body").toString())
        .isEqualTo(makeProgram((Tensor x) -> block(x), X).toString());
    assertThat(makeProgram((Tensor x) -> grad(CHECKED, x), X).outputTypes())
        .containsExactly(X.type());
  }

  // ---- plain Java ----

  @Test
  void itMayBranchOnValues() {
    Function<Tensor, Tensor> f =
        x -> {
          Tensor y = x;
          while (y.toDouble() < 10) {
            y = y.toDouble() < 3 ? y.mul(y) : y.mul(2);
          }
          return y;
        };
    for (double start : new double[] {1.5, 2, 4}) {
      Tensor x = scalar(start);
      assertThat(grad(z -> checkpoint(f, z), x)).isEqualTo(grad(z -> f.apply(z), x));
      assertThat(grad(z -> grad(t -> checkpoint(f, t), z), x))
          .isEqualTo(grad(z -> grad(t -> f.apply(t), z), x));
    }
  }

  @Test
  void itRunsOnceMoreForEachPullbackAndNotInForwardMode() {
    List<String> runs = new ArrayList<>();
    Function<Tensor, Tensor> f =
        x -> {
          runs.add("run");
          return sum(checkpoint(CheckpointTest::block, checkpoint(z -> noted(runs, z), x)));
        };
    f.apply(X);
    assertThat(runs).containsExactly("run", "inside");
    runs.clear();
    jvp(f, X, V);
    assertThat(runs).containsExactly("run", "inside");
    runs.clear();
    grad(x -> f.apply(x), X);
    assertThat(runs).containsExactly("run", "inside", "inside");
    runs.clear();
    Vjp<Tensor, Tensor> vjp = vjp(f, X);
    assertThat(runs).containsExactly("run", "inside");
    vjp.pullback().apply(scalar(1));
    vjp.pullback().apply(scalar(1));
    assertThat(runs).containsExactly("run", "inside", "inside", "inside");
  }

  private static Tensor noted(List<String> runs, Tensor x) {
    runs.add("inside");
    return sin(x);
  }

  @Test
  void aFunctionThatGivesOtherResultsTheSecondTimeIsRefused() {
    Random random = new Random(1);
    Function<Tensor, Tensor> noisy = x -> x.mul(x).mul(random.nextDouble());
    assertThatThrownBy(() -> grad(x -> sum(checkpoint(noisy, x)), X))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("checkpoint: the function gave other results when it ran again");
    List<Tensor> calls = new ArrayList<>();
    Function<Tensor, Tensor> cached =
        x -> {
          calls.add(x);
          return calls.size() == 1 ? x.mul(x) : Tensors.tensor(X.shape(), x.mul(x).toArray());
        };
    assertThatThrownBy(() -> grad(x -> sum(checkpoint(cached, x)), X))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("checkpoint: the function gave other results when it ran again");
  }

  @Test
  void anExceptionOfTheSecondRunArrivesAndLeavesNothingBehind() {
    List<Tensor> calls = new ArrayList<>();
    Function<Tensor, Tensor> failing =
        x -> {
          calls.add(x);
          if (calls.size() == 2) {
            throw new IllegalStateException("second run");
          }
          return x.mul(x);
        };
    Vjp<Tensor, Tensor> vjp = vjp(x -> sum(checkpoint(failing, sin(x))), X);
    assertThatThrownBy(() -> vjp.pullback().apply(scalar(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("second run");
    Tensor expected = grad(x -> sum(sin(x).mul(sin(x))), X);
    assertThat(vjp.pullback().apply(scalar(1))).isEqualTo(expected);
    assertThatThrownBy(() -> calls.getFirst().toArray()).isInstanceOf(TracerException.class);
  }

  @Test
  void aPullbackOnAnotherThreadIsRefused() throws InterruptedException {
    Vjp<Tensor, Tensor> vjp = vjp(CHECKED, X);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread other =
        new Thread(
            () -> {
              try {
                vjp.pullback().apply(scalar(1));
              } catch (TracerException e) {
                thrown.set(e);
              }
            },
            "other");
    other.start();
    other.join();
    assertThat(thrown.get())
        .hasMessageContaining("function with checkpoints was called on thread other");
  }

  // ---- with solvers ----

  /** {@code x^3 + x = theta}. */
  private static Tensor solve(Tensor init, Tensor theta) {
    Tensor x = init;
    for (int i = 0; i < 60; i++) {
      Tensor square = x.mul(x);
      x = x.sub(x.mul(square).add(x).sub(theta).div(square.mul(3).add(1)));
    }
    return x;
  }

  private static Tensor cubic(Tensor x, Tensor theta) {
    return x.mul(x).mul(x).add(x).sub(theta);
  }

  @Test
  void aSolverInsideIsDifferentiatedImplicitly() {
    BiFunction<Tensor, Tensor, Tensor> root =
        customRoot(CheckpointTest::cubic).apply(CheckpointTest::solve);
    Function<Tensor, Tensor> plain = w -> sin(root.apply(scalar(1), w.mul(w))).mul(w);
    Function<Tensor, Tensor> checked =
        w -> sin(checkpoint((Tensor v) -> root.apply(scalar(1), v.mul(w)), w)).mul(w);
    Tensor at = scalar(1.3);
    assertThat(grad(checked, at)).isEqualTo(grad(plain, at));
    assertNear(grad(w -> grad(checked, w), at), grad(w -> grad(plain, w), at).toDouble());
  }

  @Test
  void aConditionWithACheckpointHasAllDerivatives() {
    Tensor weights = tensor(0.5, 0.3);
    BiFunction<Tensor, Tensor, Tensor> checked =
        (x, theta) -> checkpoint((Tensor z) -> cubic(z, theta), x);
    BiFunction<Tensor, Tensor, Tensor> root = customRoot(checked).apply(CheckpointTest::solve);
    BiFunction<Tensor, Tensor, Tensor> plain =
        customRoot(CheckpointTest::cubic).apply(CheckpointTest::solve);
    Function<Tensor, Tensor> ofRoot = t -> sum(sin(root.apply(weights, t)));
    Function<Tensor, Tensor> ofPlain = t -> sum(sin(plain.apply(weights, t)));
    assertThat(secondOrderAt(ofRoot)).isEqualTo(secondOrderAt(ofPlain));
  }

  private static List<Tensor> secondOrderAt(Function<Tensor, Tensor> f) {
    Tensor at = tensor(1, 2);
    return List.of(grad(f, at), hessian(f, at), jvp(t -> grad(f, t), at, at).tangent());
  }

  @Test
  void anInnerGradientInsideIsRight() {
    Tensor a = tensor(new double[][] {{2, 0.5}, {0.5, 1}});
    Function<Tensor, Tensor> loss = x -> sum(matmul(a, x).mul(x).mul(sin(x)));
    Function<Tensor, Tensor> checked =
        rate -> sum(checkpoint((Tensor x) -> x.sub(grad(loss, x).mul(rate)), tensor(1, -0.4)));
    Function<Tensor, Tensor> plain =
        rate -> sum(tensor(1, -0.4).sub(grad(loss, tensor(1, -0.4)).mul(rate)));
    assertThat(grad(checked, scalar(0.1))).isEqualTo(grad(plain, scalar(0.1)));
  }

  /** What the function computes of captures alone belongs to it, compiled as well. */
  @Test
  void compiledDerivativesHaveTheSameBitsWithWhatIsCaptured() {
    Function<Tensor, Tensor> f =
        x ->
            sum(
                checkpoint(
                        (Tensor z) ->
                            z.mul(x)
                                .add(z.mul(Elementwise.sin(x)))
                                .add(z.mul(Elementwise.cos(x)))
                                .add(checkpoint((Tensor y) -> y.mul(x).add(x.mul(x)), z)),
                        x)
                    .mul(x)
                    .add(x.mul(0.7)));
    Tensor x = tensor(0.31, -0.77, 1.13);
    Function<Tensor, Tensor> first = z -> grad(f, z);
    Function<Tensor, Tensor> second = z -> grad(y -> sum(first.apply(y).mul(tensor(3, 5, 7))), z);
    Function<Tensor, Tensor> forward = z -> Transforms.jvp(first, z, tensor(3, 5, 7)).tangent();
    assertThat(Jit.jit(first).apply(x)).isEqualTo(first.apply(x));
    assertThat(Jit.jit(second).apply(x)).isEqualTo(second.apply(x));
    assertThat(Jit.jit(forward).apply(x)).isEqualTo(forward.apply(x));
  }
}
