package dini.functional;

import static dini.core.Elementwise.exp;
import static dini.core.Products.matmul;
import static dini.core.Products.outer;
import static dini.core.Reductions.norm;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.linspace;
import static dini.core.Tensors.tensor;
import static dini.linalg.LinearSolvers.auto;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.neumann;
import static dini.linalg.LinearSolvers.normalCg;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Tensor;
import dini.linalg.LinearSolver;
import dini.linalg.Solution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The linear solvers on the systems that docs/how-to-choose.md describes: its numbers are these.
 */
class HowToChooseSolversTest {
  private static final int UNKNOWNS = 100;
  private static final double[] CONDITIONS = {1e2, 1e6, 1e10};

  private static Tensor random(long seed) {
    return tensor(new SplittableRandom(seed).doubles(UNKNOWNS, -1, 1).toArray());
  }

  /** A symmetric matrix whose eigenvalues fall evenly, on a logarithmic scale, from 1. */
  private static Tensor symmetric(double condition) {
    Tensor v = random(1);
    Tensor reflection = eye(UNKNOWNS).sub(outer(v, v).mul(2).div(sum(v.mul(v))));
    Tensor eigenvalues = exp(linspace(0, -Math.log(condition), UNKNOWNS));
    return matmul(reflection.mul(eigenvalues), reflection);
  }

  /** One of condition 100 whose rows and columns are then scaled by 1 to 10,000. */
  private static Tensor badlyScaled() {
    Tensor scales = exp(linspace(0, Math.log(1e4), UNKNOWNS));
    return symmetric(100).mul(outer(scales, scales));
  }

  private static Tensor diagonal(Tensor a) {
    return sum(a.mul(eye(UNKNOWNS)), 1);
  }

  /** Steps, status if it is a failure, and the error of the solution of {@code A x = A truth}. */
  private static String cell(LinearSolver solver, Tensor a) {
    Tensor truth = random(2);
    Solution<Tensor> solution = solver.solve(x -> matmul(a, x), matmul(a, truth));
    double error = norm(solution.value().sub(truth)).div(norm(truth)).toDouble();
    return String.format(
        Locale.ROOT,
        " %s%s%.1e |",
        solution.converged() ? "" : "`" + solution.status() + "`, ",
        solution.steps() == 0 ? "" : solution.steps() + " steps, ",
        error);
  }

  private static String row(LinearSolver solver) {
    StringBuilder row = new StringBuilder("| `" + solver + "` |");
    for (double condition : CONDITIONS) {
      row.append(cell(solver, symmetric(condition)));
    }
    return row.toString();
  }

  private static Arguments scaled(String name, LinearSolver solver) {
    return Arguments.of("| `" + name + "` |" + cell(solver, badlyScaled()));
  }

  static Stream<Arguments> rows() {
    Tensor diagonal = diagonal(badlyScaled());
    return Stream.concat(
        Stream.of(
                auto(),
                inv(),
                inv().withRidge(1e-6),
                cg(),
                cg().withMaxSteps(100_000),
                cg().withRidge(1e-6),
                normalCg(),
                neumann(100))
            .map(solver -> Arguments.of(row(solver))),
        Stream.of(
            scaled("inv()", inv()),
            scaled("cg()", cg()),
            scaled(
                "cg().withPreconditioner(r -> r.div(diagonal))",
                cg().withPreconditioner(r -> r.div(diagonal))),
            scaled("normalCg()", normalCg()),
            scaled(
                "normalCg().withPreconditioner(r -> r.div(diagonal))",
                normalCg().withPreconditioner(r -> r.div(diagonal)))));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void pageHasTheRow(String row) throws IOException {
    Path page = ClassPathTest.root().resolve(Path.of("docs", "how-to-choose.md"));
    assertThat(Files.readString(page).lines()).contains(row);
  }
}
