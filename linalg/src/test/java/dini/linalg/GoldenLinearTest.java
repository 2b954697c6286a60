package dini.linalg;

import static dini.core.Products.matmul;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.neumann;
import static dini.linalg.LinearSolvers.normalCg;
import static dini.linalg.LinearSolvers.solve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.LinearMap;
import dini.core.Reductions;
import dini.core.Tensor;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The linear systems of {@code golden/linear.json}. */
class GoldenLinearTest {
  /** Relative error of a backward stable solve, for condition number one. */
  private static final double PER_CONDITION = 1e-14;

  private static final JsonObject FILE = Golden.read("linear.json");

  static Stream<JsonObject> square() {
    return StreamSupport.stream(FILE.getAsJsonArray("square").spliterator(), false)
        .map(JsonElement::getAsJsonObject);
  }

  private static Tensor get(JsonObject system, String name) {
    return Golden.tensor(system.get(name));
  }

  private static LinearMap<Tensor, Tensor> map(JsonObject system, String name) {
    return LinearMap.matrix(get(system, name));
  }

  private static double norm(Tensor x) {
    return Reductions.norm(x).toDouble();
  }

  private static void check(Solution<Tensor> solution, Tensor expected, double condition) {
    assertThat(solution.status()).isEqualTo(Status.CONVERGED);
    checkValue(solution, expected, condition);
  }

  private static void checkValue(Solution<Tensor> solution, Tensor expected, double condition) {
    assertThat(norm(solution.value().sub(expected)))
        .as("%s", solution)
        .isLessThanOrEqualTo(PER_CONDITION * condition * norm(expected));
  }

  @ParameterizedTest
  @MethodSource("square")
  void denseSolves(JsonObject system) {
    double condition = system.get("cond").getAsDouble();
    double ridge = system.get("ridge").getAsDouble();
    Tensor b = get(system, "b");
    LinearMap<Tensor, Tensor> spd = map(system, "spd");
    LinearMap<Tensor, Tensor> symmetric = spd.withTags(LinearMap.Tag.POSITIVE_DEFINITE);
    check(solve(spd, b, inv()), get(system, "x_spd"), condition);
    check(solve(symmetric, b, inv()), get(system, "x_spd"), condition);
    check(solve(map(system, "general"), b, inv()), get(system, "x_general"), condition);
    check(solve(spd, b, inv().withRidge(ridge)), get(system, "x_spd_ridge"), condition);
  }

  @ParameterizedTest
  @MethodSource("square")
  void iterativeSolves(JsonObject system) {
    double condition = system.get("cond").getAsDouble();
    double ridge = system.get("ridge").getAsDouble();
    Tensor b = get(system, "b");
    // as far as the precision goes: no residual of 1e-16 can be asked of a large condition number
    checkValue(
        solve(map(system, "spd"), b, cg().withRtol(1e-16).withRidge(ridge)),
        get(system, "x_spd_ridge"),
        condition);
    checkValue(
        solve(map(system, "general"), b, normalCg().withRtol(1e-16).withRidge(ridge)),
        get(system, "x_normal_ridge"),
        condition);
  }

  @ParameterizedTest
  @MethodSource("square")
  void neumannSumsSoManyTerms(JsonObject system) {
    int terms = system.get("neumann_terms").getAsInt();
    double alpha = system.get("neumann_alpha").getAsDouble();
    Tensor b = get(system, "b");
    Solution<Tensor> sum = neumann(terms).withAlpha(alpha).solve(map(system, "spd"), b);
    assertThat(sum.status()).isEqualTo(Status.TRUNCATED);
    assertThat(sum.steps()).isEqualTo(terms);
    assertThat(sum.residual())
        .isCloseTo(norm(b.sub(matmul(get(system, "spd"), sum.value()))), within(1e-14 * norm(b)));
    checkValue(sum, get(system, "x_neumann"), 1);
  }

  @ParameterizedTest
  @MethodSource("square")
  void stepsOfCgAreThoseOfScipy(JsonObject system) {
    double condition = system.get("cond").getAsDouble();
    Tensor b = get(system, "b");
    Tensor spd = get(system, "spd");
    for (JsonElement element : system.getAsJsonArray("scipy_cg")) {
      double rtol = element.getAsJsonObject().get("rtol").getAsDouble();
      int iterations = element.getAsJsonObject().get("iterations").getAsInt();
      Solution<Tensor> solution = solve(LinearMap.matrix(spd), b, cg().withRtol(rtol));
      if (norm(b.sub(matmul(spd, get(system, "x_spd")))) > rtol * norm(b)) {
        // the rounded exact solution does not pass, nor does SciPy's: its test is on the recursion
        assertThat(solution.status()).as("%s", solution).isEqualTo(Status.STAGNATED);
        assertThat(solution.residual())
            .isLessThanOrEqualTo(4 * Math.ulp(1.0) * norm(spd) * norm(solution.value()));
        continue;
      }
      assertThat(solution.status()).as("%s", solution).isEqualTo(Status.CONVERGED);
      assertThat(norm(b.sub(matmul(spd, solution.value()))))
          .isLessThanOrEqualTo(rtol * norm(b) * (1 + 1e-9));
      if (condition <= 100) {
        assertThat(solution.steps()).isEqualTo(iterations);
      } else {
        assertThat(solution.steps()).isLessThanOrEqualTo(iterations * 3 / 2);
      }
    }
  }

  @Test
  void rectangular() {
    JsonObject system = FILE.getAsJsonObject("rectangular");
    Tensor b = get(system, "b");
    LinearMap<Tensor, Tensor> map = map(system, "A");
    check(solve(map, b, normalCg().withRtol(1e-13)), get(system, "x_lstsq"), 100);
    assertThat(norm(map.transpose().apply(b).sub(get(system, "At_b")))).isLessThan(1e-13);
  }
}
