package dini.linalg;

import static dini.core.Products.matmul;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.linalg.LinearSolvers.auto;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.normalCg;
import static dini.linalg.LinearSolvers.solve;
import static dini.linalg.LinearSolvers.solveCg;
import static dini.linalg.LinearSolvers.solveInv;
import static dini.linalg.LinearSolvers.solveNormalCg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dini.core.DType;
import dini.core.Elementwise;
import dini.core.LinearMap;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.trace.Differentiation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The solvers where others go wrong. */
class LinearSolversTest {
  private static final LinearMap<Tensor, Tensor> SPD =
      LinearMap.matrix(tensor(new double[][] {{4, 1}, {1, 3}}));

  private static double norm(Tensor x) {
    return Reductions.norm(x).toDouble();
  }

  /** A symmetric matrix with eigenvalues from 1 to {@code condition}. */
  private static Tensor spd(int n, double condition, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] v = random.doubles(n, -1, 1).toArray();
    Tensor u = tensor(v).mul(1 / norm(tensor(v)));
    Tensor reflection = eye(n).sub(matmul(u.reshape(n, 1), u.reshape(1, n)).mul(2));
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = Math.pow(condition, i / (n - 1.0));
    }
    return matmul(reflection.mul(tensor(values)), reflection);
  }

  @Test
  void unknownOfRankZero() {
    Solution<Tensor> solution = solveCg(x -> x.mul(4), scalar(2), 1e-10);
    assertThat(solution.value()).isEqualTo(scalar(0.5));
    assertThat(solution.steps()).isEqualTo(1);
    assertThat(solveInv(x -> x.mul(4), scalar(2)).value()).isEqualTo(scalar(0.5));
    assertThat(solveNormalCg(x -> x.mul(-4), scalar(2), 1e-10).value()).isEqualTo(scalar(-0.5));
  }

  @Test
  void limitCountsElementsNotExtents() {
    // 10 times the sum of the extents would be 800 steps
    Tensor diagonal = Elementwise.exp(Tensors.linspace(0, 14, 1600)).reshape(40, 40);
    Solution<Tensor> solution = solveCg(x -> x.mul(diagonal), ones(40, 40), 1e-10);
    assertThat(solution.status()).isEqualTo(Status.CONVERGED);
    assertThat(solution.steps()).isGreaterThan(800).isLessThanOrEqualTo(16000);
    assertThat(solve(SPD, tensor(1, 2), cg().withMaxSteps(1)).status()).isEqualTo(Status.MAX_STEPS);
    assertThat(solve(SPD, tensor(1, 2), cg().withMaxSteps(0)).steps()).isZero();
  }

  record Pair(Tensor x, Tensor y) {}

  @Test
  void treesAreOneCoupledSystem() {
    // [[2, 1], [1, 3]] over two leaves: the diagonal blocks alone would give 0.5 and 1/3
    Pair b = new Pair(scalar(1), tensor(1));
    Pair expected = new Pair(scalar(0.4), tensor(0.2));
    UnaryOperator<Pair> map =
        p -> new Pair(p.x().mul(2).add(p.y().reshape()), p.x().reshape(1).add(p.y().mul(3)));
    for (Solution<Pair> solution :
        List.of(solveCg(map, b, 1e-14), solveNormalCg(map, b, 1e-14), solveInv(map, b))) {
      assertThat(solution.value().x().toDouble()).isCloseTo(0.4, within(1e-15));
      assertThat(solution.value().y().toArray()).containsExactly(new double[] {0.2}, within(1e-15));
    }
    assertThat(expected.y().shape()).isEqualTo(Shape.of(1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-200, 1e-308, 1e-320, 1e300})
  void rightHandSidesOfAnySize(double size) {
    Tensor b = tensor(size, 2 * size);
    Tensor expected = tensor(1.0 / 11, 7.0 / 11);
    for (LinearSolver solver : List.of(cg(), normalCg(), inv())) {
      Solution<Tensor> solution = solve(SPD, b, solver);
      assertThat(solution.converged()).as("%s", solution).isTrue();
      double tolerance = size < 1e-310 ? 1e-3 : 1e-14;
      assertThat(
              norm(
                  solution
                      .value()
                      .mul(1 / Math.max(size, 1e-307))
                      .mul(Math.max(size, 1e-307) / size)
                      .sub(expected)))
          .as("%s: %s", solver, solution)
          .isLessThan(tolerance);
    }
  }

  @Test
  void tinyFloat32RightHandSide() {
    LinearMap<Tensor, Tensor> map =
        LinearMap.matrix(Tensors.nested(new float[][] {{4, 1}, {1, 3}}));
    for (LinearSolver solver : List.of(cg(), normalCg(), inv())) {
      Solution<Tensor> solution = solve(map, floats(1e-30f, 2e-30f), solver);
      assertThat(solution.converged()).isTrue();
      assertThat(solution.value().dtype()).isEqualTo(DType.FLOAT32);
      assertThat(solution.value().toArray()[1]).isCloseTo(7e-30 / 11, within(1e-35));
    }
  }

  @Test
  void absoluteToleranceIsOfTheGivenSystem() {
    Tensor a = spd(30, 1e4, 1);
    Tensor b = ones(30).mul(1e-5);
    Solution<Tensor> loose = solve(LinearMap.matrix(a), b, cg().withRtol(0).withAtol(1e-7));
    assertThat(loose.converged()).isTrue();
    assertThat(norm(b.sub(matmul(a, loose.value())))).isLessThanOrEqualTo(1e-7);
    assertThat(loose.residual()).isGreaterThan(1e-10);
    assertThat(solve(LinearMap.matrix(a), b, cg().withAtol(1)).steps()).isZero();
  }

  @Test
  void zeroRightHandSideGivesZeroAtOnce() {
    for (LinearSolver solver : List.of(cg(), normalCg(), inv(), auto())) {
      Solution<Tensor> solution = solve(SPD, zeros(2), solver);
      assertThat(solution).isEqualTo(new Solution<>(zeros(2), Status.CONVERGED, 0, 0));
    }
    Tensor nothing = zeros(0);
    assertThat(solveInv(x -> x, nothing).value()).isEqualTo(nothing);
    assertThat(solveCg(x -> x, nothing, 1e-9).value()).isEqualTo(nothing);
  }

  @Test
  void cgSolvesIndefiniteMapsOrReportsThem() {
    Tensor b = tensor(1, 1);
    LinearMap<Tensor, Tensor> indefinite =
        LinearMap.matrix(tensor(new double[][] {{1, 0}, {0, -3}}));
    assertThat(solve(indefinite, b, cg()).value().item(1)).isCloseTo(-1.0 / 3, within(1e-14));
    assertThat(solve(indefinite.scale(0), b, cg()).status())
        .isEqualTo(Status.NOT_POSITIVE_DEFINITE);
    assertThat(solve(indefinite, b, cg().withMaxSteps(1)).toString())
        .contains("NOT_POSITIVE_DEFINITE", "use normalCg() or inv()");
    assertThat(solve(indefinite, b, normalCg()).converged()).isTrue();
  }

  @Test
  void cgThatIsCutShortGivesItsLastIterate() {
    Tensor diagonal = tensor(1, 10, 1000);
    Solution<Tensor> cut = cg().withMaxSteps(1).solve(x -> x.mul(diagonal), ones(3));
    assertThat(cut.status()).isEqualTo(Status.MAX_STEPS);
    // the residual has grown, and the error in the norm of the map has not
    assertThat(cut.residual()).isGreaterThan(Math.sqrt(3));
    for (int i = 0; i < 3; i++) {
      assertThat(cut.value().item(i)).isCloseTo(3.0 / 1011, within(1e-17));
    }
  }

  @Test
  void theResidualOfAnIterationCutShortIsTheTrueOne() {
    Tensor b = tensor(3e5, -7e4, 2e5, 1e5);
    Tensor diagonal = tensor(1, 3, 20, 400);
    for (int steps = 1; steps < 4; steps++) {
      Cg cut = cg().withMaxSteps(steps).withRidge(0.5);
      Solution<Tensor> solution = cut.solve(x -> x.mul(diagonal), b);
      assertThat(solution.status()).isEqualTo(Status.MAX_STEPS);
      Tensor residual = b.sub(solution.value().mul(diagonal.add(0.5)));
      double norm = Reductions.norm(residual).toDouble();
      assertThat(solution.residual()).isCloseTo(norm, within(1e-9 * norm));
    }
  }

  @Test
  void aMapThatIsNotSymmetricStagnates() {
    Tensor turning = tensor(new double[][] {{1, 100}, {-100, 1}});
    Solution<Tensor> solution = solve(LinearMap.matrix(turning), tensor(1, 2), cg());
    assertThat(solution.status()).isEqualTo(Status.STAGNATED);
    assertThat(solution.residual()).isEqualTo(norm(tensor(1, 2)));
    assertThat(solution.value()).isEqualTo(zeros(2));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void cgNeverConvergesToAWrongVector(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 6;
    Tensor a = tensor(Shape.of(n, n), random.doubles(n * n, -1, 1).toArray());
    Tensor b = tensor(random.doubles(n, -1, 1).toArray());
    Solution<Tensor> solution = solve(LinearMap.matrix(a.add(eye(n))), b, cg());
    double residual = norm(b.sub(matmul(a.add(eye(n)), solution.value())));
    assertThat(solution.residual()).isCloseTo(residual, within(1e-12 * (1 + residual)));
    if (solution.converged()) {
      assertThat(residual).isLessThanOrEqualTo(1.0001e-10 * norm(b));
    }
  }

  @Test
  void singularAndBrokenMaps() {
    LinearMap<Tensor, Tensor> singular =
        LinearMap.matrix(tensor(new double[][] {{0.1, 0.2}, {0.3, 0.6}}));
    Solution<Tensor> dense = solve(singular, tensor(1, 1), inv());
    assertThat(dense.status()).isEqualTo(Status.SINGULAR);
    assertThat(dense.value().toArray()).containsOnly(Double.NaN);
    assertThat(solve(singular, tensor(1, 1), normalCg()).converged()).isTrue();
    for (LinearSolver solver : List.of(cg(), normalCg(), inv())) {
      assertThat(solve(SPD, tensor(1, Double.NaN), solver).status()).isEqualTo(Status.NON_FINITE);
      assertThat(solve(SPD.scale(Double.NaN), tensor(1, 1), solver).status())
          .isEqualTo(Status.NON_FINITE);
    }
  }

  @Test
  void badlyScaledIsNotSingular() {
    LinearMap<Tensor, Tensor> scaled =
        LinearMap.matrix(tensor(new double[][] {{1, 0}, {0, 1e-300}}));
    assertThat(solve(scaled, tensor(1, 1e-300), inv()).value()).isEqualTo(tensor(1, 1));
  }

  @Test
  void ridgeIsAddedToTheMapOrItsSquare() {
    Tensor a = tensor(new double[][] {{2, 0}, {0, 4}});
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(a);
    Tensor b = tensor(1, 1);
    for (LinearSolver solver : List.of(cg().withRidge(1), inv().withRidge(1))) {
      double[] x = solve(map, b, solver).value().toArray();
      assertThat(x).containsExactly(new double[] {1 / 3.0, 1 / 5.0}, within(1e-15));
    }
    double[] x = solve(map, b, normalCg().withRidge(1)).value().toArray();
    assertThat(x).containsExactly(new double[] {2 / 5.0, 4 / 17.0}, within(1e-15));
  }

  @Test
  void preconditionerSavesSteps() {
    int n = 60;
    Tensor diagonal = Tensors.linspace(1, 1e4, n);
    Tensor a = spd(n, 3, 7).mul(diagonal.reshape(n, 1)).mul(diagonal);
    LinearMap<Tensor, Tensor> inverse =
        LinearMap.of(x -> x.div(diagonal.mul(diagonal)), zeros(n), LinearMap.Tag.SYMMETRIC);
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(a);
    Tensor b = ones(n);
    int plain = solve(map, b, cg().withRtol(1e-8).withMaxSteps(5000)).steps();
    Solution<Tensor> preconditioned =
        solve(map, b, cg().withRtol(1e-8).withPreconditioner(inverse));
    assertThat(preconditioned.converged()).isTrue();
    assertThat(preconditioned.steps()).isLessThan(30).isLessThan(plain / 3);
  }

  @Test
  void preconditionerIsTransposedWithTheMap() {
    Tensor a = tensor(new double[][] {{1, 5}, {0, 100}});
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(a);
    Tensor inverse = tensor(new double[][] {{1, -0.05}, {0, 0.01}});
    NormalCg solver = normalCg().withPreconditioner(LinearMap.matrix(inverse));
    assertThat(solve(map, tensor(1, 1), solver).steps()).isEqualTo(1);
    assertThat(solve(map.transpose(), tensor(1, 1), solver.transpose()).steps()).isEqualTo(1);
    assertThat(solve(map.transpose(), tensor(1, 1), solver).steps()).isGreaterThan(1);
  }

  @Test
  void initialGuess() {
    Tensor b = tensor(1, 2);
    Tensor x = solve(SPD, b, inv()).value();
    for (LinearSolver solver : List.of(cg().withInit(x), normalCg().withInit(x))) {
      assertThat(solve(SPD, b, solver).steps()).isZero();
    }
    // useless guesses are dropped
    for (Tensor guess : List.of(tensor(1e200, -1e200), tensor(Double.NaN, 0))) {
      Solution<Tensor> solution = solve(SPD, b.mul(1e-200), cg().withInit(guess));
      assertThat(solution.converged()).isTrue();
    }
    assertThatThrownBy(() -> solve(SPD, b, cg().withInit(tensor(1, 2, 3))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("cg: init: expected f64[2] over the ravelled tree, got f64[3]");
  }

  @Test
  void rectangularMapsNeedNormalCg() {
    Tensor a = tensor(new double[][] {{1, 0}, {0, 2}, {0, 0}});
    Tensor b = tensor(3, 4, 5);
    Solution<Tensor> solution = solveNormalCg(x -> matmul(a, x), b, 1e-12, zeros(2));
    assertThat(solution.value().toArray()).containsExactly(new double[] {3, 2}, within(1e-12));
    assertThat(solve(LinearMap.matrix(a), b, auto()).value().toArray())
        .containsExactly(new double[] {3, 2}, within(1e-12));
    assertThatThrownBy(() -> solve(LinearMap.matrix(a), b, cg()))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "cg: needs a square map, got f64[2] -> f64[3]; normalCg gives the solution of least"
                + " squares");
  }

  @Test
  void autoChoosesBySizeAndTags() {
    int n = Auto.DENSE_LIMIT + 1;
    Tensor b = ones(n);
    LinearMap<Tensor, Tensor> twice = LinearMap.of(x -> x.mul(2), b);
    assertThat(solve(twice, b, auto()).steps()).isEqualTo(1);
    assertThat(solve(twice.withTags(LinearMap.Tag.SYMMETRIC), b, auto()).steps()).isEqualTo(1);
    assertThat(solve(SPD, tensor(1, 2), auto()).steps()).isZero();
    // symmetric, but not positive definite: LU comes to help
    LinearMap<Tensor, Tensor> indefinite =
        LinearMap.matrix(tensor(new double[][] {{0, 1}, {1, 0}}), LinearMap.Tag.SYMMETRIC);
    assertThat(solve(indefinite, tensor(1, 2), auto()).value()).isEqualTo(tensor(2, 1));
  }

  @Test
  void functionsMayReadValues() {
    UnaryOperator<Tensor> map = x -> tensor(4 * x.item(0) + x.item(1), x.item(0) + 3 * x.item(1));
    Tensor b = tensor(1, 2);
    double[] expected = {1.0 / 11, 7.0 / 11};
    assertThat(solveCg(map, b, 1e-12).value().toArray()).containsExactly(expected, within(1e-14));
    assertThat(solveInv(map, b).value().toArray()).containsExactly(expected, within(1e-14));
    assertThatThrownBy(() -> solveNormalCg(map, b, 1e-12)).isInstanceOf(TracerException.class);
  }

  @Test
  void argumentsOfTheFunctionAreImmutable() {
    List<Tensor> seen = new ArrayList<>();
    List<double[]> copies = new ArrayList<>();
    Tensor a = spd(20, 100, 3);
    solveCg(
        x -> {
          seen.add(x);
          copies.add(x.toArray());
          return matmul(a, x);
        },
        ones(20),
        1e-10);
    for (int i = 0; i < seen.size(); i++) {
      assertThat(seen.get(i).toArray()).isEqualTo(copies.get(i));
    }
  }

  @Test
  void aDerivativeIsNotLostSilently() {
    assertThatThrownBy(
            () ->
                Differentiation.jvp(
                    x -> new Tensor[] {solveCg(v -> v.mul(2), x[0], 1e-9).value()},
                    new Tensor[] {tensor(1, 2)},
                    new Tensor[] {tensor(1, 0)}))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("solveCg")
        .hasMessageContaining("linearSolve");
  }

  @Test
  void badNumbersAreRefused() {
    assertThatThrownBy(() -> cg().withRtol(-1)).hasMessage("cg: rtol -1.0 is not a number >= 0");
    assertThatThrownBy(() -> normalCg().withAtol(Double.NaN))
        .hasMessage("normalCg: atol NaN is not a number >= 0");
    assertThatThrownBy(() -> cg().withMaxSteps(-1)).hasMessage("cg: maxSteps -1 is negative");
    assertThatThrownBy(() -> inv().withRidge(Double.NaN))
        .hasMessage("inv: ridge NaN is not finite");
    assertThat(cg().withRtol(1e-8).withMaxSteps(5).withRidge(0.5))
        .hasToString("cg().withRtol(1.0E-8).withMaxSteps(5).withRidge(0.5)");
  }

  @Test
  void wrongSymmetryIsFoundOut() {
    // Cholesky reads the lower triangle only, which is that of the identity: the residual is 1
    LinearMap<Tensor, Tensor> wrong =
        LinearMap.matrix(tensor(new double[][] {{1, 1}, {0, 1}}), LinearMap.Tag.SYMMETRIC);
    Solution<Tensor> solution = solve(wrong, tensor(0, 1), inv());
    assertThat(solution.status()).isEqualTo(Status.CONVERGED);
    assertThat(solution.value()).isEqualTo(tensor(-1, 1));
    assertThat(solution.residual()).isZero();
  }

  @Test
  void functionsAreRecordedOnceForTheirTranspose() {
    int[] calls = {0};
    LinearMap<Tensor, Tensor> map =
        LinearMap.of(
            x -> {
              calls[0]++;
              return x.mul(3);
            },
            ones(2));
    calls[0] = 0;
    for (int i = 0; i < 5; i++) {
      assertThat(map.transpose().apply(tensor(1, 2))).isEqualTo(tensor(3, 6));
    }
    assertThat(calls[0]).isEqualTo(1);
  }
}
