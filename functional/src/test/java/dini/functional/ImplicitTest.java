package dini.functional;

import static dini.core.Products.dot;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.full;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customArgmin;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Jacobians.jacrev;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vjp;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.normalCg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.LinearMap;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.dense.DenseTensor;
import dini.functional.NestingTest.Mode;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSystems;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code customRoot} against closed forms: modes, orders, trees, and what solvers get wrong. */
class ImplicitTest {

  /** Two tensors. */
  public record Pair(Tensor x, Tensor y) {}

  /** The parameters of a coupled quadratic, with data that carries no derivative. */
  public record Coupled(Tensor a, Tensor b, Tensor c, Tensor count, String name) {}

  private static final Tensor ONE = scalar(1);
  private static final String NOTHING = "";

  private static final BiFunction<Tensor, Tensor, Tensor> CUBIC =
      customRoot(Cubic::condition).apply(Cubic::newton);
  private static final BiFunction<Tensor, Tensor, Tensor> INVERSE =
      customRoot((Tensor x, Tensor t) -> t.mul(x).sub(1))
          .apply((init, t) -> scalar(1 / t.toDouble()));

  // ---- orders and modes ----

  @ParameterizedTest
  @MethodSource("dini.functional.NestingTest#triples")
  void threeOrdersInAllModes(Mode first, Mode second, Mode third) {
    Cubic exact = new Cubic(0.8);
    Function<Tensor, Tensor> x = t -> CUBIC.apply(ONE, t);
    Tensor t = scalar(0.8);
    assertNear(x.apply(t), exact.x());
    assertNear(third.of(x).apply(t), exact.first());
    assertNear(second.of(third.of(x)).apply(t), exact.second());
    assertNear(first.of(second.of(third.of(x))).apply(t), exact.third());
  }

  @ParameterizedTest
  @MethodSource("dini.functional.NestingTest#triples")
  void threeOrdersWhereTheJacobianDependsOnTheParameter(Mode first, Mode second, Mode third) {
    Function<Tensor, Tensor> x = t -> INVERSE.apply(ONE, t);
    assertNear(third.of(x).apply(scalar(2)), -1.0 / 4);
    assertNear(second.of(third.of(x)).apply(scalar(2)), 2.0 / 8);
    assertNear(first.of(second.of(third.of(x))).apply(scalar(2)), -6.0 / 16);
  }

  @Test
  void everyLinearSolverGivesTheSameSecondDerivative() {
    for (LinearSolver solver : List.of(cg(), normalCg(), inv())) {
      BiFunction<Tensor, Tensor, Tensor> solve =
          customRoot(Cubic::condition, solver).apply(Cubic::newton);
      Cubic exact = new Cubic(0.8);
      Tensor second = grad(t -> grad(s -> solve.apply(ONE, s), t), scalar(0.8));
      assertNear(second, exact.second());
    }
  }

  @Test
  void solutionsUsedInsideOtherFunctions() {
    // d/dt t / x(t), where x = 1 / t
    assertNear(grad(t -> t.div(INVERSE.apply(ONE, t)), scalar(3)), 6);
    assertNear(hessian(t -> t.div(INVERSE.apply(ONE, t)), scalar(3)), 2);
    // the solver at a point that depends on t
    assertNear(grad(t -> INVERSE.apply(ONE, t.mul(t)), scalar(2)), -2.0 / 8);
  }

  @Test
  void linearSystemAsARoot() {
    Tensor a = tensor(new double[][] {{3, 1}, {-2, 4}});
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor b) -> matmul(a, x).sub(b))
            .apply((init, b) -> LinearSystems.linearSolve(LinearMap.matrix(a), b, inv()));
    double[] inverse = {4.0 / 14, -1.0 / 14, 2.0 / 14, 3.0 / 14};
    assertNear(jacfwd((Tensor b) -> solve.apply(zeros(2), b), ones(2)), inverse);
    assertNear(jacrev((Tensor b) -> solve.apply(zeros(2), b), ones(2)), inverse);
  }

  // ---- the solver ----

  @Test
  void solverSeesPlainTensors() {
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(t))
            .apply(
                (init, t) -> {
                  assertThat(init).isInstanceOf(DenseTensor.class);
                  assertThat(t).isInstanceOf(DenseTensor.class);
                  return t;
                });
    assertNear(grad(t -> solve.apply(t, t), scalar(2)), 1);
    assertNear(hessian(t -> solve.apply(t, t), scalar(2)), 0);
    assertNear(Transforms.vmap(t -> grad(s -> solve.apply(s, s), t), tensor(1, 2)), 1, 1);
  }

  @Test
  void solverMayDifferentiate() {
    // Newton's method with our own derivatives, and a loop on values
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot(Cubic::condition)
            .apply(
                (init, t) -> {
                  Tensor x = init;
                  Tensor residual = Cubic.condition(x, t);
                  while (Math.abs(residual.toDouble()) > 1e-15) {
                    x = x.sub(residual.div(grad(z -> Cubic.condition(z, t), x)));
                    residual = Cubic.condition(x, t);
                  }
                  return x;
                });
    Cubic exact = new Cubic(0.8);
    assertNear(grad(t -> solve.apply(ONE, t), scalar(0.8)), exact.first());
    assertNear(hessian(t -> solve.apply(ONE, t), scalar(0.8)), exact.second());
  }

  @Test
  void exceptionsOfTheSolverArriveUnchanged() {
    IllegalStateException mine = new IllegalStateException("mine");
    boolean[] fail = {true};
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> t.mul(x).sub(1))
            .apply(
                (init, t) -> {
                  if (fail[0] && t.toDouble() > 1.5) {
                    throw mine;
                  }
                  return scalar(1 / t.toDouble());
                });
    Function<Tensor, Tensor> f = t -> solve.apply(ONE, t);
    List<Function<Tensor, Tensor>> uses =
        List.of(
            x -> f.apply(x.get(1)),
            x -> grad(f, x.get(1)),
            x -> grad(t -> grad(f, t), x.get(1)),
            x -> Transforms.vmap(f, x),
            x -> Transforms.vmap(t -> grad(f, t), x),
            x -> grad(z -> sum(Transforms.vmap(f, z)), x));
    for (Function<Tensor, Tensor> use : uses) {
      fail[0] = true;
      assertThatThrownBy(() -> use.apply(tensor(1, 2))).isSameAs(mine);
      fail[0] = false;
      assertNear(grad(t -> grad(f, t), scalar(2)), 0.25);
      assertNear(Transforms.vmap(t -> grad(f, t), tensor(1, 2)), -1, -0.25);
    }
  }

  @Test
  void exceptionCaughtInsideTheTransformation() {
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> t.mul(x).sub(1))
            .apply(
                (init, t) -> {
                  throw new IllegalStateException("always");
                });
    Tensor g =
        grad(
            t -> {
              try {
                return solve.apply(ONE, t);
              } catch (IllegalStateException e) {
                return t.mul(t);
              }
            },
            scalar(3));
    assertThat(g).isEqualTo(scalar(6));
  }

  @Test
  void exceptionsOfTheConditionArriveUnchanged() {
    IllegalStateException mine = new IllegalStateException("mine");
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot(
                (Tensor x, Tensor t) -> {
                  throw mine;
                })
            .apply((init, t) -> t);
    assertThat(solve.apply(ONE, ONE)).isEqualTo(ONE);
    assertThatThrownBy(() -> grad(t -> solve.apply(ONE, t), ONE)).isSameAs(mine);
    assertNear(grad(t -> INVERSE.apply(ONE, t), scalar(2)), -0.25);
  }

  @Test
  void initialGuessHasDerivativeZero() {
    assertThat(grad(init -> CUBIC.apply(init, scalar(0.8)), ONE)).isEqualTo(scalar(0));
    assertThat(jvp((Tensor init) -> CUBIC.apply(init, scalar(0.8)), ONE, ONE).tangent())
        .isEqualTo(scalar(0));
    // the guess depends on t: only the condition counts
    double first = new Cubic(0.8).first();
    assertNear(grad(t -> CUBIC.apply(t.mul(3), t), scalar(0.8)), first);
    assertNear(jvp((Tensor t) -> CUBIC.apply(t.mul(3), t), scalar(0.8), ONE).tangent(), first);
  }

  @Test
  void solverThatReturnsItsGuess() {
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(t)).apply((init, t) -> init);
    assertNear(grad(t -> solve.apply(t, t), scalar(2)), 1);
  }

  @Test
  void solverThatReturnsTheWrongTree() {
    BiFunction<Tensor, Tensor, Tensor> condition = (x, t) -> x.sub(t);
    assertThatThrownBy(
            () -> customRoot(condition).apply((init, t) -> zeros(3)).apply(zeros(2), ones(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("customRoot: the solver returned f64[3] where the initial guess has f64[2]");
    assertThatThrownBy(
            () ->
                grad(
                    t -> sum(customRoot(condition).apply((i, s) -> floats(1, 2)).apply(t, t)),
                    ones(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("customRoot: the solver returned f32[2] where the initial guess has f64[2]");
    BiFunction<List<Tensor>, Tensor, List<Tensor>> lists = (x, t) -> x;
    assertThatThrownBy(
            () -> customRoot(lists).apply((i, s) -> List.of(ONE, ONE)).apply(List.of(ONE), ONE))
        .isInstanceOf(TreeException.class)
        .hasMessage("customRoot: the solver's result: tree: a list of 1 and a list of 2 differ");
    assertThatThrownBy(() -> customRoot(condition).apply((i, s) -> null).apply(ONE, ONE))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("null");
  }

  @Test
  void conditionThatReturnsTheWrongTree() {
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> sum(x.sub(t))).apply((i, t) -> t);
    assertThatThrownBy(() -> grad(t -> sum(solve.apply(zeros(2), t)), ones(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "customRoot: the stationarity condition must return a tree like x, got f64[] where x"
                + " has f64[2]");
    BiFunction<List<Tensor>, Tensor, List<Tensor>> lists =
        customRoot((List<Tensor> x, Tensor t) -> List.of(t, t)).apply((i, t) -> i);
    assertThatThrownBy(() -> grad(t -> lists.apply(List.of(ONE), t).get(0), ONE))
        .isInstanceOf(TreeException.class)
        .hasMessage(
            "customRoot: the stationarity condition: tree: a list of 1 and a list of 2 differ");
  }

  // ---- trees ----

  @Test
  void coupledTensorsAreOneSystem() {
    // a x + c y = 1, c x + b y = 2
    BiFunction<Pair, Coupled, Pair> condition =
        (z, p) ->
            new Pair(
                p.a().mul(z.x()).add(p.c().mul(z.y())).sub(1),
                p.c().mul(z.x()).add(p.b().mul(z.y())).sub(2));
    BiFunction<Pair, Coupled, Pair> solver =
        (init, p) -> {
          double a = p.a().toDouble();
          double b = p.b().toDouble();
          double c = p.c().toDouble();
          double det = a * b - c * c;
          return new Pair(full(init.x().shape(), (b - 2 * c) / det), scalar((2 * a - c) / det));
        };
    Coupled at = new Coupled(scalar(3), scalar(2), scalar(0.5), ints(7), "p");
    Pair init = new Pair(scalar(0), scalar(0));
    // x = (b - 2c) / (ab - c^2)
    double det = 5.75;
    double x = 1 / det;
    for (LinearSolver linear : List.of(cg(), normalCg(), inv())) {
      BiFunction<Pair, Coupled, Pair> solve = customRoot(condition, linear).apply(solver);
      Coupled g = grad(p -> solve.apply(init, p).x(), at);
      assertNear(g.a(), -2 * x / det);
      assertNear(g.b(), 1 / det - 3 * x / det);
      assertNear(g.c(), -2 / det + 2 * 0.5 * x / det);
      assertThat(g.count()).isEqualTo(ints(0));
      assertThat(g.name()).isEqualTo("p");
    }
  }

  @Test
  void rankZeroUnknownIsSolved() {
    for (LinearSolver linear : List.of(cg(), normalCg(), inv())) {
      BiFunction<Tensor, Tensor, Tensor> solve =
          customRoot((Tensor x, Tensor t) -> x.mul(2).sub(t.mul(t).mul(3)), linear)
              .apply((init, t) -> t.mul(t).mul(1.5));
      assertNear(solve.apply(scalar(0), ONE), 1.5);
      assertNear(grad(t -> solve.apply(scalar(0), t), ONE), 3);
      assertNear(jvp((Tensor t) -> solve.apply(scalar(0), t), ONE, ONE).tangent(), 3);
    }
  }

  @Test
  void matrixUnknown() {
    // x = t squared elementwise, in a matrix
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(t.mul(t))).apply((init, t) -> t.mul(t));
    Tensor t = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertNear(grad(s -> sum(solve.apply(zeros(2, 3), s)), t), 2, 4, 6, 8, 10, 12);
  }

  @Test
  void emptyUnknown() {
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.mul(t)).apply((init, t) -> init);
    assertThat(grad(t -> sum(solve.apply(zeros(0), t)), ONE)).isEqualTo(scalar(0));
  }

  @Test
  void singlePrecision() {
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> t.mul(x).sub(1)).apply((init, t) -> t.pow(-1));
    Tensor g = grad(t -> sum(solve.apply(floats(1, 1), t)), floats(2, 4));
    assertThat(g.dtype()).isEqualTo(DType.FLOAT32);
    assertNear(1e-6, g, -0.25, -0.0625);
  }

  // ---- closures ----

  @Test
  void conditionMayCaptureTheParameter() {
    // d (lambda^2 + x*(lambda)) at 2, where x* = 3 lambda: 7
    Tensor g =
        grad(
            lambda ->
                lambda
                    .mul(lambda)
                    .add(
                        customRoot((Tensor x, String none) -> x.sub(lambda.mul(3)))
                            .apply((init, none) -> scalar(3 * lambda.toDouble()))
                            .apply(ONE, NOTHING)),
            scalar(2));
    assertNear(g, 7);
  }

  @Test
  void capturedAndPassedParametersAddUp() {
    // x = a t + b t^2 with a captured by the condition, both by the solver
    Function<Tensor, Tensor> f =
        s ->
            customRoot((Tensor x, Tensor t) -> x.sub(s.mul(t)).sub(t.mul(t)))
                .apply((init, t) -> s.mul(t).add(t.mul(t)))
                .apply(ONE, s.mul(s));
    // x = s^3 + s^4
    assertNear(f.apply(scalar(2)), 24);
    assertNear(grad(f, scalar(2)), 12 + 32);
    assertNear(jvp(f, scalar(2), ONE).tangent(), 12 + 32);
    assertNear(hessian(f, scalar(2)), 12 + 48);
    assertNear(jvp((Tensor s) -> jvp(f, s, ONE).tangent(), scalar(2), ONE).tangent(), 60);
    assertNear(jacrev((Tensor s) -> vjp(f, s).pullback().apply(ONE), scalar(2)), 60);
  }

  @Test
  void noDependenceMeansNoSolve() {
    // the condition has a singular Jacobian, but nothing moves it
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.mul(0)).apply((init, t) -> init);
    assertThat(grad(t -> solve.apply(ONE, t).mul(t), scalar(3))).isEqualTo(scalar(1));
    assertThat(jvp((Tensor t) -> solve.apply(ONE, t), ONE, ONE).tangent()).isEqualTo(scalar(0));
  }

  @Test
  void argminOfAnObjective() {
    // the minimum of |A x - t|^2 / 2 + |x|^2 / 2: x = (A'A + I)^-1 A' t
    Tensor a = tensor(new double[][] {{1, 2}, {0, 1}, {1, 0}});
    Tensor matrix = tensor(new double[][] {{3, 2}, {2, 6}});
    BiFunction<Tensor, Tensor, Tensor> objective =
        (x, t) -> sum(matmul(a, x).sub(t).pow(2)).add(dot(x, x)).mul(0.5);
    BiFunction<Tensor, Tensor, Tensor> solver =
        (init, t) -> LinearSystems.linearSolve(LinearMap.matrix(matrix), matmul(t, a), inv());
    double[] exact = {2.0 / 14, -2.0 / 14, 6.0 / 14, 4.0 / 14, 3.0 / 14, -2.0 / 14};
    for (Root<Tensor, Tensor> root :
        List.of(customArgmin(objective), customArgmin(objective, cg()))) {
      BiFunction<Tensor, Tensor, Tensor> solve = root.apply(solver);
      assertNear(1e-9, jacfwd((Tensor t) -> solve.apply(zeros(2), t), ones(3)), exact);
      assertNear(1e-9, jacrev((Tensor t) -> solve.apply(zeros(2), t), ones(3)), exact);
    }
    assertThat(customArgmin(objective, cg())).hasToString("Root(cg(), [SYMMETRIC])");
  }

  // ---- many leaves ----

  /** Leaves 0 and 64 once shared a bit that said who may overwrite their sums. */
  @Test
  void rootsOfMoreLeavesThanALongHasBits() {
    int n = 70;
    BiFunction<List<Tensor>, Tensor, List<Tensor>> solver =
        customRoot(
                (List<Tensor> x, Tensor t) ->
                    IntStream.range(0, n).mapToObj(i -> x.get(i).sub(t.mul(i + 1))).toList())
            .apply(
                (init, t) ->
                    IntStream.range(0, n).mapToObj(i -> scalar((i + 1) * t.toDouble())).toList());
    List<Tensor> init = Collections.nCopies(n, ONE);
    Function<Tensor, Tensor> loss =
        t -> {
          Tensor total = scalar(0);
          for (Tensor x : solver.apply(init, t)) {
            // three terms in its cotangent, of which the first is that of the total itself
            total = total.add(x.mul(x)).add(x.mul(2)).add(x);
          }
          return total;
        };
    double expected = 0;
    for (int i = 1; i <= n; i++) {
      expected += 3 * i + i * i;
    }
    assertNear(grad(loss).apply(scalar(0.5)), expected);
    assertNear(jvp(loss, scalar(0.5), ONE).tangent(), expected);
  }
}
