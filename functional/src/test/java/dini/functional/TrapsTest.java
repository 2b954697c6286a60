package dini.functional;

import static dini.core.Products.matmul;
import static dini.core.Reductions.norm;
import static dini.core.Reductions.sum;
import static dini.core.Shapes.concatenate;
import static dini.core.Shapes.transpose;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.full;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customArgmin;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Implicit.customRoot3;
import static dini.functional.Implicit.customRoot4;
import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Jacobians.jacrev;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.normalCg;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Elementwise;
import dini.core.Index;
import dini.core.LinearMap;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.linalg.LinearAlgebra;
import dini.linalg.LinearSolver;
import dini.linalg.Solution;
import dini.linalg.UnsolvedException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What implicit differentiation gets silently wrong elsewhere: one test for each trap, on the
 * smallest case that shows it, named after it.
 */
class TrapsTest {
  private static final Tensor ONE = scalar(1);

  static List<LinearSolver> solvers() {
    return List.of(inv(), normalCg().withRtol(1e-13), cg().withRtol(1e-13));
  }

  /** Two unknowns, and their names. */
  public record Pair(Tensor x, Tensor y) {}

  // ---- a dense solve over several tensors must not solve each diagonal block alone ----

  @ParameterizedTest
  @MethodSource("solvers")
  void severalTensorsAreOneCoupledSystem(LinearSolver solver) {
    // the minimum of a coupled quadratic; by blocks the derivative would be 22 % off
    Tensor coupling = tensor(new double[][] {{0.6, -0.3}, {0.2, 0.5}, {-0.4, 0.1}});
    BiFunction<Pair, Tensor, Tensor> objective =
        (z, t) ->
            sum(z.x().mul(z.x()))
                .add(sum(z.y().mul(z.y())))
                .add(sum(z.x().mul(matmul(coupling, z.y()))))
                .sub(sum(z.x()).mul(t))
                .sub(sum(z.y()).mul(t.mul(t)));
    Tensor upper = eye(3).mul(2);
    Tensor matrix =
        concatenate(
            0, concatenate(1, upper, coupling), concatenate(1, transpose(coupling), eye(2).mul(2)));
    Function<Tensor, Tensor> exact =
        t -> LinearAlgebra.solve(matrix, concatenate(0, ones(3).mul(t), ones(2).mul(t.mul(t))));
    BiFunction<Pair, Tensor, Pair> solve =
        customArgmin(objective, solver)
            .apply(
                (init, t) -> {
                  Tensor both = exact.apply(t);
                  return new Pair(both.get(Index.to(3)), both.get(Index.from(3)));
                });
    Pair init = new Pair(zeros(3), zeros(2));
    double[] truth = jvp(exact, scalar(0.7), ONE).tangent().toArray();
    Pair tangent = jvp((Tensor t) -> solve.apply(init, t), scalar(0.7), ONE).tangent();
    assertNear(tangent.x(), truth[0], truth[1], truth[2]);
    assertNear(tangent.y(), truth[3], truth[4]);
    double all = truth[0] + truth[1] + truth[2] + 3 * truth[3] + 5 * truth[4];
    assertNear(
        grad(
            t -> {
              Pair z = solve.apply(init, t);
              return sum(z.x()).add(sum(z.y().mul(tensor(3, 5))));
            },
            scalar(0.7)),
        all);
  }

  // ---- the limit of steps must count elements ----

  @ParameterizedTest
  @MethodSource("solvers")
  void unknownOfRankZeroIsSolved(LinearSolver solver) {
    // x = 3 t^2 / 2; with a limit of 10 times the extents' sum, 0 steps would be done
    BiFunction<Tensor, Tensor, Tensor> solve =
        customArgmin((Tensor x, Tensor t) -> x.mul(x).sub(t.mul(t).mul(x).mul(3)), solver)
            .apply((init, t) -> t.mul(t).mul(1.5));
    assertNear(solve.apply(scalar(0), ONE), 1.5);
    assertNear(grad(t -> solve.apply(scalar(0), t), ONE), 3);
  }

  @Test
  void matrixUnknownMayTakeAsManyStepsAsItHasElements() {
    // 1600 different eigenvalues in a 40 x 40 unknown; 10 times the sum of the extents is 800 steps
    Tensor diagonal = Elementwise.exp(Tensors.linspace(0, 14, 1600)).reshape(40, 40);
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.mul(diagonal).sub(t), cg())
            .apply((init, t) -> full(Shape.of(40, 40), 1).mul(t).div(diagonal));
    Solution<Tensor> counted = cg().solve(x -> x.mul(diagonal), ones(40, 40));
    assertThat(counted.converged()).isTrue();
    assertThat(counted.steps()).isGreaterThan(800);
    Tensor slope = jvp((Tensor t) -> solve.apply(zeros(40, 40), t), ONE, ONE).tangent();
    assertThat(norm(slope.mul(diagonal).sub(1)).toDouble()).isLessThan(1e-9 * 40);
  }

  // ---- derivatives with respect to any argument ----

  @ParameterizedTest
  @MethodSource("solvers")
  void anyArgumentOfThreeMayBeDifferentiated(LinearSolver solver) {
    F3<Tensor, Tensor, Tensor, Tensor> solve =
        customRoot3((Tensor x, Tensor a, Tensor b) -> x.mul(a).sub(b.mul(b)), solver)
            .apply((init, a, b) -> b.mul(b).div(a));
    Tensor a = scalar(2);
    Tensor b = scalar(3);
    assertNear(grad(s -> solve.apply(ONE, s, b), a), -9 / 4.0);
    assertNear(grad(s -> solve.apply(ONE, a, s), b), 3);
    Pair both = grad(p -> solve.apply(ONE, p.x(), p.y()), new Pair(a, b));
    assertNear(both.x(), -9 / 4.0);
    assertNear(both.y(), 3);
    assertNear(grad(init -> solve.apply(init, a, b), ONE), 0);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void anyArgumentOfFourMayBeDifferentiated(LinearSolver solver) {
    F4<Tensor, Tensor, Tensor, Tensor, Tensor> solve =
        customRoot4(
                (Tensor x, Tensor a, Tensor b, Tensor c) -> x.mul(a).sub(b.mul(b)).sub(c), solver)
            .apply((init, a, b, c) -> b.mul(b).add(c).div(a));
    Tensor a = scalar(2);
    Tensor b = scalar(3);
    Tensor c = scalar(5);
    assertNear(grad(s -> solve.apply(ONE, s, b, c), a), -14 / 4.0);
    assertNear(grad(s -> solve.apply(ONE, a, s, c), b), 3);
    assertNear(grad(s -> solve.apply(ONE, a, b, s), c), 0.5);
    // in another order than that of the arguments
    Pair last = grad(p -> solve.apply(ONE, a, p.y(), p.x()), new Pair(c, b));
    assertNear(last.x(), 0.5);
    assertNear(last.y(), 3);
  }

  // ---- the derivative of a derivative ----

  private static final BiFunction<Tensor, Tensor, Tensor> INVERSE = (x, t) -> t.mul(x).sub(1);
  private static final BiFunction<Tensor, Tensor, Tensor> CUBIC = (x, t) -> x.pow(3).add(x).sub(t);
  private static final BiFunction<Tensor, Tensor, Tensor> MIXED =
      (x, t) -> x.pow(3).add(t.mul(x)).sub(t.mul(t));

  /** Newton's method on numbers. */
  private static double root(UnaryOperator<double[]> valueAndSlope) {
    double x = 1;
    for (int i = 0; i < 100; i++) {
      double[] f = valueAndSlope.apply(new double[] {x});
      x -= f[0] / f[1];
    }
    return x;
  }

  private static void twice(
      LinearSolver solver,
      BiFunction<Tensor, Tensor, Tensor> condition,
      double x,
      double t,
      double first,
      double second) {
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot(condition, solver).apply((init, s) -> scalar(x));
    Function<Tensor, Tensor> f = s -> solve.apply(ONE, s);
    Tensor at = scalar(t);
    assertNear(grad(f, at), first);
    assertNear(grad(s -> grad(f, s), at), second);
    assertNear(jvp((Tensor s) -> grad(f, s), at, ONE).tangent(), second);
    assertNear(grad(s -> jvp(f, s, ONE).tangent(), at), second);
    assertNear(jvp((Tensor s) -> jvp(f, s, ONE).tangent(), at, ONE).tangent(), second);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void doubleBackwardWhereTheJacobianIsTheParameter(LinearSolver solver) {
    twice(solver, INVERSE, 0.5, 2, -0.25, 0.25);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void doubleBackwardWhereTheJacobianDependsOnTheSolution(LinearSolver solver) {
    double t = 0.8;
    double x = root(z -> new double[] {z[0] * z[0] * z[0] + z[0] - t, 3 * z[0] * z[0] + 1});
    double slope = 1 / (3 * x * x + 1);
    twice(solver, CUBIC, x, t, slope, -6 * x * Math.pow(slope, 3));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void doubleBackwardWhereTheJacobianDependsOnBoth(LinearSolver solver) {
    double t = 1.5;
    double x = root(z -> new double[] {z[0] * z[0] * z[0] + t * z[0] - t * t, 3 * z[0] * z[0] + t});
    double jacobian = 3 * x * x + t;
    double slope = (2 * t - x) / jacobian;
    // differentiate (3 x^2 + t) x' = 2 t - x once more
    double second = (2 - slope - slope * (6 * x * slope + 1)) / jacobian;
    twice(solver, MIXED, x, t, slope, second);
  }

  // ---- transformations of a root ----

  @ParameterizedTest
  @MethodSource("solvers")
  void rootsMayBeMappedOverAndHaveJacobians(LinearSolver solver) {
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.mul(t).sub(1), solver).apply((init, t) -> t.pow(-1));
    Tensor ts = tensor(1, 2, 4);
    assertNear(vmap(t -> solve.apply(ONE, t), ts), 1, 0.5, 0.25);
    assertNear(vmap(t -> grad(s -> solve.apply(ONE, s), t), ts), -1, -0.25, -1 / 16.0);
    double[] jacobian = {-1, 0, 0, 0, -0.25, 0, 0, 0, -1 / 16.0};
    assertNear(jacrev((Tensor t) -> solve.apply(ones(3), t), ts).reshape(9), jacobian);
    assertNear(jacfwd((Tensor t) -> solve.apply(ones(3), t), ts).reshape(9), jacobian);
    assertNear(jacrev((Tensor t) -> vmap(s -> solve.apply(ONE, s), t), ts).reshape(9), jacobian);
  }

  // ---- values that are captured ----

  @ParameterizedTest
  @MethodSource("solvers")
  void capturedParametersHaveTheirDerivative(LinearSolver solver) {
    // d (lambda^2 + x(lambda)) at 2 with x = 3 lambda: 7, of which 4 is not the whole
    Function<Tensor, Tensor> loss =
        lambda -> {
          BiFunction<Tensor, Tensor, Tensor> solve =
              customArgmin((Tensor x, Tensor scale) -> x.sub(lambda.mul(scale)).pow(2), solver)
                  .apply((init, scale) -> lambda.mul(scale));
          return lambda.mul(lambda).add(solve.apply(ONE, scalar(3)));
        };
    assertNear(grad(loss, scalar(2)), 7);
    assertNear(jvp(loss, scalar(2), ONE).tangent(), 7);
    assertNear(grad(s -> grad(loss, s), scalar(2)), 2);
    assertNear(vmap(s -> grad(loss, s), tensor(2, 5)), 7, 13);
  }

  // ---- systems that are hard ----

  @Test
  void illConditionedSystemsAreSolvedOrReported() {
    int n = 100;
    SplittableRandom random = new SplittableRandom(8);
    Tensor u = tensor(random.doubles(n, -1, 1).toArray());
    Tensor unit = u.div(norm(u));
    Tensor reflection = eye(n).sub(matmul(unit.reshape(n, 1), unit.reshape(1, n)).mul(2));
    Tensor values = Elementwise.exp(Tensors.linspace(0, Math.log(1e6), n));
    Tensor a = matmul(reflection.mul(values), reflection);
    Tensor exact = tensor(random.doubles(n, -1, 1).toArray());
    Tensor b = matmul(a, exact);
    // with a condition of 1e6, a residual of 1e-5 says nothing of the solution
    for (LinearSolver solver : List.<LinearSolver>of(normalCg(), cg(), inv())) {
      Solution<Tensor> solution = solver.solve(x -> matmul(a, x), b);
      double error = norm(solution.value().sub(exact)).div(norm(exact)).toDouble();
      if (solution.converged()) {
        assertThat(error).as("%s", solver).isLessThan(1e-3);
      }
      BiFunction<Tensor, Tensor, Tensor> root =
          customRoot((Tensor x, Tensor t) -> matmul(a, x).sub(t), solver)
              .apply((init, t) -> LinearAlgebra.solve(a, t));
      try {
        Tensor tangent = jvp((Tensor t) -> root.apply(zeros(n), t), b, b).tangent();
        assertThat(norm(tangent.sub(exact)).div(norm(exact)).toDouble()).isLessThan(1e-3);
      } catch (UnsolvedException reported) {
        assertThat(reported).hasMessageContaining("was not solved by " + solver);
      }
    }
    assertThat(inv().solve(LinearMap.matrix(a), b).converged()).isTrue();
  }
}
