package dini.functional;

import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.stopGradient;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.CustomDerivatives.customGradient;
import static dini.functional.CustomDerivatives.customJvp;
import static dini.functional.CustomDerivatives.customVjp;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.linearTranspose;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TracerException;
import dini.core.compile.Executable;
import dini.core.trace.Staging;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Functions with derivatives of their own in programs: values without calls, derivatives by rule.
 */
class CompiledCustomFunctionsTest {
  private static final Tensor X = tensor(0.5, -1, 2);

  /** The derivatives are three times those of the sine, to be told from them. */
  private static Function<Tensor, Tensor> byTangent(AtomicInteger calls) {
    return customJvp(
        x -> {
          calls.incrementAndGet();
          return sin(x);
        },
        (x, t) -> new Jvp<>(sin(x), cos(x).mul(t).mul(3)));
  }

  private static Function<Tensor, Tensor> byPullback(AtomicInteger calls) {
    return customVjp(
        x -> {
          calls.incrementAndGet();
          return sin(x);
        },
        x -> new WithAux<>(sin(x), cos(x)),
        (cosine, ct) -> ct.mul(cosine).mul(3));
  }

  private static Function<Tensor, Tensor> byBoth(AtomicInteger calls) {
    return customGradient(
        x -> {
          calls.incrementAndGet();
          return new Vjp<>(sin(x), ct -> ct.mul(cos(x)).mul(3));
        });
  }

  private static List<Function<Tensor, Tensor>> all(AtomicInteger calls) {
    return List.of(byTangent(calls), byPullback(calls), byBoth(calls));
  }

  private static int steps(Function<Tensor, Tensor> f) {
    return Executable.of(
            Staging.stage(
                leaves -> new Tensor[] {f.apply(leaves[0])}, List.<TensorType>of(X.type())))
        .stepCount();
  }

  @Test
  void compiledProgramsDoNotCall() {
    AtomicInteger calls = new AtomicInteger();
    for (Function<Tensor, Tensor> f : all(calls)) {
      Function<Tensor, Tensor> g = x -> exp(f.apply(x.mul(2)).mul(3));
      assertThat(steps(g)).isEqualTo(steps(x -> exp(sin(x.mul(2)).mul(3))));
      JitFunction<Tensor, Tensor> compiled = jit(g);
      assertThat(compiled.apply(X)).isEqualTo(g.apply(X));
      int before = calls.get();
      Tensor again = compiled.apply(X.mul(2));
      assertThat(calls).hasValue(before);
      assertThat(again).isEqualTo(g.apply(X.mul(2)));
    }
  }

  @Test
  void whatTheyShareWithTheRestIsComputedOnce() {
    AtomicInteger calls = new AtomicInteger();
    for (Function<Tensor, Tensor> f : all(calls)) {
      assertThat(steps(x -> f.apply(x).add(sin(x)).add(f.apply(x))))
          .isEqualTo(steps(x -> sin(x).add(sin(x)).add(sin(x))));
    }
  }

  @Test
  void derivativesOfProgramsAreThoseOfTheRule() {
    AtomicInteger calls = new AtomicInteger();
    double[] tripled = cos(X).mul(3).toArray();
    for (Function<Tensor, Tensor> f : all(calls)) {
      Staged<Tensor, Tensor> staged = Staged.of(f, X);
      assertThat(grad((Tensor x) -> sum(staged.apply(x)), X).toArray()).containsExactly(tripled);
      assertThat(jit((Tensor x) -> grad((Tensor z) -> sum(f.apply(z)), x)).apply(X).toArray())
          .containsExactly(tripled);
      assertThat(vmap(staged, tensor(1, 2, 3, 4, 5, 6).reshape(2, 3)))
          .isEqualTo(sin(tensor(1, 2, 3, 4, 5, 6).reshape(2, 3)));
    }
  }

  @Test
  void functionsInsideFunctionsAndLoops() {
    AtomicInteger calls = new AtomicInteger();
    for (Function<Tensor, Tensor> inner : all(calls)) {
      Function<Tensor, Tensor> outer =
          customJvp(x -> inner.apply(inner.apply(x)), (x, t) -> new Jvp<>(sin(sin(x)), t.mul(7)));
      assertThat(steps(outer)).isEqualTo(2);
      assertThat(jit(outer).apply(X)).isEqualTo(sin(sin(X)));
      Function<Tensor, Tensor> looped =
          x -> ControlFlow.foriLoop(0, 40, x, (i, c) -> outer.apply(c).mul(1.5));
      Tensor expected = X;
      for (int i = 0; i < 40; i++) {
        expected = sin(sin(expected)).mul(1.5);
      }
      assertThat(looped.apply(X)).isEqualTo(expected);
      assertThat(jit(looped).apply(X)).isEqualTo(expected);
      Function<Tensor, Tensor> lanes = x -> vmap(outer, x.reshape(3, 1)).reshape(3);
      assertThat(steps(lanes)).isEqualTo(steps(x -> sin(sin(x.reshape(3, 1))).reshape(3)));
      assertThat(jit(lanes).apply(X)).isEqualTo(sin(sin(X)));
    }
  }

  @Test
  void mayUseWhatTheRecordingComputes() {
    Function<Tensor, Tensor> f =
        x -> {
          Tensor scale = exp(x);
          return CustomDerivatives.<Tensor, Tensor>customJvp(
                  z -> z.mul(scale), (z, t) -> new Jvp<>(z, t))
              .apply(x.add(1));
        };
    assertThat(jit(f).apply(X)).isEqualTo(X.add(1).mul(exp(X)));
    assertThat(Staged.of(f, X).apply(X)).isEqualTo(X.add(1).mul(exp(X)));
    Tensor looped = ControlFlow.foriLoop(0, 3, X.mul(0.1), (i, c) -> f.apply(c));
    Tensor expected = X.mul(0.1);
    for (int i = 0; i < 3; i++) {
      expected = expected.add(1).mul(exp(expected));
    }
    assertThat(looped).isEqualTo(expected);
    // the rule says nothing of what was captured
    assertThatThrownBy(() -> grad((Tensor x) -> sum(Staged.of(f, X).apply(x)), X))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("captured a value that carries a derivative");
    Function<Tensor, Tensor> stopped =
        x -> {
          Tensor scale = exp(stopGradient(x));
          return CustomDerivatives.<Tensor, Tensor>customJvp(
                  z -> z.mul(scale), (z, t) -> new Jvp<>(z, t.mul(5)))
              .apply(x.add(1));
        };
    assertThat(grad((Tensor x) -> sum(Staged.of(stopped, X).apply(x)), X))
        .isEqualTo(ones(3).mul(5));
  }

  @Test
  void programsShowWhatTheFunctionComputes() {
    assertThat(makeProgram(byTangent(new AtomicInteger()), X).toString())
        .isEqualTo(
            """
            { lambda ; a:f64[3] . let
                b:f64[3] = customJvp a
                    body = { lambda ; a:f64[3] . let
                      b:f64[3] = sin a
                    in ( b ) }
              in ( b ) }\
            """);
  }

  @Test
  void linearFunctionsAreTransposedByTheirProgram() {
    Tensor weights = tensor(2, 3, 5);
    Function<Tensor, Tensor> linear =
        customJvp(
            x -> x.mul(weights).add(x.mul(4)), (x, t) -> new Jvp<>(x.mul(weights), t.mul(100)));
    Function<Tensor, Tensor> transposed =
        linearTranspose((Tensor x) -> linear.apply(x.mul(2)), ones(3));
    assertThat(transposed.apply(X)).isEqualTo(X.mul(weights.add(4)).mul(2));
    Function<List<Tensor>, Tensor> partly =
        p ->
            CustomDerivatives.<List<Tensor>, Tensor>customJvp(
                    q -> q.get(0).mul(q.get(1)), (q, t) -> new Jvp<>(q.get(0), t.get(0)))
                .apply(p);
    assertThat(linearTranspose((Tensor x) -> partly.apply(List.of(weights, x)), ones(3)).apply(X))
        .isEqualTo(X.mul(weights));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> linearTranspose(byTangent(new AtomicInteger()), scalar(1)).apply(scalar(1)));
  }
}
