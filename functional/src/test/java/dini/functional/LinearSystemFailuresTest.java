package dini.functional;

import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Shapes.stack;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearAlgebra.solve;
import static dini.linalg.LinearSolvers.auto;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.normalCg;
import static dini.linalg.LinearSolvers.solveNormalCg;
import static dini.linalg.LinearSystems.linearSolve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.LinearMap;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TreeException;
import dini.linalg.LinearSolver;
import dini.linalg.UnsolvedException;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Linear systems at the edges: without a solution, mapped, guessed, preconditioned. */
class LinearSystemFailuresTest {
  private static final Tensor SINGULAR = tensor(new double[][] {{1, 0}, {0, 0}});
  private static final Tensor A = tensor(new double[][] {{4, 1}, {1, 3}});

  @Test
  void leastSquaresAreNoSolution() {
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(SINGULAR);
    assertThatThrownBy(() -> linearSolve(map, tensor(0, 1), normalCg()))
        .isInstanceOf(UnsolvedException.class)
        .hasMessageContaining("SINGULAR after 0 steps, residual 1.0");
    assertThatThrownBy(() -> linearSolve(map, tensor(1, 1), normalCg()))
        .isInstanceOf(UnsolvedException.class)
        .hasMessageContaining("residual 1.0");
    // consistent, or with a ridge: solved
    assertThat(linearSolve(map, tensor(3, 0), normalCg())).isEqualTo(tensor(3, 0));
    assertThat(linearSolve(map, tensor(1, 1), normalCg().withRidge(1))).isEqualTo(tensor(0.5, 0));
    assertThat(solveNormalCg((Tensor x) -> matmul(SINGULAR, x), tensor(0, 1), 1e-10).converged())
        .isTrue();
    // a large condition number alone is no failure
    LinearMap<Tensor, Tensor> hard = LinearMap.matrix(tensor(new double[][] {{1, 0}, {0, 1e-5}}));
    assertNear(linearSolve(hard, tensor(1, 1), normalCg()), 1, 1e5);
  }

  @Test
  void manyRightHandSidesFailAsOneDoes() {
    for (LinearSolver solver : List.of(inv(), auto())) {
      assertThatThrownBy(
              () ->
                  vmap(
                      (Tensor b) -> linearSolve(LinearMap.matrix(SINGULAR), b, solver), ones(2, 2)))
          .isInstanceOf(UnsolvedException.class)
          .hasMessageContaining("SINGULAR");
      assertThat(
              vmap((Tensor b) -> linearSolve(LinearMap.matrix(SINGULAR), b, solver), zeros(3, 2)))
          .isEqualTo(zeros(3, 2));
      Tensor broken = tensor(new double[][] {{1, 0}, {0, Double.NaN}});
      assertThatThrownBy(
              () ->
                  vmap((Tensor b) -> linearSolve(LinearMap.matrix(broken), b, solver), ones(2, 2)))
          .isInstanceOf(UnsolvedException.class)
          .hasMessageContaining("NON_FINITE");
    }
    Tensor b = tensor(new double[][] {{5, 4}, {9, 5}});
    assertNear(
        vmap((Tensor lane) -> linearSolve(LinearMap.matrix(A), lane, inv()), b).reshape(4),
        1,
        1,
        2,
        1);
  }

  @Test
  void aLaneWithoutSolutionFailsAll() {
    Tensor matrices = stack(0, A, SINGULAR);
    for (LinearSolver solver : List.of(cg(), normalCg(), inv(), auto())) {
      assertThatThrownBy(
              () -> vmap((Tensor a) -> linearSolve(LinearMap.matrix(a), ones(2), solver), matrices))
          .as("%s", solver)
          .isInstanceOf(UnsolvedException.class);
    }
    double[] dense = vmap((Tensor a) -> solve(a, tensor(5, 4)), matrices).toArray();
    assertThat(dense).containsExactly(1, 1, Double.NaN, Double.NaN);
  }

  @Test
  void guessesServeTheSolutionOnly() {
    // for the tangent the solution's guess would be as good as none, or spoil the tolerance
    LinearSolver guess = cg().withInit(tensor(1, 1));
    Jvp<Tensor> both =
        jvp((Tensor b) -> linearSolve(LinearMap.matrix(A), b, guess), tensor(5, 4), tensor(4, 1));
    assertThat(both.value()).isEqualTo(tensor(1, 1));
    assertNear(both.tangent(), 1, 0);
  }

  @Test
  void preconditionersThatDependOnTheVariable() {
    // x = b / t, the preconditioner exact: d sum(x) / dt = -3 / t^2
    BiFunction<Tensor, LinearSolver, Tensor> solve =
        (t, solver) ->
            sum(linearSolve(LinearMap.of(x -> x.mul(t), zeros(2)), tensor(1, 2), solver));
    for (int order = 0; order < 2; order++) {
      assertNear(grad(t -> solve.apply(t, cg().withPreconditioner(over(t))), scalar(2)), -0.75);
      assertNear(
          grad(t -> solve.apply(t, normalCg().withPreconditioner(over(t))), scalar(2)), -0.75);
      assertNear(
          grad(s -> grad(t -> solve.apply(t, cg().withPreconditioner(over(t))), s), scalar(2)),
          0.75);
    }
    Tensor two = scalar(2);
    assertNear(
        vmap((Tensor t) -> solve.apply(t, cg().withPreconditioner(over(two))), tensor(1, 2)),
        3,
        1.5);
    // each lane has its own
    assertNear(
        vmap((Tensor t) -> solve.apply(t, cg().withPreconditioner(over(t))), tensor(1, 2)), 3, 1.5);
    assertNear(
        vmap(
            t -> grad(s -> solve.apply(s, normalCg().withPreconditioner(over(s))), t),
            tensor(1, 2)),
        -3,
        -0.75);
  }

  private static LinearMap<Tensor, Tensor> over(Tensor t) {
    return LinearMap.of(x -> x.div(t), zeros(2));
  }

  /** An unknown with a count beside it. */
  public record Counted(Tensor x, Tensor count) {}

  @Test
  void integerLeavesPassThrough() {
    BiFunction<Counted, Tensor, Counted> condition =
        (z, t) -> new Counted(z.x().mul(z.x()).sub(t), z.count());
    BiFunction<Counted, Tensor, Counted> solve =
        customRoot(condition)
            .apply((init, t) -> new Counted(scalar(Math.sqrt(t.toDouble())), ints(7)));
    Counted init = new Counted(scalar(1), ints(0));
    assertThat(jvp((Tensor t) -> solve.apply(init, t).count(), scalar(4), scalar(1)).value())
        .isEqualTo(ints(7));
    assertNear(grad(t -> solve.apply(init, t).x(), scalar(4)), 0.25);
    assertNear(grad(s -> grad(t -> solve.apply(init, t).x(), s), scalar(4)), -0.03125);
    assertNear(vmap(grad((Tensor t) -> solve.apply(init, t).x()), tensor(4, 16)), 0.25, 0.125);
  }

  @Test
  void solversThatReturnNull() {
    assertThatThrownBy(
            () ->
                customRoot((Tensor x, Tensor t) -> x.sub(t))
                    .apply((init, t) -> null)
                    .apply(scalar(1), scalar(2)))
        .isInstanceOf(TreeException.class)
        .hasMessage("customRoot: the solver returned null for the solution");
    assertThatThrownBy(
            () ->
                customRoot((Tensor x, Tensor t) -> x.sub(t))
                    .<Tensor>withAux((init, t) -> null)
                    .apply(scalar(1), scalar(2)))
        .isInstanceOf(TreeException.class)
        .hasMessage("customRoot: the solver returned null");
  }

  @Test
  void mapsBetweenSpaces() {
    LinearMap<Tensor, Tensor> tall = LinearMap.matrix(ones(3, 2));
    assertThatThrownBy(() -> linearSolve(tall, ones(3), normalCg()))
        .isInstanceOf(TreeException.class)
        .hasMessageStartingWith("linearSolve: needs a map of a space into itself, got LinearMap(");
    assertThatThrownBy(() -> LinearMap.matrix(ones(3, 2), LinearMap.Tag.SYMMETRIC))
        .isInstanceOf(ShapeException.class)
        .hasMessage("LinearMap: a map from [f64[2]] to [f64[3]] is not SYMMETRIC");
    assertThatThrownBy(() -> tall.withTags(LinearMap.Tag.POSITIVE_DEFINITE))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void differentiableSolversPrintWhatTheyAre() {
    BiFunction<Tensor, Tensor, Tensor> condition = (x, theta) -> x.sub(theta);
    assertThat(customRoot(condition, cg()).apply((x, theta) -> theta))
        .hasToString("Root(" + cg() + ").apply(solver)");
  }
}
