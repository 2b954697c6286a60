package dini.functional;

import static dini.core.Products.matmul;
import static dini.core.Tensors.tensor;
import static dini.functional.Near.assertNear;
import static dini.linalg.LinearSolvers.normalCg;
import static dini.linalg.LinearSolvers.solveNormalCg;
import static dini.linalg.LinearSystems.linearSolve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.LinearMap;
import dini.core.Tensor;
import dini.linalg.UnsolvedException;
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
}
