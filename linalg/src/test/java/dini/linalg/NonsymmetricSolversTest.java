package dini.linalg;

import static dini.core.Products.matmul;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.linalg.LinearSolvers.bicgstab;
import static dini.linalg.LinearSolvers.gmres;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.solve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dini.core.DType;
import dini.core.LinearMap;
import dini.core.Reductions;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.trace.Differentiation;
import dini.core.trace.Leaves;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The solvers for maps without symmetry, against dense solutions. */
class NonsymmetricSolversTest {

  static Stream<LinearSolver> solvers() {
    return Stream.of(gmres(), gmres().withRestart(5), bicgstab());
  }

  private static Tensor random(long seed, int... extents) {
    int size = 1;
    for (int extent : extents) {
      size *= extent;
    }
    return tensor(new SplittableRandom(seed).doubles(size, -1, 1).toArray()).reshape(extents);
  }

  /** Far from symmetric, with eigenvalues to the right of the imaginary axis. */
  private static Tensor matrix(int n) {
    return random(n, n, n).mul(1 / Math.sqrt(n)).add(eye(n).mul(2));
  }

  private static double norm(Tensor x) {
    return Reductions.norm(x).toDouble();
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void findsTheDenseSolution(LinearSolver solver) {
    for (int n : new int[] {1, 2, 7, 60}) {
      Tensor a = matrix(n);
      Tensor b = random(100 + n, n);
      Solution<Tensor> solution = solve(LinearMap.matrix(a), b, solver);
      assertThat(solution.converged()).as("%s", solution).isTrue();
      Tensor expected = LinearAlgebra.solve(a, b);
      assertThat(norm(solution.value().sub(expected))).isLessThan(1e-9 * norm(expected));
      double residual = norm(b.sub(matmul(a, solution.value())));
      assertThat(residual).isLessThanOrEqualTo(1e-10 * norm(b));
      assertThat(solution.residual()).isCloseTo(residual, within(1e-14));
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void solvesTheTransposedSystem(LinearSolver solver) {
    Tensor a = matrix(20);
    Tensor b = random(3, 20);
    Solution<Tensor> solution = solve(LinearMap.matrix(a).transpose(), b, solver.transpose());
    Tensor expected = LinearAlgebra.solve(a.transpose(), b);
    assertThat(norm(solution.value().sub(expected))).isLessThan(1e-9);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void hasTheDerivativesOfTheDenseSolution(LinearSolver solver) {
    Tensor a = matrix(6);
    Tensor b = random(4, 6);
    Tensor[] point = {a, b};
    Tensor[] direction = {random(5, 6, 6), random(6, 6)};
    Leaves sparse =
        x -> new Tensor[] {LinearSystems.linearSolve(LinearMap.matrix(x[0]), x[1], solver)};
    Leaves dense = x -> new Tensor[] {LinearAlgebra.solve(x[0], x[1])};
    for (int order = 1; order <= 2; order++) {
      Tensor tangent = Differentiation.jvp(sparse, point, direction).tangents()[0];
      Tensor expected = Differentiation.jvp(dense, point, direction).tangents()[0];
      assertThat(norm(tangent.sub(expected))).isLessThan(1e-8 * norm(expected));
      Tensor[] pulled = pulled(sparse, point);
      Tensor[] truth = pulled(dense, point);
      for (int i = 0; i < 2; i++) {
        assertThat(norm(pulled[i].sub(truth[i]))).isLessThan(1e-8 * norm(truth[i]));
      }
      Leaves lowerSparse = sparse;
      Leaves lowerDense = dense;
      sparse = x -> Differentiation.jvp(lowerSparse, x, direction).tangents();
      dense = x -> Differentiation.jvp(lowerDense, x, direction).tangents();
    }
  }

  private static Tensor[] pulled(Leaves f, Tensor... point) {
    return Differentiation.linearize(f, point).recording().pullback(new Tensor[] {random(7, 6)});
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void rightHandSidesOfAnySize(LinearSolver solver) {
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(tensor(new double[][] {{4, 1}, {-1, 3}}));
    for (double size : new double[] {1e-200, 1e-300, 1e300}) {
      Tensor x = solve(map, tensor(5 * size, 2 * size), solver).value();
      assertThat(x.toArray()[0] / size).isCloseTo(1, within(1e-10));
      assertThat(x.toArray()[1] / size).isCloseTo(1, within(1e-10));
    }
    Solution<Tensor> nothing = solve(map, zeros(2), solver);
    assertThat(nothing.value()).isEqualTo(zeros(2));
    assertThat(nothing.steps()).isZero();
    assertThat(nothing.converged()).isTrue();
  }

  @Test
  void singlePrecision() {
    Tensor a = matrix(30).astype(DType.FLOAT32);
    Tensor b = random(8, 30).astype(DType.FLOAT32);
    for (LinearSolver solver : solvers().toList()) {
      Solution<Tensor> solution = solve(LinearMap.matrix(a), b, solver);
      assertThat(solution.converged()).as("%s", solution).isTrue();
      assertThat(solution.value().dtype()).isEqualTo(DType.FLOAT32);
      assertThat(norm(b.sub(matmul(a, solution.value())))).isLessThan(1.01e-5 * norm(b));
    }
  }

  @Test
  void aCycleAsLongAsTheSystemSolvesIt() {
    // the cyclic shift: no residual falls before the last step
    int n = 8;
    double[][] shift = new double[n][n];
    for (int i = 0; i < n; i++) {
      shift[i][(i + 1) % n] = 1;
    }
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(tensor(shift));
    Tensor b = tensor(1, 0, 0, 0, 0, 0, 0, 0);
    Solution<Tensor> whole = solve(map, b, gmres());
    assertThat(whole.status()).isEqualTo(Status.CONVERGED);
    assertThat(whole.steps()).isEqualTo(n);
    assertThat(whole.value()).isEqualTo(tensor(0, 1, 0, 0, 0, 0, 0, 0));
    Solution<Tensor> restarted = solve(map, b, gmres().withRestart(n - 1));
    assertThat(restarted.status()).isEqualTo(Status.STAGNATED);
    assertThat(restarted.steps()).isEqualTo(n - 1);
  }

  @Test
  void aSkewMapNeedsNoMoreThanGmres() {
    // <r, A r> = 0, where biconjugate gradients cannot begin
    LinearMap<Tensor, Tensor> turn = LinearMap.matrix(tensor(new double[][] {{0, -1}, {1, 0}}));
    assertThat(solve(turn, tensor(1, 2), gmres()).value().toArray())
        .containsExactly(new double[] {2, -1}, within(1e-15));
    Solution<Tensor> broken = solve(turn, tensor(1, 2), bicgstab());
    assertThat(broken.status()).isEqualTo(Status.STAGNATED);
    assertThat(broken.value()).isEqualTo(zeros(2));
    assertThat(broken.residual()).isCloseTo(Math.sqrt(5), within(1e-15));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aSingularMap(LinearSolver solver) {
    LinearMap<Tensor, Tensor> map =
        LinearMap.matrix(tensor(new double[][] {{1, 2, 0}, {2, 4, 0}, {0, 1, 1}}));
    Solution<Tensor> outside = solve(map, tensor(1, 0, 1), solver);
    assertThat(outside.status().isFailure()).as("%s", outside).isTrue();
    assertThat(outside.residual()).isGreaterThan(0.1).isLessThanOrEqualTo(1.5);
    assertThat(solve(LinearMap.matrix(zeros(2, 2)), tensor(1, 1), solver).status())
        .isEqualTo(Status.STAGNATED);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void notANumber(LinearSolver solver) {
    Tensor nan = tensor(Double.NaN, 1);
    assertThat(solve(LinearMap.matrix(eye(2)), nan, solver).status()).isEqualTo(Status.NON_FINITE);
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(eye(2).mul(nan));
    assertThat(solve(map, ones(2), solver).status()).isEqualTo(Status.NON_FINITE);
  }

  @Test
  void settings() {
    Tensor a = matrix(12);
    Tensor b = random(9, 12);
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(a);
    Tensor ridged = LinearAlgebra.solve(a.add(eye(12).mul(0.5)), b);
    Tensor exact = LinearAlgebra.solve(a, b);
    Tensor inverse = LinearAlgebra.inv(a);
    List<LinearSolver> withRidge =
        List.of(gmres().withRidge(0.5).withRestart(4), bicgstab().withRidge(0.5));
    for (LinearSolver each : withRidge) {
      assertThat(norm(solve(map, b, each).value().sub(ridged))).isLessThan(1e-9);
    }
    List<LinearSolver> preconditioned =
        List.of(
            gmres().withPreconditioner(r -> matmul(inverse, r)),
            bicgstab().withPreconditioner(r -> matmul(inverse, r)));
    for (LinearSolver each : preconditioned) {
      assertThat(solve(map, b, each).steps()).isEqualTo(1);
      Solution<Tensor> back = solve(map.transpose(), b, each.transpose());
      assertThat(back.steps()).isEqualTo(1);
      assertThat(norm(matmul(b.sub(matmul(a, back.value(), true, false)), b))).isLessThan(1e-9);
      Tensor[] pulled =
          Differentiation.linearize(
                  x -> new Tensor[] {LinearSystems.linearSolve(map, x[0], each)}, new Tensor[] {b})
              .recording()
              .pullback(new Tensor[] {b});
      assertThat(norm(pulled[0].sub(LinearAlgebra.solve(a.transpose(), b)))).isLessThan(1e-9);
    }
    for (LinearSolver each : List.of(gmres().withInit(exact), bicgstab().withInit(exact))) {
      assertThat(solve(map, b, each).steps()).isZero();
    }
    for (LinearSolver each : List.of(gmres().withMaxSteps(2), bicgstab().withMaxSteps(2))) {
      Solution<Tensor> cut = solve(map, b, each);
      assertThat(cut.status()).isEqualTo(Status.MAX_STEPS);
      assertThat(cut.steps()).isEqualTo(2);
      assertThat(norm(b.sub(matmul(a, cut.value())))).isCloseTo(cut.residual(), within(1e-14));
    }
    for (LinearSolver each : List.of(gmres().withAtol(0.1), bicgstab().withAtol(0.1))) {
      assertThat(solve(map, b, each).residual()).isBetween(1e-9, 0.1);
    }
    assertThat(gmres().withRtol(1e-8).withRestart(10))
        .hasToString("gmres().withRtol(1.0E-8).withRestart(10)");
    assertThat(bicgstab().withRidge(2)).hasToString("bicgstab().withRidge(2.0)");
  }

  @Test
  void observers() {
    Tensor a = matrix(12);
    Tensor b = random(10, 12);
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(a);
    List<Double> told = new ArrayList<>();
    Solution<Tensor> solution =
        solve(map, b, gmres().withRestart(5).withObserver((step, r) -> told.add(r)));
    assertThat(told).hasSize(solution.steps() + 1);
    assertThat(told.getLast()).isEqualTo(solution.residual());
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i)).isLessThanOrEqualTo(told.get(i - 1) * (1 + 1e-12));
    }
    told.clear();
    Solution<Tensor> other = solve(map, b, bicgstab().withObserver((step, r) -> told.add(r)));
    assertThat(told).hasSize(other.steps() + 1);
    assertThat(told.getLast()).isEqualTo(other.residual());
    List<LinearSolver> stopping =
        List.of(
            gmres().withObserver((step, r) -> step < 3),
            bicgstab().withObserver((step, r) -> step < 3));
    for (LinearSolver each : stopping) {
      Solution<Tensor> stopped = solve(map, b, each);
      assertThat(stopped.status()).isEqualTo(Status.STOPPED);
      assertThat(stopped.steps()).isEqualTo(3);
      assertThat(norm(b.sub(matmul(a, stopped.value()))))
          .isCloseTo(stopped.residual(), within(1e-14));
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void interrupts(LinearSolver solver) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> solve(LinearMap.matrix(matrix(4)), ones(4), solver))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void refusals() {
    for (LinearSolver solver : solvers().toList()) {
      assertThatThrownBy(() -> solve(LinearMap.matrix(ones(3, 2)), ones(3), solver))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("needs a square map");
    }
    assertThatThrownBy(() -> gmres().withRestart(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gmres: restart 0 is less than 1");
    assertThatThrownBy(() -> bicgstab().withRtol(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStiffSystemOfConvectionAndDiffusion() {
    // -u'' + 40 u' on 400 points: far from normal
    int n = 400;
    double h = 1.0 / (n + 1);
    Tensor lower = Tensors.full(dini.core.Shape.of(n), -1 / (h * h) - 20 / h);
    Tensor middle = Tensors.full(dini.core.Shape.of(n), 2 / (h * h));
    Tensor upper = Tensors.full(dini.core.Shape.of(n), -1 / (h * h) + 20 / h);
    Tensor b = ones(n);
    Tensor expected = LinearAlgebra.tridiagonalSolve(lower, middle, upper, b);
    double[][] dense = new double[n][n];
    for (int i = 0; i < n; i++) {
      dense[i][i] = 2 / (h * h);
      if (i > 0) {
        dense[i][i - 1] = -1 / (h * h) - 20 / h;
        dense[i - 1][i] = -1 / (h * h) + 20 / h;
      }
    }
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(tensor(dense));
    assertThat(norm(solve(map, b, inv()).value().sub(expected))).isLessThan(1e-9 * norm(expected));
    for (LinearSolver solver : List.of(gmres().withRestart(n), bicgstab())) {
      Solution<Tensor> solution = solve(map, b, solver);
      assertThat(solution.converged())
          .as("%s %s %s", solver, solution.status(), solution.residual())
          .isTrue();
      assertThat(norm(solution.value().sub(expected))).isLessThan(1e-5 * norm(expected));
    }
  }
}
