package dini.linalg;

import static dini.core.Products.matmul;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.normalCg;
import static dini.linalg.LinearSolvers.solve;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.DType;
import dini.core.LinearMap;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.Tensors;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Laws of all solvers, on random systems. */
class SolverPropertiesTest {
  private static double norm(Tensor x) {
    return Reductions.norm(x.astype(DType.FLOAT64)).toDouble();
  }

  @Property(tries = 100, seed = "20261123")
  void solversAgree(
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll boolean single) {
    DType dtype = single ? DType.FLOAT32 : DType.FLOAT64;
    double rtol = single ? 1e-5 : 1e-10;
    SplittableRandom random = new SplittableRandom(seed);
    Tensor g = Tensors.tensor(Shape.of(n, n), random.doubles(n * n, -1, 1).toArray());
    // eigenvalues from n to about 3 n: well-conditioned, so that errors are of the size of
    // residuals
    Tensor a = matmul(g, g, false, true).add(Tensors.eye(n).mul(n)).astype(dtype);
    Tensor b = Tensors.tensor(random.doubles(n, -1, 1).toArray()).astype(dtype);
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(a, LinearMap.Tag.POSITIVE_DEFINITE);
    Tensor dense = solve(map, b, inv()).value();
    for (LinearSolver solver : List.of(cg(), normalCg(), inv(), LinearSolvers.auto())) {
      Solution<Tensor> solution = solve(map, b, solver);
      assertThat(solution.status()).as("%s: %s", solver, solution).isEqualTo(Status.CONVERGED);
      assertThat(norm(solution.value().sub(dense)))
          .as("%s: %s", solver, solution)
          .isLessThanOrEqualTo(30 * rtol * norm(dense));
      if (solver instanceof Cg) {
        assertThat(norm(b.sub(matmul(a, solution.value()))))
            .isLessThanOrEqualTo(rtol * norm(b) * (single ? 1.1 : 1.001));
        assertThat(solution.steps()).isLessThanOrEqualTo(n + 5);
      }
    }
  }
}
