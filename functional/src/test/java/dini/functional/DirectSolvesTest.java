package dini.functional;

import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.nested;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearize;
import static dini.linalg.LinearSolvers.auto;
import static dini.linalg.LinearSolvers.bicgstab;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.gmres;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.neumann;
import static dini.linalg.LinearSolvers.normalCg;
import static dini.linalg.LinearSystems.linearSolve;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dini.core.LinearMap;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.linalg.LinearSolver;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A solver that is called itself works on values: it refuses to lose a derivative. */
final class DirectSolvesTest {
  private static final Tensor A = nested(new double[][] {{0.4, 0.1}, {0.1, 0.3}});
  private static final Tensor B = tensor(1, 2);

  private static Stream<LinearSolver> solvers() {
    return Stream.of(cg(), normalCg(), inv(), auto(), gmres(), bicgstab(), neumann(200));
  }

  private static LinearMap<Tensor, Tensor> function(Tensor c) {
    return LinearMap.of((Tensor x) -> matmul(A, x).mul(c), B);
  }

  private static List<Function<Tensor, Tensor>> solves(LinearSolver solver) {
    return List.of(
        c -> solver.solve(function(c), B).value(),
        c -> solver.solve(LinearMap.matrix(A.mul(c)), B).value(),
        c -> solver.solve(LinearMap.matrix(A), B.mul(c)).value(),
        c -> solver.solve(function(c), B.mul(c)).value());
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void refusesToLoseADerivative(LinearSolver solver) {
    Tensor one = scalar(1);
    for (Function<Tensor, Tensor> solve : solves(solver)) {
      assertThatThrownBy(() -> jvp(solve, one, one))
          .isInstanceOf(TracerException.class)
          .hasMessageContaining("would be lost: use linearSolve or customRoot");
      assertThatThrownBy(() -> grad((Tensor c) -> sum(solve.apply(c))).apply(one))
          .isInstanceOf(TracerException.class)
          .hasMessageContaining("would be lost: use linearSolve or customRoot");
      assertThatThrownBy(() -> linearize(solve, one))
          .isInstanceOf(TracerException.class)
          .hasMessageContaining("would be lost: use linearSolve or customRoot");
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void whatTheyAdviseWorks(LinearSolver solver) {
    Tensor x = inv().solve(LinearMap.matrix(A), B).value();
    Tensor tangent =
        jvp((Tensor c) -> linearSolve(function(c), B, solver), scalar(1), scalar(1)).tangent();
    Assertions.assertThat(tangent.toArray()).containsExactly(x.neg().toArray(), within(1e-6));
  }
}
