package dini.functional;

import static dini.core.Comparisons.gt;
import static dini.core.Comparisons.where;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.stopGradient;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Reductions.max;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.min;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.linspace;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.Tensor;
import dini.core.TracerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JitTest {
  record Params(Tensor w, Tensor b, int power) {}

  private static Tensor points(int n, DType dtype) {
    return linspace(-3, 2, n).astype(dtype);
  }

  /** A chain whose parts are needed outside of it, that spreads a row and a column, and sums. */
  private static List<Tensor> chain(Tensor x) {
    Tensor row = x.get(dini.core.Index.range(0, 1)).reshape(-1);
    Tensor column = x.get(dini.core.Index.all(), dini.core.Index.range(0, 1));
    Tensor a = tanh(x.mul(row)).add(column);
    Tensor b = where(gt(a, 0.25), exp(a.neg()), square(a).mul(column));
    Tensor total = sum(b.mul(3).sub(a));
    return List.of(total, b, b.div(total), mean(a), a.reshape(-1).sub(1));
  }

  /** Sizes on both sides of a block, of a block of the sum, and of the least chain. */
  @ParameterizedTest
  @ValueSource(ints = {1, 511, 512, 682, 683, 1024, 10922, 10923, 21845, 30000})
  void chainsHaveTheBitsOfSingleOperations(int rows) {
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      JitFunction<Tensor, List<Tensor>> compiled = jit(JitTest::chain);
      Tensor x = points(3 * rows, dtype).reshape(rows, 3);
      Tensor y = x.mul(0.5).add(1);
      List<Tensor> first = compiled.apply(x);
      List<Tensor> second = compiled.apply(y);
      assertThat(first).isEqualTo(chain(x));
      assertThat(second).isEqualTo(chain(y));
      Function<Tensor, Tensor> total = z -> chain(z).getFirst().add(sum(chain(z).get(2)));
      assertThat(jit((Tensor z) -> valueAndGrad(total, z)).apply(x))
          .isEqualTo(valueAndGrad(total, x));
    }
  }

  /**
   * Reductions of rows, over rows and of the middle axis, some of which ask for the same blocks.
   */
  private static List<Tensor> reductions(Tensor x) {
    Tensor a = tanh(x.mul(1.5)).add(x);
    Tensor b = exp(a.neg());
    return List.of(
        sum(a, 0), max(b, -1), sum(b, 1), min(a.mul(b), 0, 1), sum(b, 0, 1, 2), max(a, 1, 2), a);
  }

  @ParameterizedTest
  @ValueSource(strings = {"16,8,32", "100,7,5", "3,1000,2", "2,3,2048", "5,1,999", "1,64,64"})
  void chainsEndInReductions(String extents) {
    int[] shape = Arrays.stream(extents.split(",")).mapToInt(Integer::parseInt).toArray();
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      Tensor x = points(shape[0] * shape[1] * shape[2], dtype).reshape(shape);
      JitFunction<Tensor, List<Tensor>> compiled = jit(JitTest::reductions);
      assertThat(compiled.apply(x)).isEqualTo(reductions(x));
      assertThat(compiled.apply(x.neg())).isEqualTo(reductions(x.neg()));
      Function<Tensor, Tensor> total =
          z -> reductions(z).stream().map(each -> mean(each)).reduce(Tensor::add).orElseThrow();
      assertThat(jit((Tensor z) -> grad(total, z)).apply(x)).isEqualTo(grad(total, x));
    }
  }

  @Test
  void compilesOncePerSignature() {
    AtomicInteger runs = new AtomicInteger();
    JitFunction<Params, Tensor> compiled =
        jit(
            (Params p) -> {
              runs.incrementAndGet();
              return sum(p.w().pow(p.power()).mul(p.b()));
            });
    Params small = new Params(tensor(1, 2), scalar(3), 2);
    assertThat(compiled.apply(small)).isEqualTo(scalar(15));
    assertThat(compiled.apply(new Params(tensor(2, 2), scalar(1), 2))).isEqualTo(scalar(8));
    assertThat(runs).hasValue(1);
    assertThat(compiled.apply(new Params(tensor(2, 2), scalar(1), 3))).isEqualTo(scalar(16));
    assertThat(compiled.apply(new Params(tensor(1, 1, 1), scalar(1), 3))).isEqualTo(scalar(3));
    assertThat(runs).hasValue(3);
    assertThat(compiled.cache().size()).isEqualTo(3);
    assertThat(compiled.cache().signatures().getLast()).isEqualTo("[f64[3], f64[]]");
    compiled.cache().limit(1);
    assertThat(compiled.cache().size()).isOne();
    compiled.apply(small);
    assertThat(runs).hasValue(4);
    compiled.cache().clear();
    assertThat(compiled.cache().size()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> compiled.cache().limit(0))
        .withMessage("jit: the cache must keep at least 1 program, got 0");
  }

  @Test
  void refusesToBranchOnValues() {
    assertThatThrownBy(() -> jit((Tensor x) -> x.toDouble() > 0 ? x : x.neg()).apply(scalar(1)))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("staged function")
        .hasMessageContaining("where(...)");
  }

  @Test
  void capturedValuesAreConstants() {
    Tensor weights = tensor(1, 2, 3);
    JitFunction<Tensor, Tensor> compiled = jit((Tensor x) -> matmul(weights, x).add(weights.sum()));
    assertThat(compiled.apply(tensor(1, 1, 1))).isEqualTo(scalar(12));
    assertThat(compiled.program(tensor(1, 1, 1)).equations()).hasSize(2);
  }

  /** What is captured while it is traced is another value in the next call. */
  @Test
  void capturedTracersAreNotKept() {
    List<JitFunction<Tensor, Tensor>> one = new ArrayList<>();
    List<Tensor> captured = new ArrayList<>();
    one.add(jit((Tensor x) -> x.mul(captured.getLast())));
    Function<Tensor, Tensor> f =
        w -> {
          captured.add(w);
          return one.getFirst().apply(tensor(3.0));
        };
    assertThat(grad(w -> sum(f.apply(w)), scalar(2))).isEqualTo(scalar(3));
    assertThat(one.getFirst().cache().size()).isZero();
  }

  @Test
  void lanesOfLanesAreCompiledOnce() {
    AtomicInteger runs = new AtomicInteger();
    JitBiFunction<Tensor, Tensor, Tensor> compiled =
        jit(
            (Tensor x, Tensor y) -> {
              runs.incrementAndGet();
              return sum(x.mul(y));
            });
    Tensor xs = points(24, DType.FLOAT64).reshape(2, 3, 4);
    Tensor ys = points(8, DType.FLOAT64).reshape(2, 4);
    Function<Tensor, Tensor> rows =
        both ->
            vmap((Tensor x) -> compiled.apply(x, both.get(0)), both.get(dini.core.Index.from(1)));
    Tensor both = dini.core.Shapes.concatenate(1, ys.reshape(2, 1, 4), xs);
    Tensor expected = sum(xs.mul(ys.reshape(2, 1, 4)), 2);
    assertThat(vmap(rows, both)).isEqualTo(expected);
    assertThat(vmap(rows, both.mul(2))).isEqualTo(expected.mul(4));
    assertThat(runs).hasValue(1);
    assertThat(compiled.cache().signatures()).hasSize(1);
  }

  @Test
  void stopGradientHoldsInDerivativesOfCompiledFunctions() {
    JitFunction<Tensor, Tensor> compiled = jit((Tensor x) -> stopGradient(x).mul(x));
    assertThat(compiled.apply(scalar(3))).isEqualTo(scalar(9));
    assertThat(grad(compiled, scalar(3))).isEqualTo(scalar(3));
    assertThat(jit((Tensor x) -> grad(compiled, x)).apply(scalar(3))).isEqualTo(scalar(3));
  }

  @Test
  void resultsMayBeArgumentsConstantsAndViews() {
    JitFunction<Tensor, List<Tensor>> compiled =
        jit((Tensor x) -> List.of(x, tensor(1, 2), x.reshape(2, 1), x.add(1).reshape(1, 2), x));
    for (Tensor x : List.of(tensor(3, 4), tensor(5, 6))) {
      assertThat(compiled.apply(x))
          .isEqualTo(List.of(x, tensor(1, 2), x.reshape(2, 1), x.add(1).reshape(1, 2), x));
    }
  }

  @Test
  void threadsAndCallsWithinCallsDoNotDisturbEachOther() {
    JitFunction<Tensor, Tensor> inner = jit((Tensor x) -> tanh(x.mul(2)).add(x));
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(inner.apply(t)))
            .apply((init, t) -> inner.apply(t));
    JitFunction<Tensor, Tensor> outer =
        jit((Tensor t) -> inner.apply(solve.apply(zeros(3), t.mul(0.5))));
    Tensor expected = inner.apply(inner.apply(tensor(1, 2, 3).mul(0.5)));
    List<Tensor> results =
        IntStream.range(0, 200).parallel().mapToObj(i -> outer.apply(tensor(1, 2, 3))).toList();
    assertThat(results).allMatch(expected::equals);
  }

  @Test
  void runsSolversWhereverTheyStand() {
    Tensor targets = tensor(1, 2, 3, 4).reshape(2, 2);
    UnaryOperator<Tensor> plain = JitTest::cubeRoot;
    for (boolean batched : new boolean[] {false, true}) {
      BiFunction<Tensor, Tensor, Tensor> solve = cubeRoots(batched);
      Function<Tensor, Tensor> loss = t -> sum(square(solve.apply(zeros(2), t)));
      check(loss, targets.get(0));
      check(t -> grad(loss, t), targets.get(0));
      check(t -> grad(z -> sum(grad(loss, z)), t), targets.get(0));
      check(t -> vmap(loss, t), targets);
      check(t -> vmap((Tensor z) -> grad(loss, z), t), targets);
      check(t -> grad(z -> sum(vmap(loss, z)), t), targets);
      check(t -> jit(loss).apply(t), targets.get(0));
      assertThat(solve.apply(zeros(2), targets.get(0))).isEqualTo(plain.apply(targets.get(0)));
    }
  }

  private static Tensor cubeRoot(Tensor t) {
    Tensor x = t;
    for (int i = 0; i < 40; i++) {
      x = x.sub(x.pow(3).sub(t).div(square(x).mul(3)));
    }
    return x;
  }

  private static BiFunction<Tensor, Tensor, Tensor> cubeRoots(boolean batched) {
    Root<Tensor, Tensor> root = customRoot((Tensor x, Tensor t) -> x.pow(3).sub(t));
    return (batched ? root.batched() : root).apply((init, t) -> cubeRoot(t));
  }

  private static void check(Function<Tensor, Tensor> f, Tensor x) {
    JitFunction<Tensor, Tensor> compiled = jit(f);
    assertThat(compiled.apply(x)).isEqualTo(f.apply(x));
    assertThat(compiled.apply(x.mul(2))).isEqualTo(f.apply(x.mul(2)));
  }

  @Test
  void testsThatASolutionIsARootWhereItIsDifferentiated() {
    BiFunction<Tensor, Tensor, Tensor> wrong =
        customRoot((Tensor x, Tensor t) -> x.pow(3).sub(t))
            .onResidual(dini.linalg.Policy.THROW)
            .apply((init, t) -> t.add(1));
    Function<Tensor, Tensor> f = t -> wrong.apply(scalar(0), t);
    assertThat(jit(f).apply(scalar(1))).isEqualTo(scalar(2));
    JitFunction<Tensor, Tensor> slope = jit((Tensor t) -> grad(f, t));
    assertThatThrownBy(() -> slope.apply(scalar(1))).isInstanceOf(NotARootException.class);
  }

  @Test
  void equalsOfWhatIsRecordedComparesIdentities() {
    Tensor two = scalar(2);
    Function<Tensor, Tensor> f = x -> x.equals(two) ? x.mul(0) : x;
    assertThat(f.apply(scalar(2))).isEqualTo(scalar(0));
    assertThat(jit(f).apply(scalar(2))).isEqualTo(two);
  }

  @Test
  void saysWhichEquationFailed() {
    JitFunction<Tensor, Tensor> compiled =
        jit((Tensor a) -> dini.linalg.LinearAlgebra.cholesky(a).mul(2));
    assertThatThrownBy(() -> compiled.apply(tensor(1, 2, 2, 1).reshape(2, 2)))
        .isInstanceOf(dini.linalg.NotPositiveDefiniteException.class)
        .satisfies(
            e ->
                assertThat(e.getSuppressed()[0])
                    .hasMessageContaining("in the compiled program, at cholesky"));
    assertThat(compiled.apply(tensor(4, 0, 0, 1).reshape(2, 2)))
        .isEqualTo(tensor(4, 0, 0, 2).reshape(2, 2));
  }
}
