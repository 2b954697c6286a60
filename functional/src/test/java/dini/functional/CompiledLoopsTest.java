package dini.functional;

import static dini.core.Comparisons.gt;
import static dini.core.Comparisons.lt;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.linspace;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.ControlFlow.cond;
import static dini.functional.ControlFlow.foriLoop;
import static dini.functional.ControlFlow.scan;
import static dini.functional.ControlFlow.whileLoop;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.IndexException;
import dini.core.Indexing;
import dini.core.NanException;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that run often enough to be compiled: the bits are those of the loop in Java. */
class CompiledLoopsTest {
  private static final Tensor W = linspace(-0.7, 0.9, 9).reshape(3, 3);

  private static Tensor points(int steps, DType dtype) {
    return linspace(-1, 2, 3 * steps).reshape(steps, 3).astype(dtype);
  }

  private static Tensor cell(Tensor w, Tensor state, Tensor x) {
    // the first product depends on what is captured alone
    return tanh(matmul(x, matmul(w, w)).add(matmul(state, w)).add(sin(w).mean()));
  }

  private static List<Tensor> scanned(Tensor w, Tensor xs) {
    Scan<Tensor, Tensor> result =
        scan(
            (Tensor state, Tensor x) -> {
              Tensor next = cell(w, state, x);
              return new Scan<>(next, next.mul(x).add(state));
            },
            xs.get(0).mul(0),
            xs);
    return List.of(result.carry(), result.ys());
  }

  private static List<Tensor> inJava(Tensor w, Tensor xs) {
    Tensor state = xs.get(0).mul(0);
    List<Tensor> kept = new ArrayList<>();
    for (int i = 0; i < xs.shape().extent(0); i++) {
      Tensor next = cell(w, state, xs.get(i));
      kept.add(next.mul(xs.get(i)).add(state));
      state = next;
    }
    return List.of(state, Shapes.stack(0, kept.toArray(Tensor[]::new)));
  }

  private static Tensor total(List<Tensor> tensors) {
    return tensors.stream().map(x -> sum(x.mul(x))).reduce(Tensor::add).orElseThrow();
  }

  /** On both sides of the number of runs after which a body is compiled. */
  @ParameterizedTest
  @ValueSource(ints = {1, 19, 20, 21, 22, 64})
  void scansHaveTheBitsOfTheLoopInJava(int steps) {
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      Tensor w = W.astype(dtype);
      Tensor xs = points(steps, dtype);
      List<Tensor> expected = inJava(w, xs);
      assertThat(scanned(w, xs)).isEqualTo(expected);
      Function<Tensor, List<Tensor>> compiled = jit((Tensor z) -> scanned(w, z));
      for (int call = 0; call < 3; call++) {
        assertThat(compiled.apply(xs)).isEqualTo(expected);
      }
      Tensor tangent = xs.mul(0.5).add(1);
      assertThat(jvp((Tensor z) -> scanned(w, z), xs, tangent).tangent())
          .isEqualTo(jvp((Tensor z) -> inJava(w, z), xs, tangent).tangent());
    }
  }

  @Test
  void derivativesHaveTheSameBitsEagerAndCompiled() {
    for (int steps : new int[] {3, 50}) {
      Tensor xs = points(steps, DType.FLOAT64);
      UnaryOperator<Tensor> gradient = grad(w -> total(scanned(w, xs)));
      Tensor expected = gradient.apply(W);
      UnaryOperator<Tensor> second = grad(w -> sum(sin(gradient.apply(w))));
      JitFunction<Tensor, Tensor> compiled = jit((Tensor w) -> gradient.apply(w));
      for (int call = 0; call < 25; call++) {
        assertThat(compiled.apply(W)).isEqualTo(expected);
      }
      assertThat(jit((Tensor w) -> second.apply(w)).apply(W)).isEqualTo(second.apply(W));
      Tensor ws = Shapes.stack(0, W, W.mul(0.5));
      Tensor lanes = vmap(gradient::apply, ws);
      assertThat(jit((Tensor w) -> vmap(gradient::apply, w)).apply(ws)).isEqualTo(lanes);
      assertThat(vmap(compiled, ws)).isEqualTo(lanes);
    }
  }

  @Test
  void longRunsOfTheTruthHaveTheDerivativeOfTheLoopInJava() {
    Tensor xs = points(40, DType.FLOAT64);
    double[] expected = grad((Tensor w) -> total(inJava(w, xs)), W).toArray();
    double[] actual = grad((Tensor w) -> total(scanned(w, xs)), W).toArray();
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .isCloseTo(
              expected[i],
              org.assertj.core.data.Offset.offset(1e-12 * (1 + Math.abs(expected[i]))));
    }
  }

  // ---- loops in loops ----

  /** A loop in a scan, whose body chooses. */
  private static Tensor nested(Tensor w, Tensor xs) {
    return scan(
            (Tensor state, Tensor x) -> {
              Tensor next =
                  foriLoop(
                      0,
                      4,
                      state,
                      (i, c) ->
                          cond(
                              gt(sum(c), 0.1),
                              c,
                              z -> tanh(matmul(z, w)).add(x),
                              z -> sin(z.mul(sum(w))).sub(x)));
              return new Scan<>(next, sum(next));
            },
            xs.get(0),
            xs)
        .ys();
  }

  private static Tensor nestedInJava(Tensor w, Tensor xs) {
    Tensor state = xs.get(0);
    List<Tensor> kept = new ArrayList<>();
    for (int i = 0; i < xs.shape().extent(0); i++) {
      for (int k = 0; k < 4; k++) {
        state =
            sum(state).toDouble() > 0.1
                ? tanh(matmul(state, w)).add(xs.get(i))
                : sin(state.mul(sum(w))).sub(xs.get(i));
      }
      kept.add(sum(state));
    }
    return Shapes.stack(0, kept.toArray(Tensor[]::new));
  }

  @Test
  void nestedLoopsWithDerivativesInsideAndOutside() {
    Tensor xs = points(30, DType.FLOAT64);
    assertThat(nested(W, xs)).isEqualTo(nestedInJava(W, xs));
    JitFunction<Tensor, Tensor> value = jit((Tensor w) -> nested(w, xs));
    UnaryOperator<Tensor> gradient = grad(w -> sum(sin(nested(w, xs))));
    JitFunction<Tensor, Tensor> outside = jit((Tensor w) -> gradient.apply(w));
    for (int call = 0; call < 3; call++) {
      assertThat(value.apply(W)).isEqualTo(nestedInJava(W, xs));
      assertThat(outside.apply(W)).isEqualTo(gradient.apply(W));
    }
    // descent, whose step is a derivative of a scan
    Function<Tensor, Tensor> descent =
        w -> foriLoop(0, 25, w, (i, c) -> c.sub(gradient.apply(c).mul(1e-3)));
    Tensor reached = W;
    for (int i = 0; i < 25; i++) {
      reached = reached.sub(gradient.apply(reached).mul(1e-3));
    }
    assertThat(descent.apply(W)).isEqualTo(reached);
    assertThat(jit(descent).apply(W)).isEqualTo(reached);
    UnaryOperator<Tensor> both = grad(w -> sum(descent.apply(w)));
    assertThat(jit((Tensor w) -> both.apply(w)).apply(W)).isEqualTo(both.apply(W));
  }

  @Test
  void whileLoopsHaveTheBitsOfTheLoopInJava() {
    Function<Tensor, Tensor> f =
        x -> whileLoop(x, c -> lt(sum(c), 40), c -> c.mul(1.05).add(exp(x).mul(1e-3)));
    Tensor x = tensor(0.1, 0.2, 0.3);
    Tensor expected = x;
    int steps = 0;
    while (sum(expected).toDouble() < 40) {
      expected = expected.mul(1.05).add(exp(x).mul(1e-3));
      steps++;
    }
    assertThat(steps).isGreaterThan(60);
    assertThat(f.apply(x)).isEqualTo(expected);
    JitFunction<Tensor, Tensor> compiled = jit(f);
    assertThat(compiled.apply(x)).isEqualTo(expected);
    assertThat(compiled.apply(x)).isEqualTo(expected);
    Tensor v = tensor(1, -1, 2);
    assertThat(jit((Tensor z) -> jvp(f, z, v).tangent()).apply(x))
        .isEqualTo(jvp(f, x, v).tangent());
    Tensor lanes = Shapes.stack(0, x, x.mul(3), x.mul(20));
    assertThat(jit((Tensor z) -> vmap(f, z)).apply(lanes)).isEqualTo(vmap(f, lanes));
  }

  // ---- what is kept ----

  @Test
  void carriesAndSlicesThatPassThroughAreNotWrittenOver() {
    Tensor xs = points(60, DType.FLOAT64);
    // the carry is the last slice but one; what is kept is a slice, a view and a captured value
    Function<Tensor, Scan<List<Tensor>, List<Tensor>>> f =
        z ->
            scan(
                (List<Tensor> c, Tensor x) ->
                    new Scan<>(
                        List.of(x, c.get(0).reshape(3)), List.of(c.get(1), x.reshape(1, 3), W)),
                List.of(z.get(0), z.get(0)),
                z);
    for (Function<Tensor, Scan<List<Tensor>, List<Tensor>>> g : List.of(f, jit(f))) {
      Scan<List<Tensor>, List<Tensor>> result = g.apply(xs);
      assertThat(result.carry()).containsExactly(xs.get(59), xs.get(58));
      assertThat(result.ys().get(0).get(59)).isEqualTo(xs.get(57));
      assertThat(result.ys().get(1)).isEqualTo(xs.reshape(60, 1, 3));
      assertThat(result.ys().get(2).get(30)).isEqualTo(W);
    }
  }

  @Test
  void capturedValuesOfOneRunDoNotReachTheNext() {
    JitFunction<Tensor, Tensor> f =
        jit((Tensor w) -> foriLoop(0, 30, w, (i, c) -> tanh(c.mul(w).add(sum(w)))));
    for (int call = 0; call < 4; call++) {
      Tensor w = W.mul(call + 1);
      Tensor expected = w;
      for (int i = 0; i < 30; i++) {
        expected = tanh(expected.mul(w).add(sum(w)));
      }
      assertThat(f.apply(w)).isEqualTo(expected);
    }
  }

  @Test
  void threadsShareOneCompiledLoop() {
    Tensor xs = points(40, DType.FLOAT64);
    JitFunction<Tensor, Tensor> f = jit((Tensor w) -> nested(w, xs));
    List<Tensor> ws = IntStream.range(0, 16).mapToObj(i -> W.mul(0.5 + 0.1 * i)).toList();
    List<Tensor> expected = ws.stream().map(w -> nestedInJava(w, xs)).toList();
    assertThat(ws.parallelStream().map(f).toList()).isEqualTo(expected);
    assertThat(ws.parallelStream().map(f).toList()).isEqualTo(expected);
  }

  // ---- compiled when it pays, and once ----

  /** A failure in a compiled program says so; before, the body is not compiled. */
  @Test
  void bodiesAreCompiledOnceTheyRanOften() {
    assertThatThrownBy(() -> takenUpTo(20, 5))
        .isInstanceOf(IndexException.class)
        .satisfies(failure -> assertThat(failure.getSuppressed()).isEmpty());
    assertThatThrownBy(() -> takenUpTo(60, 50))
        .isInstanceOf(IndexException.class)
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed()[0])
                    .hasMessageContaining("in the compiled program"));
  }

  private static Tensor takenUpTo(int steps, int extent) {
    Tensor table = linspace(0, 1, extent);
    return foriLoop(0, steps, scalar(0), (i, c) -> c.add(Indexing.take(table, i, 0)));
  }

  /** The inner loop is short: only by what it keeps between outer steps is it ever compiled. */
  @Test
  void innerLoopsKeepWhatTheyCompiled() {
    Tensor table = linspace(0, 1, 50);
    assertThatThrownBy(
            () ->
                foriLoop(
                    0,
                    15,
                    scalar(0),
                    (i, c) ->
                        foriLoop(
                            0, 4, c, (k, d) -> d.add(Indexing.take(table, i.mul(4).add(k), 0)))))
        .isInstanceOf(IndexException.class)
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .anySatisfy(
                        inner ->
                            assertThat(inner)
                                .hasMessageContaining("in the compiled program, at take")));
  }

  @Test
  void bodiesAreRecordedOnce() {
    AtomicInteger recorded = new AtomicInteger();
    JitFunction<Tensor, Tensor> f =
        jit(
            (Tensor w) ->
                foriLoop(
                    0,
                    100,
                    w,
                    (i, c) -> {
                      recorded.incrementAndGet();
                      return sin(c).mul(w);
                    }));
    for (int call = 0; call < 5; call++) {
      f.apply(W);
    }
    assertThat(recorded).hasValue(1);
  }

  @Test
  void whoLooksForNansSeesEveryOperationOfCompiledBodies() {
    JitFunction<Tensor, Tensor> f =
        jit((Tensor w) -> foriLoop(0, 50, w, (i, c) -> c.mul(2).sub(c.mul(1e300))));
    f.apply(tensor(1, 2));
    assertThatThrownBy(() -> Debugging.debugNans(() -> f.apply(tensor(1, 2))))
        .isInstanceOf(NanException.class)
        .hasMessageContaining("sub of");
  }

  /** Loops are equal when their programs are, so that one that is said twice runs once. */
  @Test
  void equalLoopsAreOne() {
    Tensor xs = points(5, DType.FLOAT64);
    Function<Tensor, Tensor> twice = w -> nested(w, xs).add(nested(w, xs));
    assertThat(makeProgram(twice, W).equations().stream().map(e -> e.primitive().label()))
        .containsOnlyOnce("scan");
    Function<Tensor, Tensor> different =
        w -> nested(w, xs).add(scan((Tensor c, Tensor x) -> new Scan<>(c, sum(x)), w, xs).ys());
    assertThat(makeProgram(different, W).equations().stream().map(e -> e.primitive().label()))
        .filteredOn("scan"::equals)
        .hasSize(2);
  }
}
