package dini.functional;

import static dini.core.Elementwise.cos;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customArgmin;
import static dini.functional.Implicit.customArgmin3;
import static dini.functional.Implicit.customArgmin4;
import static dini.functional.Implicit.customFixedPoint;
import static dini.functional.Implicit.customFixedPoint3;
import static dini.functional.Implicit.customFixedPoint4;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Implicit.customRoot3;
import static dini.functional.Implicit.customRoot4;
import static dini.functional.Implicit.rootJvp;
import static dini.functional.Implicit.rootVjp;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.grad3;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.neumann;
import static dini.linalg.LinearSolvers.normalCg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TreeException;
import dini.linalg.LinearSolver;
import dini.linalg.Policy;
import dini.linalg.UnsolvedException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The forms beside {@code customRoot}: fixed points, more arguments, roots that are known. */
class ImplicitFormsTest {
  private static final Tensor ONE = scalar(1);

  // ---- fixed points ----

  /** x = cos(t x), iterated. */
  private static final BiFunction<Tensor, Tensor, Tensor> COSINE = (x, t) -> cos(x.mul(t));

  private static <X, A> X iterate(BiFunction<X, A, X> map, X start, A theta) {
    X x = start;
    for (int i = 0; i < 300; i++) {
      x = map.apply(x, theta);
    }
    return x;
  }

  @Test
  void fixedPointHasTheDerivativesOfTheRoot() {
    Tensor t = scalar(0.8);
    BiFunction<Tensor, Tensor, Tensor> exact =
        customRoot((Tensor x, Tensor s) -> x.sub(cos(x.mul(s))), inv())
            .apply((init, s) -> iterate(COSINE, init, s));
    // dx/dt = -x sin(tx) / (1 + t sin(tx))
    double x = iterate(COSINE, ONE, t).toDouble();
    double sine = Math.sin(0.8 * x);
    double slope = -x * sine / (1 + 0.8 * sine);
    double second = grad(s -> grad(r -> exact.apply(ONE, r), s), t).toDouble();
    for (LinearSolver solver :
        List.<LinearSolver>of(inv(), cg(), normalCg(), neumann(200).withRtol(1e-13))) {
      BiFunction<Tensor, Tensor, Tensor> solve =
          customFixedPoint(COSINE, solver).apply((init, s) -> iterate(COSINE, init, s));
      assertNear(grad(s -> solve.apply(ONE, s), t), slope);
      assertNear(jvp((Tensor s) -> solve.apply(ONE, s), t, ONE).tangent(), slope);
      assertNear(grad(s -> grad(r -> solve.apply(ONE, r), s), t), second);
      assertNear(vmap(s -> grad(r -> solve.apply(ONE, r), s), tensor(0.8, 0.8)), slope, slope);
    }
  }

  @Test
  void descentStepSuitsConjugateGradientsAndTheSeries() {
    Tensor a = tensor(new double[][] {{3, 1}, {1, 2}});
    // x = A^-1 t, the minimum of x'Ax/2 - t'x by gradient descent
    BiFunction<Tensor, Tensor, Tensor> step = (x, t) -> x.sub(matmul(a, x).sub(t).mul(0.3));
    for (LinearSolver solver :
        List.<LinearSolver>of(cg(), neumann(400).withRtol(1e-13), normalCg(), inv())) {
      BiFunction<Tensor, Tensor, Tensor> solve =
          customFixedPoint(step, solver).apply((init, t) -> iterate(step, init, t));
      assertNear(
          Jacobians.jacrev((Tensor t) -> solve.apply(zeros(2), t), tensor(1, 2)).reshape(4),
          0.4,
          -0.2,
          -0.2,
          0.6);
    }
  }

  @Test
  void truncatedSeriesIsTheSumOfItsPowers() {
    // x = x/2 + t: dx/dt = 2, of which k terms give 2 - 2^(1-k); forward, reverse, second order
    BiFunction<Tensor, Tensor, Tensor> half = (x, t) -> x.mul(0.5).add(t.mul(t));
    for (int terms = 1; terms <= 5; terms++) {
      BiFunction<Tensor, Tensor, Tensor> solve =
          customFixedPoint(half, neumann(terms)).apply((init, t) -> t.mul(t).mul(2));
      double sum = 2 - Math.pow(2, 1 - terms);
      assertNear(grad(t -> solve.apply(ONE, t), scalar(3)), 6 * sum);
      assertNear(jvp((Tensor t) -> solve.apply(ONE, t), scalar(3), ONE).tangent(), 6 * sum);
      assertNear(grad(t -> grad(s -> solve.apply(ONE, s), t), scalar(3)), 2 * sum);
    }
    BiFunction<Tensor, Tensor, Tensor> tested =
        customFixedPoint(half, neumann(5).withRtol(1e-3)).apply((init, t) -> t.mul(t).mul(2));
    assertThatThrownBy(() -> grad(t -> tested.apply(ONE, t), scalar(3)))
        .isInstanceOf(UnsolvedException.class)
        .hasMessageContaining("neumann(5).withRtol(0.001)")
        .hasMessageContaining("MAX_STEPS");
  }

  /** An unknown with a count beside it. */
  public record Counted(Tensor x, Tensor count, String name) {}

  @Test
  void fixedPointsOfTrees() {
    BiFunction<Counted, Tensor, Counted> map =
        (z, t) -> new Counted(z.x().mul(0.5).add(t), z.count().add(1), z.name());
    BiFunction<Counted, Tensor, Counted> solve =
        customFixedPoint(map).apply((init, t) -> new Counted(t.mul(2), ints(7), "n"));
    Counted init = new Counted(scalar(0), ints(0), "n");
    assertNear(grad(t -> solve.apply(init, t).x(), scalar(3)), 2);
  }

  @Test
  void mapOfTheWrongTree() {
    BiFunction<Tensor, Tensor, Tensor> sums =
        customFixedPoint((Tensor x, Tensor t) -> sum(x.mul(t))).apply((init, t) -> init);
    assertThatThrownBy(() -> grad(t -> sum(sums.apply(zeros(2), t)), ONE))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "customFixedPoint: the map must return a tree like x, got f64[] where x has f64[2]");
    BiFunction<List<Tensor>, Tensor, List<Tensor>> lists =
        customFixedPoint((List<Tensor> x, Tensor t) -> List.of(t, t)).apply((init, t) -> init);
    assertThatThrownBy(() -> grad(t -> lists.apply(List.of(ONE), t).get(0), ONE))
        .isInstanceOf(TreeException.class)
        .hasMessageStartingWith("customFixedPoint: the map's result");
  }

  // ---- three and four arguments ----

  /** Static data of a problem. */
  public enum Kind {
    LINEAR,
    SQUARE
  }

  private static Tensor objective3(Tensor x, Tensor a, Tensor b) {
    // minimum at x = a b
    return x.sub(a.mul(b)).pow(2).sum();
  }

  @Test
  void threeArguments() {
    F3<Tensor, Tensor, Tensor, Tensor> stationary = grad3(ImplicitFormsTest::objective3);
    F3<Tensor, Tensor, Tensor, Tensor> step = (x, a, b) -> x.mul(0.5).add(a.mul(b).mul(0.5));
    F3<Tensor, Tensor, Tensor, Tensor> solver = (init, a, b) -> a.mul(b);
    List<F3<Tensor, Tensor, Tensor, Tensor>> all =
        List.of(
            customRoot3(stationary).apply(solver),
            customRoot3(stationary, cg()).apply(solver),
            customArgmin3(ImplicitFormsTest::objective3).apply(solver),
            customArgmin3(ImplicitFormsTest::objective3, cg()).apply(solver),
            customFixedPoint3(step).apply(solver),
            customFixedPoint3(step, neumann(60)).apply(solver));
    Tensor a = scalar(3);
    Tensor b = scalar(5);
    for (F3<Tensor, Tensor, Tensor, Tensor> solve : all) {
      assertThat(solve.apply(ONE, a, b)).isEqualTo(scalar(15));
      assertNear(grad(s -> solve.apply(ONE, s, b), a), 5);
      assertNear(grad(s -> solve.apply(ONE, a, s), b), 3);
      assertNear(grad(s -> solve.apply(ONE, s, s), a), 6);
      assertNear(grad(s -> solve.apply(s, a, b), ONE), 0);
      assertNear(grad(s -> grad(r -> solve.apply(ONE, r, s), a), b), 1);
      assertNear(vmap(s -> grad(r -> solve.apply(ONE, r, s), a), tensor(5, 7)), 5, 7);
    }
  }

  /** Two tensors. */
  public record Params(Tensor w, Tensor b) {}

  @Test
  void fourArgumentsOfAnyTree() {
    // x = w c + b, or its square
    F4<Tensor, Params, List<Tensor>, Kind, Tensor> stationary =
        (x, p, c, kind) -> {
          Tensor line = p.w().mul(c.get(0)).add(p.b());
          return x.sub(kind == Kind.SQUARE ? line.mul(line) : line);
        };
    F4<Tensor, Params, List<Tensor>, Kind, Tensor> solver =
        (init, p, c, kind) -> {
          double line = p.w().toDouble() * c.get(0).toDouble() + p.b().toDouble();
          return scalar(kind == Kind.SQUARE ? line * line : line);
        };
    Params p = new Params(scalar(2), scalar(1));
    List<Tensor> c = List.of(scalar(3));
    F4<Tensor, Params, List<Tensor>, Kind, Tensor> byRoot =
        customRoot4(stationary, inv()).apply(solver);
    F4<Tensor, Params, List<Tensor>, Kind, Tensor> byArgmin =
        customArgmin4(
                (Tensor x, Params q, List<Tensor> d, Kind kind) ->
                    stationary.apply(x, q, d, kind).pow(2))
            .apply(solver);
    F4<Tensor, Params, List<Tensor>, Kind, Tensor> byMap =
        customFixedPoint4(
                (Tensor x, Params q, List<Tensor> d, Kind kind) ->
                    x.sub(stationary.apply(x, q, d, kind)),
                cg())
            .apply(solver);
    for (F4<Tensor, Params, List<Tensor>, Kind, Tensor> solve : List.of(byRoot, byArgmin, byMap)) {
      Params g = grad(q -> solve.apply(ONE, q, c, Kind.SQUARE), p);
      assertNear(g.w(), 2 * 7 * 3);
      assertNear(g.b(), 2 * 7);
      assertNear(grad(d -> solve.apply(ONE, p, d, Kind.SQUARE), c).getFirst(), 2 * 7 * 2);
      assertNear(grad(d -> solve.apply(ONE, p, d, Kind.LINEAR), c).getFirst(), 2);
      assertNear(
          jvp((Params q) -> solve.apply(ONE, q, c, Kind.SQUARE), p, new Params(ONE, ONE)).tangent(),
          2 * 7 * 4);
    }
    assertThat(customRoot4(stationary)).hasToString("Root(auto())");
    assertThat(customArgmin4((Tensor x, Tensor a, Tensor b, Tensor d) -> x.mul(a), cg()))
        .hasToString("Root(cg(), [SYMMETRIC])");
  }

  @Test
  void policiesAndOtherOutputsOfMoreArguments() {
    Root3<Tensor, Tensor, Tensor> root = customRoot3((x, a, b) -> x.sub(a.mul(b)));
    F3<Tensor, Tensor, Tensor, WithAux<Tensor, String>> aux =
        root.withAux((init, a, b) -> new WithAux<>(a.mul(b), "done"));
    assertThat(aux.apply(ONE, scalar(2), scalar(3))).isEqualTo(new WithAux<>(scalar(6), "done"));
    assertNear(grad(s -> aux.apply(ONE, s, scalar(3)).value(), scalar(2)), 3);
    F3<Tensor, Tensor, Tensor, WithAux<Tensor, Tensor>> declared =
        root.withAux((init, a, b) -> new WithAux<>(a.mul(b), a), ONE);
    assertNear(vmap(s -> declared.apply(ONE, s, s).aux(), zeros(0)));
    assertThatThrownBy(
            () ->
                grad(
                    s ->
                        root.onResidual(Policy.THROW)
                            .apply((init, a, b) -> a)
                            .apply(ONE, s, scalar(3)),
                    scalar(2)))
        .isInstanceOf(NotARootException.class);
    int[] runs = {0};
    F3<Tensor, Tensor, Tensor, Tensor> once =
        root.batched()
            .apply(
                (init, a, b) -> {
                  runs[0]++;
                  return a.mul(b);
                });
    assertNear(vmap(s -> once.apply(ONE, s, scalar(3)), tensor(1, 2)), 3, 6);
    assertThat(runs[0]).isEqualTo(1);

    Root4<Tensor, Tensor, Tensor, Tensor> four =
        customRoot4((x, a, b, c) -> x.sub(a).mul(b.mul(0)).add(c.mul(0)).add(a.mul(b)));
    F4<Tensor, Tensor, Tensor, Tensor, Tensor> singular =
        four.onResidual(Policy.IGNORE).apply((init, a, b, c) -> a);
    assertThatThrownBy(() -> grad(s -> singular.apply(ONE, s, ONE, ONE), ONE))
        .isInstanceOf(UnsolvedException.class);
    F4<Tensor, Tensor, Tensor, Tensor, Tensor> ignored =
        four.onResidual(Policy.IGNORE).onUnsolved(Policy.IGNORE).apply((init, a, b, c) -> a);
    assertThat(grad(s -> ignored.apply(ONE, s, ONE, ONE), ONE).toDouble()).isNaN();
    F4<Tensor, Tensor, Tensor, Tensor, WithAux<Tensor, Integer>> counted =
        four.batched().withAux((init, a, b, c) -> new WithAux<>(a, 3));
    assertThat(counted.apply(ONE, ONE, ONE, ONE).aux()).isEqualTo(3);
    assertThat(
            four.withAux((init, a, b, c) -> new WithAux<>(a, 3), 0).apply(ONE, ONE, ONE, ONE).aux())
        .isEqualTo(3);
  }

  // ---- roots that are known ----

  @Test
  void derivativesAtAKnownRoot() {
    // x = b / w
    BiFunction<Tensor, Params, Tensor> condition = (x, p) -> p.w().mul(x).sub(p.b());
    Params p = new Params(tensor(2, 4), tensor(6, 12));
    Tensor solution = tensor(3, 3);
    for (LinearSolver solver : List.<LinearSolver>of(inv(), cg(), normalCg())) {
      Tensor tangent =
          rootJvp(condition, solution, p, new Params(tensor(1, 0), tensor(0, 1)), solver);
      assertNear(tangent, -3 / 2.0, 1 / 4.0);
      Params cotangent = rootVjp(condition, solution, p, tensor(1, 10), solver);
      assertNear(cotangent.w(), -3 / 2.0, -30 / 4.0);
      assertNear(cotangent.b(), 1 / 2.0, 10 / 4.0);
    }
    assertNear(rootJvp(condition, solution, p, p), 0, 0);
    assertNear(rootVjp(condition, solution, p, tensor(0, 4)).b(), 0, 1);
  }

  @Test
  void knownRootsNest() {
    BiFunction<Tensor, Tensor, Tensor> square = (x, t) -> x.mul(x).sub(t);
    Function<Tensor, Tensor> slope = t -> rootJvp(square, scalar(3), t, ONE, inv());
    // x = sqrt(t), whatever the given number carries
    assertNear(slope.apply(scalar(9)), 1 / 6.0);
    assertNear(grad(slope, scalar(9)), -1 / 108.0);
    assertNear(grad(t -> rootVjp(square, scalar(3), t, ONE), scalar(9)), -1 / 108.0);
    assertNear(
        vmap(x -> rootJvp(square, x, x.mul(x), ONE, inv()), tensor(3, 5)), 1 / 6.0, 1 / 10.0);
  }

  @Test
  void argminsOfAnObjectiveAtAKnownRoot() {
    BiFunction<Tensor, Tensor, Tensor> objective = (x, t) -> x.sub(t.mul(t)).pow(2);
    assertNear(rootJvp(grad(objective), scalar(4), scalar(2), ONE, cg()), 4);
    assertNear(
        grad(
            t -> customArgmin(objective, cg()).apply((init, s) -> s.mul(s)).apply(ONE, t),
            scalar(2)),
        4);
  }
}
