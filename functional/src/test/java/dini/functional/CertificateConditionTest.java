package dini.functional;

import static dini.functional.Certificates.certify;
import static dini.linalg.LinearSolvers.auto;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.normalCg;
import static dini.linalg.LinearSolvers.solveCg;
import static dini.linalg.LinearSolvers.solveNormalCg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Products;
import dini.core.Tensor;
import dini.functional.ExactRidge.Theta;
import dini.linalg.LinearAlgebra;
import dini.linalg.LinearSolver;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds against errors known to 100 digits, where the Jacobian is ill-conditioned. */
class CertificateConditionTest {
  private static final int SEEDS = 4;

  /** How loose a bound may be where the solution or the solve decides it. */
  private static final double LOOSE = 5;

  /** What rounding is allowed to do, in units of roundoff times the condition. */
  private static final double ROUNDING = 1e3;

  private static Certificate<Theta> certificate(ExactRidge ridge, Tensor w, LinearSolver solver) {
    return certify(ridge::stationary, ridge::loss, w, ridge.theta(), solver);
  }

  /** Solutions as solvers of various quality find them. */
  private static Map<String, Tensor> solutions(ExactRidge ridge) {
    Tensor a = ridge.normalMatrix();
    Map<String, Tensor> solutions = new TreeMap<>();
    solutions.put("the exact one", ridge.solution());
    solutions.put("of LU", LinearAlgebra.solve(a, ridge.normalRight()));
    for (double tol : new double[] {1e-2, 1e-5, 1e-10}) {
      Tensor w = solveCg(v -> Products.matmul(a, v), ridge.normalRight(), tol).value();
      solutions.put("of cg to " + tol, w);
    }
    return solutions;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e2, 1e4, 1e6, 1e8, 1e10, 1e12, 1e13, 1e14})
  void boundsHoldAtEveryCondition(double condition) {
    List<LinearSolver> solvers =
        List.of(auto(), normalCg().withRtol(1e-5), normalCg(), cg().withRtol(1e-3));
    for (int seed = 0; seed < SEEDS; seed++) {
      ExactRidge ridge = ExactRidge.of(condition, 12, 6, seed);
      for (Map.Entry<String, Tensor> w : solutions(ridge).entrySet()) {
        for (LinearSolver solver : solvers) {
          Certificate<Theta> c = certificate(ridge, w.getValue(), solver);
          String label = "seed " + seed + ", solution " + w.getKey() + ", " + solver + "\n" + c;
          check(ridge, condition, c, label);
        }
      }
    }
  }

  private static void check(
      ExactRidge ridge, double condition, Certificate<Theta> c, String label) {
    double error = ridge.error(c.derivative());
    assertThat(c.condition()).as(label).isBetween(condition / 3, 100 * condition);
    if (condition <= 1e12) {
      assertThat(c.verdict()).as(label).isEqualTo(Verdict.CERTIFIED);
    }
    assertThat(error).as(label).isLessThanOrEqualTo(c.bound());
    if (c.certified()) {
      double rounding = ROUNDING * Math.ulp(1.0) * condition * ridge.norm();
      assertThat(c.bound()).as(label).isLessThanOrEqualTo(LOOSE * error + rounding);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e16, 1e18, 1e20})
  void refusesWhatIsSingularToWorkingPrecision(double condition) {
    for (int seed = 0; seed < SEEDS; seed++) {
      ExactRidge ridge = ExactRidge.of(condition, 12, 6, seed);
      Certificate<Theta> c = certificate(ridge, ridge.solution(), auto());
      assertThat(c.verdict()).as("seed %d%n%s", seed, c).isEqualTo(Verdict.ILL_CONDITIONED);
      assertThat(c.bound()).isInfinite();
      assertThatThrownBy(() -> c.within(1e3))
          .isInstanceOf(UncertifiedException.class)
          .hasMessageContaining("singular to working precision");
    }
  }

  /** Monomials on [0, 1]: the kind of fit for which an adjoint solved to 1e-5 is worthless. */
  private static ExactRidge curveFit(int degree, double lambda) {
    double[][] x = new double[20][degree + 1];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j <= degree; j++) {
        x[i][j] = Math.pow(i / 19.0, j);
      }
    }
    return ExactRidge.of(x, lambda, new SplittableRandom(degree));
  }

  private static final List<ExactRidge> FITS =
      List.of(curveFit(7, 1e-7), curveFit(8, 1e-7), curveFit(9, 1e-7));

  /** As users of normal equations get it. */
  private static Tensor solved(ExactRidge fit) {
    return LinearAlgebra.solve(fit.normalMatrix(), fit.normalRight());
  }

  @Test
  void showsWhatNormalCgAtALooseToleranceHides() {
    for (ExactRidge fit : FITS) {
      Certificate<Theta> c = certificate(fit, solved(fit), normalCg().withRtol(1e-5));
      double error = fit.error(c.derivative());
      assertThat(error).as("%s", c).isGreaterThan(0.5 * fit.norm());
      assertThat(c.bound()).as("%s", c).isBetween(error, LOOSE * error);
      assertThatThrownBy(() -> c.within(0.1)).isInstanceOf(UncertifiedException.class);
    }
  }

  @Test
  void showsThatATightToleranceOfNormalCgNeedNotDoEither() {
    for (int seed = 0; seed < SEEDS; seed++) {
      ExactRidge ridge = ExactRidge.of(1e12, 12, 6, seed);
      Certificate<Theta> c = certificate(ridge, ridge.solution(), normalCg());
      double error = ridge.error(c.derivative());
      assertThat(error).as("seed %d%n%s", seed, c).isGreaterThan(0.1 * ridge.norm());
      assertThat(c.bound()).as("seed %d%n%s", seed, c).isBetween(error, LOOSE * error);
    }
  }

  @Test
  void defaultsAreRightToTheirBoundOnTheSameFits() {
    for (ExactRidge fit : FITS) {
      Certificate<Theta> c = certificate(fit, solved(fit), auto());
      double error = fit.error(c.within(1e-2));
      assertThat(error).as("%s", c).isLessThanOrEqualTo(c.bound());
      assertThat(error).as("%s", c).isLessThan(1e-4 * fit.norm());
    }
  }

  @Test
  void showsTheErrorOfALinearSystemThatNormalCgGivesUpOn() {
    ExactRidge ridge = ExactRidge.of(1e6, 12, 6, 1);
    Tensor a = ridge.normalMatrix();
    Tensor w = solveNormalCg(v -> Products.matmul(a, v), ridge.normalRight(), 1e-5).value();
    Certificate<Theta> c = certificate(ridge, w, auto());
    double error = ridge.error(c.derivative());
    assertThat(error).as("%s", c).isGreaterThan(0.05 * ridge.norm());
    assertThat(c.bound()).as("%s", c).isBetween(error, LOOSE * error);
    assertThat(c.parts().solution()).isGreaterThan(100 * c.parts().linear());
  }

  @Test
  void aRidgeInTheSolverIsAnErrorThatTheBoundCovers() {
    ExactRidge ridge = ExactRidge.of(1e3, 12, 6, 2);
    Certificate<Theta> c = certificate(ridge, ridge.solution(), cg().withRidge(1e-4));
    double error = ridge.error(c.derivative());
    assertThat(error).isGreaterThan(1e-3 * ridge.norm());
    assertThat(c.bound()).as("%s", c).isBetween(error, LOOSE * error);
  }
}
