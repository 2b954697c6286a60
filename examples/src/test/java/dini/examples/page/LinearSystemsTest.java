package dini.examples.page;

import static dini.core.Products.matmul;
import static dini.core.Reductions.norm;
import static dini.functional.random.Continuous.normal;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;
import static dini.linalg.LinearSolvers.solveCg;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Tensor;
import dini.functional.random.Key;
import dini.linalg.Solution;
import dini.linalg.Status;
import org.junit.jupiter.api.Test;

class LinearSystemsTest {

  @Test
  void normalCgAndInvSolveTheSystem() {
    LinearSystems result = LinearSystems.run();
    assertThat(result.inv().converged()).isTrue();
    assertThat(error(result.a(), result.inv().value(), result.b())).isLessThan(1e-14);
    assertThat(result.normalCg().converged()).isTrue();
    assertThat(norm(result.normalCg().value().sub(result.inv().value())).toDouble())
        .isLessThan(1e-10);
  }

  @Test
  void cgSaysThatTheMatrixIsNotPositiveDefinite() {
    LinearSystems result = LinearSystems.run();
    assertThat(result.cg().status()).isEqualTo(Status.NOT_POSITIVE_DEFINITE);
    assertThat(error(result.a(), result.cg().value(), result.b())).isGreaterThan(1);
    assertThat(result.toString()).contains("use normalCg() or inv()");
  }

  @Test
  void cgNeverCallsAWrongVectorASolution() {
    int refused = 0;
    for (int seed = 0; seed < 200; seed++) {
      Key keys = split(key(seed));
      Tensor a = normal(keys.get(0), 3, 3);
      Tensor b = normal(keys.get(1), 3);
      Solution<Tensor> solution = solveCg(x -> matmul(a, x), b, 1e-5);
      if (solution.converged()) {
        assertThat(error(a, solution.value(), b)).isLessThan(1e-5 * norm(b).toDouble());
      } else {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(150);
  }

  private static double error(Tensor a, Tensor x, Tensor b) {
    return norm(matmul(a, x).sub(b)).toDouble();
  }
}
