package dini.functional;

import static dini.core.Elementwise.clip;
import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.log;
import static dini.core.Elementwise.sigmoid;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.stopGradient;
import static dini.core.Products.matmul;
import static dini.core.Reductions.norm;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Checks.checkGrads;
import static dini.functional.Checks.checkRule;
import static dini.functional.ControlFlow.scan;
import static dini.functional.CustomDerivatives.customGradient;
import static dini.functional.CustomDerivatives.customJvp;
import static dini.functional.CustomDerivatives.customLinearSolve;
import static dini.functional.CustomDerivatives.customVjp;
import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Jacobians.jacrev;
import static dini.functional.Jit.jit;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.vjp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.linalg.LinearAlgebra;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Rules take the place of derivatives, in every mode and nesting. */
class CustomDerivativesTest {
  private static final Tensor X = tensor(0.3, -1.2, 2.5);
  private static final Tensor V = tensor(1, 0.5, -2);

  /** Three times the derivative of the sine, so that the rule shows. */
  private static final Function<Tensor, Tensor> TRIPLED =
      customJvp(x -> sin(x), (x, t) -> new Jvp<>(sin(x), cos(x).mul(t).mul(3)));

  /** The same as a pullback. */
  private static final Function<Tensor, Tensor> TRIPLED_BACK =
      customVjp(
          x -> sin(x), x -> new WithAux<>(sin(x), cos(x)), (cosine, ct) -> ct.mul(cosine).mul(3));

  private static final Function<Tensor, Tensor> TRIPLED_GRADIENT =
      customGradient(
          x -> {
            Tensor cosine = cos(x);
            return new Vjp<>(sin(x), ct -> ct.mul(cosine).mul(3));
          });

  private static final List<Function<Tensor, Tensor>> ALL =
      List.of(TRIPLED, TRIPLED_BACK, TRIPLED_GRADIENT);

  private static double[] tripledCosine() {
    return cos(X).mul(3).toArray();
  }

  @Test
  void valueIsThatOfTheFunction() {
    for (Function<Tensor, Tensor> f : ALL) {
      assertThat(f.apply(X)).isEqualTo(sin(X));
      assertThat(vmap(f, X)).isEqualTo(sin(X));
      assertThat(jvp(f, X, V).value()).isEqualTo(sin(X));
      assertThat(vjp(f, X).value()).isEqualTo(sin(X));
    }
  }

  @Test
  void derivativeIsThatOfTheRuleInBothModes() {
    for (Function<Tensor, Tensor> f : ALL) {
      assertNear(grad(x -> sum(f.apply(x)), X), tripledCosine());
      assertNear(jvp(f, X, V).tangent(), cos(X).mul(3).mul(V).toArray());
      Linearized<Tensor, Tensor> linearized = linearize(f, X);
      assertNear(linearized.map().apply(V), cos(X).mul(3).mul(V).toArray());
      assertNear(linearized.map().transpose().apply(V), cos(X).mul(3).mul(V).toArray());
      assertNear(jacfwd(f, X), jacrev(f, X).toArray());
    }
  }

  @Test
  void higherOrdersAreThoseOfTheRule() {
    double[] second = sin(X).mul(-3).toArray();
    for (Function<Tensor, Tensor> f : ALL) {
      UnaryOperator<Tensor> gradient = grad(x -> sum(f.apply(x)));
      assertNear(grad(x -> sum(gradient.apply(x)), X), second);
      assertNear(jvp(gradient::apply, X, X.mul(0).add(1)).tangent(), second);
      assertNear(grad(x -> sum(jvp(f, x, x.mul(0).add(1)).tangent()), X), second);
    }
  }

  @Test
  void rulesHoldUnderVmapInAllOrders() {
    for (Function<Tensor, Tensor> f : ALL) {
      assertNear(vmap(x -> grad(f::apply, x), X), tripledCosine());
      assertNear(grad(x -> sum(vmap(f, x)), X), tripledCosine());
      assertNear(jvp((Tensor x) -> vmap(f, x), X, V).tangent(), cos(X).mul(3).mul(V).toArray());
      assertNear(grad(x -> sum(vmap(y -> vmap(f, y), x.reshape(3, 1))), X), tripledCosine());
    }
  }

  @Test
  void rulesHoldInProgramsAndLoops() {
    for (Function<Tensor, Tensor> f : ALL) {
      assertThat(makeProgram(f, X).toString()).contains("custom");
      assertThat(makeProgram((Tensor x) -> vmap(f, x), X).toString()).contains("custom");
      Function<Tensor, Tensor> looped =
          x -> ControlFlow.scan((c, y) -> new Scan<>(c, f.apply(y)), scalar(0), x).ys();
      assertNear(grad(x -> sum(looped.apply(x)), X), tripledCosine());
      assertNear(jvp(looped, X, V).tangent(), cos(X).mul(3).mul(V).toArray());
      Function<Tensor, Tensor> lanes =
          x ->
              ControlFlow.scan((c, y) -> new Scan<>(c, vmap(f, y)), scalar(0), x.reshape(1, 3))
                  .ys();
      assertNear(grad(x -> sum(lanes.apply(x)), X), tripledCosine());
      assertNear(vmap(x -> grad(y -> sum(looped.apply(y.reshape(1))), x), X), tripledCosine());
    }
  }

  @Test
  void rulesHoldInSinglePrecision() {
    Tensor x = X.astype(DType.FLOAT32);
    for (Function<Tensor, Tensor> f : ALL) {
      Tensor gradient = grad(z -> sum(f.apply(z)), x);
      assertThat(gradient.dtype()).isEqualTo(DType.FLOAT32);
      assertNear(1e-6, gradient, tripledCosine());
    }
  }

  @Test
  void aRuleMayBeTheTruthInAStableForm() {
    Function<Tensor, Tensor> naive = x -> log(exp(x).add(1));
    Function<Tensor, Tensor> stable =
        customJvp(naive, (x, t) -> new Jvp<>(naive.apply(x), t.mul(sigmoid(x))));
    checkRule(stable, naive, X);
    checkGrads(stable, X, 2);
    assertThat(grad(stable::apply, scalar(800)).toDouble()).isEqualTo(1);
  }

  @Test
  void functionsMayReadValuesAndBranchOnThem() {
    Function<Tensor, Tensor> f =
        customJvp(
            x -> x.toDouble() > 0 ? x : x.mul(0),
            (x, t) -> new Jvp<>(x, x.toDouble() > 0 ? t.mul(5) : t.mul(7)));
    assertThat(grad(f::apply, scalar(2)).toDouble()).isEqualTo(5);
    assertThat(grad(f::apply, scalar(-2)).toDouble()).isEqualTo(7);
  }

  @Test
  void treesAndLeavesWithoutDerivative() {
    Function<Map<String, Tensor>, List<Tensor>> f =
        customVjp(
            m -> List.of(m.get("a").mul(m.get("b")), m.get("n")),
            m -> new WithAux<>(List.of(m.get("a").mul(m.get("b")), m.get("n")), m),
            (m, ct) ->
                Map.of(
                    "a", ct.get(0).mul(m.get("b")).mul(10),
                    "b", ct.get(0).mul(m.get("a")),
                    "n", m.get("n")));
    Map<String, Tensor> at = Map.of("a", scalar(2), "b", scalar(3), "n", ints(4));
    Map<String, Tensor> gradient = grad((Map<String, Tensor> m) -> f.apply(m).get(0), at);
    assertThat(gradient).containsEntry("a", scalar(30)).containsEntry("b", scalar(2));
    assertThat(gradient.get("n")).isEqualTo(ints(0));
    assertThat(f.apply(at).get(1)).isEqualTo(ints(4));
  }

  @Test
  void aPullbackThatIsNotLinearServesReverseModeAlone() {
    Function<Tensor, Tensor> clipped =
        customVjp(x -> x, x -> new WithAux<>(x, List.of()), (_, ct) -> clip(ct, -1, 1));
    assertThat(grad(x -> sum(clipped.apply(x).mul(V)), X)).isEqualTo(tensor(1, 0.5, -1));
    UnaryOperator<Tensor> gradient = grad(y -> clipped.apply(y).mul(5));
    Tensor mapped = vmap(gradient, X);
    assertThat(mapped).isEqualTo(tensor(1, 1, 1));
    assertThatThrownBy(() -> jvp(clipped, X, V))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("customVjp: forward mode")
        .hasMessageContaining("customJvp");
  }

  @Test
  void whatIsCapturedWithADerivativeIsRefused() {
    assertThatThrownBy(
            () ->
                grad(
                    w ->
                        sum(
                            customJvp(
                                    (Tensor x) -> x.mul(w), (x, t) -> new Jvp<>(x.mul(w), t.mul(w)))
                                .apply(w.mul(2))),
                    X))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("customJvp")
        .hasMessageContaining("captured");
    Tensor constant =
        grad(
            w -> {
              Tensor fixed = stopGradient(w);
              return sum(
                  customJvp(
                          (Tensor x) -> x.mul(fixed),
                          (x, t) -> new Jvp<>(x.mul(fixed), t.mul(fixed)))
                      .apply(w));
            },
            X);
    assertThat(constant).isEqualTo(X);
  }

  @Test
  void wrongRulesAreRefused() {
    Function<Tensor, Tensor> shape = customJvp(x -> x, (x, t) -> new Jvp<>(x, sum(t)));
    assertThatThrownBy(() -> jvp(shape, X, V))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("f64[]")
        .hasMessageContaining("f64[3]");
    Function<Tensor, Tensor> nothing = customJvp(x -> x, (x, t) -> null);
    assertThatThrownBy(() -> jvp(nothing, X, V)).isInstanceOf(TreeException.class);
    Function<Tensor, Tensor> back = customVjp(x -> x, x -> new WithAux<>(x, x), (x, ct) -> sum(ct));
    assertThatThrownBy(() -> grad(x -> sum(back.apply(x)), X))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("pullback");
  }

  // ---- laws ----

  @Test
  void checkRuleFindsWrongRules() {
    assertThatThrownBy(() -> checkRule(TRIPLED, X))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("order 1 by forward")
        .hasMessageContaining("seed 0");
    Function<Tensor, Tensor> curved =
        customJvp(x -> sin(x), (x, t) -> new Jvp<>(sin(x), cos(x).mul(t).add(t.mul(t).mul(1e-7))));
    assertThatThrownBy(() -> checkRule(curved, X))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("linear in the direction");
    Function<Tensor, Tensor> value =
        customJvp(x -> sin(x), (x, t) -> new Jvp<>(sin(x).add(1e-6), cos(x).mul(t)));
    assertThatThrownBy(() -> checkRule(value, X))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("value under jvp");
    Function<Tensor, Tensor> right =
        customJvp(x -> sin(x), (x, t) -> new Jvp<>(sin(x), cos(x).mul(t)));
    checkRule(right, x -> sin(x), X);
    assertThatThrownBy(() -> checkRule(right, x -> sin(x).add(1e-3), X))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("reference");
  }

  // ---- linear systems ----

  private static final Tensor A =
      tensor(new double[][] {{2, 0.3, 0}, {0.1, 1.5, 0.2}, {0, 0.4, 1}});

  private static final BiFunction<UnaryOperator<Tensor>, Tensor, Tensor> RICHARDSON =
      (map, b) -> {
        Tensor x = b;
        for (int i = 0; i < 200 && norm(b.sub(map.apply(x))).toDouble() > 1e-15; i++) {
          x = x.add(b.sub(map.apply(x)).mul(0.5));
        }
        return x;
      };

  private static Tensor solved(Tensor a, Tensor b) {
    return customLinearSolve(z -> matmul(a, z), b, RICHARDSON, RICHARDSON);
  }

  @Test
  void linearSolveHasTheDerivativesOfTheSolution() {
    assertNear(solved(A, X), LinearAlgebra.solve(A, X).toArray());
    Function<List<Tensor>, Tensor> own = p -> solved(p.get(0), p.get(1));
    Function<List<Tensor>, Tensor> direct = p -> LinearAlgebra.solve(p.get(0), p.get(1));
    List<Tensor> at = List.of(A, X);
    List<Tensor> v = List.of(A.mul(A), V);
    assertNear(jvp(own, at, v).tangent(), jvp(direct, at, v).tangent().toArray());
    List<Tensor> gradient = vjp(own, at).pullback().apply(V);
    List<Tensor> expected = vjp(direct, at).pullback().apply(V);
    assertNear(gradient.get(0), expected.get(0).toArray());
    assertNear(gradient.get(1), expected.get(1).toArray());
    checkGrads(own, at, 2);
  }

  @Test
  void linearSolveUnderVmapAndInPrograms() {
    Tensor rights = tensor(new double[][] {{1, 2, 3}, {-1, 0.5, 2}});
    Tensor mapped = vmap(b -> solved(A, b), rights);
    assertNear(mapped, vmap(b -> LinearAlgebra.solve(A, b), rights).toArray());
    Tensor none = vmap(b -> solved(A, b), Tensors.zeros(0, 3));
    assertThat(none.shape().toArray()).containsExactly(0, 3);
    assertThat(makeProgram((Tensor b) -> solved(A, b), X).toString()).contains("customLinearSolve");
  }

  @Test
  void linearSolveRefusesMapsThatChangeTheTree() {
    assertThatThrownBy(() -> customLinearSolve(z -> sum(z), X, RICHARDSON, RICHARDSON))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("customLinearSolve: the map");
    assertThatThrownBy(() -> customLinearSolve(z -> z, X, (m, b) -> sum(b), RICHARDSON))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("the solver");
  }

  private static Function<Tensor, Tensor> times(Tensor w) {
    return customJvp(x -> x.mul(w), (x, t) -> new Jvp<>(x.mul(w), t.mul(w)));
  }

  private static Function<Tensor, Tensor> timesBack(Tensor w) {
    return customVjp(x -> x.mul(w), x -> new WithAux<>(x.mul(w), w), (v, ct) -> ct.mul(v));
  }

  /** The argument belongs to the outer derivative, the capture to the inner one. */
  @Test
  void whatIsCapturedOfAnInnerDerivativeIsRefused() {
    List<Function<Tensor, Function<Tensor, Tensor>>> kinds =
        List.of(CustomDerivativesTest::times, CustomDerivativesTest::timesBack);
    for (Function<Tensor, Function<Tensor, Tensor>> by : kinds) {
      assertRefused(() -> grad(y -> grad(w -> by.apply(w).apply(y), scalar(2)), scalar(3)));
      assertRefused(
          () -> vmap(z -> grad(y -> grad(w -> by.apply(w).apply(y), scalar(2)), z), tensor(3, 4)));
      assertRefused(() -> makeProgram(y -> grad(w -> by.apply(w).apply(y), scalar(2)), scalar(3)));
    }
    assertRefused(
        () ->
            jvp(
                (Tensor y) -> jvp((Tensor w) -> times(w).apply(y), scalar(2), scalar(1)).tangent(),
                scalar(3),
                scalar(1)));
  }

  @Test
  void whatIsCapturedOfABodyIsRefused() {
    Tensor xs = tensor(2, 3);
    // of the body that the argument belongs to too, it is an operand like the argument
    assertThat(
            scan((Tensor c, Tensor x) -> new Scan<>(times(x).apply(c), c), scalar(1), xs).carry())
        .isEqualTo(scalar(6));
    assertRefused(
        () ->
            grad(
                y ->
                    scan(
                            (Tensor c, Tensor x) -> new Scan<>(c.add(times(x).apply(y)), c),
                            scalar(0),
                            xs)
                        .carry(),
                scalar(3)));
    assertRefused(() -> makeProgram(y -> vmap(w -> times(w).apply(y), xs), scalar(3)));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("must be passed as an argument; it captured");
  }

  /** Lanes that are captured are no derivative, and stay lanes. */
  @Test
  void capturedLanesOfAnInnerMapCount() {
    Tensor summed = grad(y -> sum(vmap(w -> times(w).apply(y), tensor(2, 5))), scalar(3));
    assertThat(summed).isEqualTo(scalar(7));
    Tensor inner = vmap(y -> grad(w -> times(w).apply(y), scalar(2)), tensor(3, 4));
    assertThat(inner).isEqualTo(tensor(3, 4));
  }

  // ---- rules that do not fit ----

  private static void assertMisfit(ThrowingCallable call, String label, String came, String is) {
    assertThatThrownBy(call)
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining(label + ": the rule gave a value " + came)
        .hasMessageContaining("where the function gives " + is);
  }

  /** The function itself is not run by the derivative, so it would not be noticed. */
  @Test
  void aRuleWhoseValueIsNotLikeThatOfTheFunctionIsRefused() {
    Function<Tensor, Tensor> shape =
        customJvp(x -> x.mul(2), (x, t) -> new Jvp<>(sum(x), sum(t).mul(2)));
    Function<Tensor, Tensor> back =
        customVjp(x -> x.mul(2), x -> new WithAux<>(sum(x), x), (x, ct) -> x.mul(ct));
    for (Function<Tensor, Tensor> f : List.of(shape, back)) {
      String label = f == shape ? "customJvp" : "customVjp";
      assertMisfit(() -> grad(x -> sum(f.apply(x)), X), label, "f64[]", "f64[3]");
      assertMisfit(() -> jvp(f, X, V), label, "f64[]", "f64[3]");
      assertMisfit(
          () -> jit((Tensor z) -> grad(x -> sum(f.apply(x)), z)).apply(X),
          label,
          "f64[]",
          "f64[3]");
      assertMisfit(() -> grad(x -> sum(jit(f).apply(x)), X), label, "f64[]", "f64[3]");
      Tensor rows = Shapes.stack(0, X, V);
      assertMisfit(
          () -> vmap((Tensor z) -> grad(x -> sum(f.apply(x)), z), rows), label, "f64[]", "f64[3]");
      assertMisfit(() -> grad(x -> sum(vmap(f, x)), rows), label, "f64[]", "f64[3]");
      assertMisfit(
          () ->
              grad(x -> sum(scan((Tensor c, Tensor y) -> new Scan<>(c, f.apply(c)), x, V).ys()), X),
          label,
          "f64[]",
          "f64[3]");
      assertThat(f.apply(X)).isEqualTo(X.mul(2));
    }
    Function<Tensor, Tensor> dtype =
        customJvp(
            x -> x.mul(2), (x, t) -> new Jvp<>(x.astype(DType.FLOAT32), t.astype(DType.FLOAT32)));
    assertMisfit(() -> jvp(dtype, X, V), "customJvp", "f32[3]", "f64[3]");
    Function<Tensor, Tensor> cotangent =
        customVjp(
            x -> x.mul(2), x -> new WithAux<>(x.mul(2), x), (x, ct) -> ct.astype(DType.FLOAT32));
    assertThatThrownBy(() -> grad(x -> sum(cotangent.apply(x)), X))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("customVjp: the pullback gave f32[3]")
        .hasMessageContaining("f64[3]");
    Function<Tensor, Object> structure =
        CustomDerivatives.<Tensor, Object>customJvp(
            x -> x, (x, t) -> new Jvp<>(List.of(x), List.of(t)));
    assertThatThrownBy(() -> jvp(structure, X, V))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("customJvp: the rule's value");
  }

  // ---- captures of the function alone ----

  /** x w, with a rule that takes w for the number 2. */
  private static List<Function<Tensor, Tensor>> unawareOf(Tensor w) {
    return List.of(
        customJvp(x -> x.mul(w), (x, t) -> new Jvp<>(x.mul(2), t.mul(2))),
        customVjp(x -> x.mul(w), x -> new WithAux<>(x.mul(2), x), (x, ct) -> ct.mul(2)));
  }

  @Test
  void whatOnlyTheFunctionCapturesWithADerivativeIsRefused() {
    Tensor two = scalar(2);
    for (int kind : new int[] {0, 1}) {
      Function<Tensor, Function<Tensor, Tensor>> by = w -> unawareOf(w).get(kind);
      // captured of the same derivative, of an inner one, and of an outer one
      assertRefusedWithoutRule(() -> grad(w -> by.apply(w).apply(w.mul(3)), two));
      assertRefusedWithoutRule(() -> grad(y -> grad(w -> by.apply(w).apply(y), two), scalar(3)));
      assertRefusedWithoutRule(() -> grad(w -> grad(y -> by.apply(w).apply(y), scalar(3)), two));
      assertRefusedWithoutRule(
          () -> jit((Tensor v) -> grad(w -> by.apply(w).apply(w.mul(3)), v)).apply(two));
      assertRefusedWithoutRule(
          () -> vmap((Tensor v) -> grad(w -> by.apply(w).apply(w.mul(3)), v), X));
      // in silence it was 2, the derivative of the rule alone
      assertThat(grad(y -> by.apply(two).apply(y), scalar(3))).isEqualTo(two);
      assertThat(grad(w -> by.apply(stopGradient(w)).apply(w.mul(3)), two)).isEqualTo(scalar(6));
      assertThat(grad(w -> by.apply(w).apply(scalar(3)), two)).isEqualTo(scalar(3));
      assertThat(vmap((Tensor w) -> grad(y -> by.apply(w).apply(y), scalar(3)), X))
          .isEqualTo(ones(3).mul(2));
    }
    assertRefusedWithoutRule(
        () -> jvp((Tensor w) -> unawareOf(w).getFirst().apply(w.mul(3)), two, scalar(1)));
  }

  private static void assertRefusedWithoutRule(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("since the rule does not use it")
        .hasMessageContaining("passed as an argument");
  }

  /** The rule is one of an inner derivative; the outer one goes through it. */
  @Test
  void whatTheRuleTreatsOfAnOuterDerivativeKeepsIt() {
    Function<Tensor, Tensor> same = w -> grad(y -> times(w).apply(y), scalar(3)).mul(w);
    assertThat(grad(same, scalar(2))).isEqualTo(scalar(4));
    Function<Tensor, Tensor> inItsPlace =
        w -> {
          Tensor square = w.mul(w);
          Function<Tensor, Tensor> f =
              customJvp(x -> x.mul(w).mul(w), (x, t) -> new Jvp<>(x.mul(square), t.mul(square)));
          return grad(y -> f.apply(y), scalar(3));
        };
    assertThat(grad(inItsPlace, scalar(2))).isEqualTo(scalar(4));
  }

  @Test
  void theFunctionRunsBeforeItsRuleOnlyTheFirstTime() {
    AtomicInteger runs = new AtomicInteger();
    Function<Tensor, Tensor> f =
        customJvp(
            x -> {
              runs.incrementAndGet();
              return sin(x);
            },
            (x, t) -> new Jvp<>(sin(x), t.mul(cos(x))));
    for (int i = 0; i < 5; i++) {
      grad(x -> sum(f.apply(x)), X);
    }
    assertThat(runs).hasValue(1);
    grad(f::apply, scalar(1));
    assertThat(runs).hasValue(2);
  }

  @Test
  void theWatchForNansSeesTheRuleAlone() {
    Function<Tensor, Tensor> stable =
        customJvp(x -> exp(x).div(exp(x)), (x, t) -> new Jvp<>(ones(3), t.mul(0)));
    Tensor large = X.mul(0).add(1000);
    assertThat(Debugging.debugNans(() -> grad(x -> sum(stable.apply(x)), large)))
        .isEqualTo(Tensors.zeros(3));
  }
}
