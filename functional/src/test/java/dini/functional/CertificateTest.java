package dini.functional;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.log;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.sqrt;
import static dini.core.Products.dot;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Certificates.certify;
import static dini.functional.Certificates.certifyJvp;
import static dini.functional.Certificates.certifyVjp;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearSolvers.auto;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.normalCg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.core.Trees;
import dini.linalg.LinearSolver;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates on small problems whose derivatives are known in closed form. */
class CertificateTest {
  /** Its roots are the square roots of θ. */
  private static Tensor square(Tensor x, Tensor theta) {
    return x.mul(x).sub(theta);
  }

  private static Tensor identity(Tensor x) {
    return x;
  }

  private static Certificate<Tensor> ofSquare(double x, double theta) {
    return certify(CertificateTest::square, CertificateTest::identity, scalar(x), scalar(theta));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.99, 1, 1.0000001, 1.1, 1.5, 2})
  void boundsTheDerivativeOfASquareRoot(double x) {
    Certificate<Tensor> c = ofSquare(x, 1);
    double error = Math.abs(c.derivative().toDouble() - 0.5);
    assertThat(c.certified()).as("%s", c).isTrue();
    assertThat(error).as("%s", c).isLessThanOrEqualTo(c.bound());
    assertThat(c.bound()).as("%s", c).isLessThan(5 * error + 1e-14);
    assertThat(Math.abs(x - 1)).as("%s", c).isLessThanOrEqualTo(c.distance());
    assertThat(c.residual()).isEqualTo(Math.abs(x * x - 1));
    assertThat(c.condition()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0.7, 0.5, 0.1, 3, 100})
  void refusesWhereNewtonsMethodMayFail(double x) {
    Certificate<Tensor> c = ofSquare(x, x < 0 ? -1 : 1);
    assertThat(c.verdict()).as("%s", c).isEqualTo(Verdict.NO_ROOT_NEAR);
    assertThat(c.bound()).isInfinite();
    assertThat(c.relativeBound()).isInfinite();
    assertThat(c.nonlinearity()).isGreaterThan(0.4);
    assertThatThrownBy(() -> c.within(1e9))
        .isInstanceOf(UncertifiedException.class)
        .hasMessageContaining("no root is known to be near");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-1, 1e-4, 1e-9, 1e-100})
  void refusesADoubleRootHoweverNear(double x) {
    assertThat(ofSquare(x, 0).verdict()).isEqualTo(Verdict.NO_ROOT_NEAR);
  }

  @Test
  void refusesASingularJacobian() {
    Certificate<Tensor> c = ofSquare(0, 0);
    assertThat(c.verdict()).isEqualTo(Verdict.ILL_CONDITIONED);
    assertThat(c.condition()).isInfinite();
    Tensor a = tensor(new double[][] {{1, 2}, {2, 4}});
    Certificate<Tensor> redundant =
        certify((x, t) -> matmul(a, x.sub(t)), x -> sum(x), tensor(1, 1), tensor(1, 1));
    assertThat(redundant.verdict()).isEqualTo(Verdict.ILL_CONDITIONED);
  }

  @Test
  void refusesNaN() {
    Certificate<Tensor> condition =
        certify((x, t) -> log(x).sub(t), CertificateTest::identity, scalar(-1), scalar(0));
    assertThat(condition.verdict()).isEqualTo(Verdict.NON_FINITE);
    Certificate<Tensor> loss =
        certify(CertificateTest::square, x -> sqrt(x.sub(1)), scalar(1), scalar(1));
    assertThat(loss.verdict()).isEqualTo(Verdict.NON_FINITE);
    assertThat(loss.bound()).isInfinite();
  }

  @Test
  void refusesWhatTheUsersSolverBrokeDownOn() {
    Tensor a = tensor(new double[][] {{1, 0}, {0, -1}});
    BiFunction<Tensor, Tensor, Tensor> f = (x, t) -> matmul(a, x.sub(t));
    Certificate<Tensor> c = certify(f, x -> sum(x), tensor(1, 1), tensor(1, 1), inv().withRidge(1));
    assertThat(c.verdict()).as("%s", c).isEqualTo(Verdict.UNSOLVED);
  }

  @Test
  void tangentAndCotangentOfASquareRoot() {
    Tensor x = scalar(1.1);
    Certificate<Tensor> forward = certifyJvp(CertificateTest::square, x, scalar(1), scalar(3));
    Certificate<Tensor> backward = certifyVjp(CertificateTest::square, x, scalar(1), scalar(3));
    for (Certificate<Tensor> c : List.of(forward, backward)) {
      double error = Math.abs(c.derivative().toDouble() - 1.5);
      assertThat(c.bound()).as("%s", c).isBetween(error, 3 * error);
    }
  }

  @Test
  void lossMayDependOnTheParameters() {
    // sqrt(t) t has the derivative 1.5 sqrt(t)
    Certificate<Tensor> c =
        certify(CertificateTest::square, (x, t) -> x.mul(t), scalar(2.01), scalar(4));
    double error = Math.abs(c.derivative().toDouble() - 3);
    assertThat(c.bound()).as("%s", c).isBetween(error, 3 * error);
  }

  @Test
  void withinReturnsTheDerivativeOrThrowsWithTheReport() {
    Certificate<Tensor> c = ofSquare(1.001, 1);
    assertThat(c.within(1e-2)).isSameAs(c.derivative());
    assertThatThrownBy(() -> c.within(1e-6))
        .isInstanceOf(UncertifiedException.class)
        .hasMessageContaining("1.0E-6")
        .hasMessageContaining(c.toString());
    assertThatThrownBy(() -> c.within(Double.NaN)).isInstanceOf(UncertifiedException.class);
  }

  @Test
  void certifiesADerivativeFromElsewhere() {
    Certificate<Tensor> c = ofSquare(1.001, 1);
    Certificate<Tensor> other = c.of(scalar(0.6));
    assertThat(other.derivative().toDouble()).isEqualTo(0.6);
    assertThat(other.parts().difference()).isEqualTo(0.6 - c.derivative().toDouble());
    assertThat(other.bound()).isBetween(0.1, 0.1 + 2 * c.bound());
    assertThat(other.toString()).contains("from elsewhere");
    assertThat(ofSquare(0.1, 1).of(scalar(0.5)).bound()).isInfinite();
    assertThatThrownBy(() -> c.of(tensor(1, 2))).isInstanceOf(ShapeException.class);
  }

  @Test
  void printsAReport() {
    Certificate<Tensor> c =
        new Certificate<>(
            scalar(0.5),
            Verdict.CERTIFIED,
            new Certificate.Parts(4e-6, 1e-15, 3e-15, 0),
            0.5,
            2e-6,
            3e-6,
            1e-6,
            5e-16,
            12);
    assertThat(c)
        .hasToString(
            """
            Certificate: right to 4.0e-06, 8.0e-06 of its norm 0.5000
              error from the solution <= 4.0e-06   ||F|| = 2.0e-06, ||x - x*|| <= 3.0e-06, \
            h = 1.0e-06
                    from the solve    <= 1.0e-15   ||b - A v|| = 5.0e-16
                    from rounding     <= 3.0e-15   cond(A) = 1.2e+01\
            """);
    assertThat(ofSquare(100, 1).toString())
        .startsWith("Certificate: no bound, NO_ROOT_NEAR\n  no root is known")
        .contains("from rounding     unknown      cond(A) = 1.0e+00");
  }

  // ---- trees, dtypes, scales ----

  /** Unknowns of several shapes, and one that has no derivative. */
  public record Unknowns(Tensor w, Tensor offset, Tensor steps) {}

  /** Parameters of several shapes. */
  public record Parameters(List<Tensor> target, Tensor pull) {}

  /** {@code w = target + pull offset} and {@code exp(offset) = sum(target)}, coupled. */
  private static Unknowns coupled(Unknowns x, Parameters p) {
    Tensor t = p.target().getFirst();
    Tensor weights = x.w().sub(t).sub(p.pull().mul(x.offset()));
    Tensor total = exp(x.offset()).sub(sum(t)).add(sum(weights));
    return new Unknowns(weights, total, x.steps());
  }

  @Test
  void treesOfSeveralTensorsAreOneSystem() {
    Tensor target = tensor(new double[][] {{1, 2}, {0.5, 1.5}});
    Parameters theta = new Parameters(List.of(target), scalar(0.3));
    Tensor offset = scalar(Math.log(5));
    Tensor w = target.add(offset.mul(0.3));
    Unknowns x = new Unknowns(w.mul(1 + 1e-4), offset.mul(1 - 1e-4), longs(7));
    Certificate<Parameters> c =
        certify(CertificateTest::coupled, u -> sum(u.w().mul(u.w())).add(u.offset()), x, theta);
    Parameters truth =
        grad(
            p -> {
              Tensor t = p.target().getFirst();
              Tensor b = log(sum(t));
              Tensor v = t.add(p.pull().mul(b));
              return sum(v.mul(v)).add(b);
            },
            theta);
    double error = Trees.treeNorm(Trees.treeSub(c.derivative(), truth)).toDouble();
    assertThat(c.bound()).as("%s", c).isBetween(error, 3 * error);
    assertThat(error).isGreaterThan(1e-5);
    Certificate<Unknowns> forward = certifyJvp(CertificateTest::coupled, x, theta, theta);
    assertThat(forward.certified()).isTrue();
    assertThat(forward.derivative().steps()).isEqualTo(longs(0));
  }

  @Test
  void singlePrecisionHasWiderBounds() {
    Tensor theta = floats(2, 3, 5);
    for (double away : new double[] {0, 1e-5, 1e-2}) {
      Tensor x = sqrt(theta).mul(1 + away);
      Certificate<Tensor> c = certify(CertificateTest::square, z -> sum(z), x, theta);
      double squares = 0;
      for (int i = 0; i < 3; i++) {
        squares += Math.pow(c.derivative().item(i) - 0.5 / Math.sqrt(theta.item(i)), 2);
      }
      assertThat(c.derivative().dtype()).isEqualTo(DType.FLOAT32);
      assertThat(Math.sqrt(squares)).as("%s", c).isLessThanOrEqualTo(c.bound());
      assertThat(c.bound()).as("%s", c).isLessThan(3 * Math.sqrt(squares) + 1e-5);
      assertThat(c.bound()).as("%s", c).isGreaterThan(1e-8);
    }
  }

  @Test
  void scalesOfUnknownsAndEquationsDoNotMatter() {
    Tensor units = tensor(1, 1e-20, 1e20);
    Tensor theta = tensor(1.1, 2.3, 3.7);
    Certificate<Tensor> rows = certify((x, t) -> units.mul(x.sub(t)), x -> dot(x, x), theta, theta);
    assertThat(rows.condition()).isBetween(1e39, 1e41);
    assertThat(rows.within(1e-13).toArray()).containsExactly(2.2, 4.6, 7.4);
    Certificate<Tensor> columns =
        certify((x, t) -> x.mul(units).sub(t), x -> sum(x.mul(units)), theta.div(units), theta);
    assertThat(columns.certified()).as("%s", columns).isTrue();
    assertThat(columns.relativeBound()).as("%s", columns).isLessThan(1e-12);
  }

  @Test
  void measuresRoundingThatCancellationEnlarges() {
    // the sum is rounded to multiples of 1.9e-6
    double theta = 1.2345678901;
    Tensor x = scalar((1e10 + theta) - 1e10);
    BiFunction<Tensor, Tensor, Tensor> f = (z, t) -> z.add(1e10).sub(1e10).sub(t);
    Certificate<Tensor> c = certify(f, z -> z.mul(z), x, scalar(theta));
    double error = Math.abs(c.derivative().toDouble() - 2 * theta);
    assertThat(error).isGreaterThan(1e-8);
    assertThat(c.bound()).as("%s", c).isBetween(error, 1e-4);
  }

  @Test
  void sharpWavesAreNotTakenForRounding() {
    double root = 1.1;
    Tensor theta = scalar(2 * root + 1e-3 * Math.sin(1000 * root));
    Certificate<Tensor> c =
        certify(
            (x, t) -> sin(x.mul(1000)).mul(1e-3).add(x.mul(2)).sub(t),
            CertificateTest::identity,
            scalar(root),
            theta);
    double error = Math.abs(c.derivative().toDouble() - 1 / (2 + Math.cos(1000 * root)));
    assertThat(error).isLessThanOrEqualTo(c.bound());
    assertThat(c.bound()).as("%s", c).isLessThan(1e-11);
  }

  @Test
  void aLossThatDoesNotMoveHasDerivativeZero() {
    Certificate<Tensor> c = certify(CertificateTest::square, x -> x.mul(0), scalar(1), scalar(1));
    assertThat(c.bound()).isZero();
    assertThat(c.relativeBound()).isZero();
    assertThat(c.within(0).toDouble()).isZero();
  }

  @Test
  void aDerivativeOfZeroHasAnAbsoluteBound() {
    BiFunction<Tensor, Tensor, Tensor> f = (x, t) -> x.sub(t);
    Certificate<Tensor> c = certify(f, (x, t) -> x.sub(t), scalar(3), scalar(3));
    assertThat(c.norm()).isZero();
    assertThat(c.bound()).isBetween(Double.MIN_VALUE, 1e-14);
    assertThat(c.toString())
        .startsWith(String.format(Locale.ROOT, "Certificate: right to %.1e\n", c.bound()))
        .doesNotContain("Infinity");
    assertThatThrownBy(() -> c.within(1e9)).isInstanceOf(UncertifiedException.class);
    assertThat(c.within(1e-9, 1e-12)).isSameAs(c.derivative());
    assertThatThrownBy(() -> c.within(1e9, 1e-300))
        .isInstanceOf(UncertifiedException.class)
        .hasMessageContaining("1.0E9 of its norm or to 1.0E-300");
  }

  @Test
  void anAbsoluteBoundIsAnAlternative() {
    Certificate<Tensor> c = ofSquare(1.001, 1);
    assertThat(c.within(1e-2, 0)).isSameAs(c.derivative());
    assertThat(c.within(0, 1e-2)).isSameAs(c.derivative());
    assertThatThrownBy(() -> c.within(1e-6, 1e-6)).isInstanceOf(UncertifiedException.class);
    assertThatThrownBy(() -> c.within(1, Double.NaN)).isInstanceOf(UncertifiedException.class);
    assertThatThrownBy(() -> c.within(Double.NaN, 1)).isInstanceOf(UncertifiedException.class);
    assertThatThrownBy(() -> ofSquare(0.1, 1).within(1e9, 1e9))
        .isInstanceOf(UncertifiedException.class);
  }

  // ---- large systems, without a matrix ----

  /** {@code d x + x^3 = theta}, whose root is known if theta is made from it. */
  private record Diagonal(Tensor d, Tensor root, Tensor theta) {
    static Diagonal of(int n, double condition) {
      SplittableRandom random = new SplittableRandom(n);
      double[] d = random.doubles(n).map(e -> Math.pow(condition, e)).toArray();
      Tensor root = tensor(random.doubles(n, 1, 2).toArray());
      return new Diagonal(tensor(d), root, tensor(d).mul(root).add(root.pow(3)));
    }

    Tensor stationary(Tensor x, Tensor t) {
      return d.mul(x).add(x.pow(3)).sub(t);
    }

    Certificate<Tensor> at(Tensor x, LinearSolver solver) {
      return certify(this::stationary, z -> dot(z, z), x, theta, solver);
    }

    double error(Certificate<Tensor> c) {
      Tensor truth = root.mul(2).div(d.add(root.mul(root).mul(3)));
      return Trees.treeNorm(c.derivative().sub(truth)).toDouble();
    }
  }

  @Test
  void largeSystemsAreSolvedWithoutAMatrix() {
    Diagonal problem = Diagonal.of(700, 1e3);
    Tensor x = problem.root.mul(1 + 1e-5);
    for (LinearSolver solver :
        List.of(auto(), cg(), cg().withRtol(1e-3), normalCg().withRtol(1e-4))) {
      Certificate<Tensor> c = problem.at(x, solver);
      double error = problem.error(c);
      assertThat(c.bound()).as("%s%n%s", solver, c).isBetween(error, 3 * error);
      assertThat(c.condition()).as("%s%n%s", solver, c).isBetween(30.0, 1e3);
    }
    Certificate<Tensor> loose = problem.at(x, cg().withMaxSteps(3));
    assertThat(loose.parts().linear()).isGreaterThan(10 * loose.parts().solution());
    assertThat(loose.bound()).isBetween(problem.error(loose), 3 * problem.error(loose));
  }

  @Test
  void largeSystemsThatCannotBeSolvedHaveNoBound() {
    Diagonal problem = Diagonal.of(600, 1e14);
    Certificate<Tensor> c = problem.at(problem.root, normalCg());
    assertThat(c.verdict()).as("%s", c).isEqualTo(Verdict.UNSOLVED);
    Certificate<Tensor> dense = problem.at(problem.root, inv());
    assertThat(dense.bound()).as("%s", dense).isBetween(problem.error(dense), 1e-10);
  }

  // ---- misuse ----

  @Test
  void refusesTensorsWhoseDerivativeWouldBeLost() {
    assertThatThrownBy(
            () ->
                grad(
                    t ->
                        certify(CertificateTest::square, CertificateTest::identity, scalar(1), t)
                            .derivative(),
                    scalar(1)))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("certify: works on values");
    assertThatThrownBy(
            () ->
                grad(
                    c ->
                        certify(
                                (x, t) -> square(x, t).mul(c),
                                CertificateTest::identity,
                                scalar(1.5),
                                scalar(2))
                            .derivative(),
                    scalar(1)))
        .isInstanceOf(TracerException.class);
    assertThatThrownBy(
            () ->
                vmap(
                    (Tensor t) ->
                        certify(CertificateTest::square, CertificateTest::identity, scalar(1), t)
                            .derivative(),
                    tensor(1, 2)))
        .isInstanceOf(TracerException.class);
  }

  @Test
  void refusesAConditionThatReturnsNull() {
    assertThatThrownBy(
            () -> certify((Tensor x, Tensor t) -> null, x -> sum(x), scalar(1), scalar(1)))
        .isInstanceOf(TreeException.class)
        .hasMessage("certify: the stationarity condition returned null");
  }

  @Test
  void refusesWrongTrees() {
    assertThatThrownBy(() -> certify((x, t) -> sum(x), x -> sum(x), tensor(1, 2), scalar(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("certify: the stationarity condition");
    assertThatThrownBy(() -> certify((x, t) -> x, x -> sum(x), tensor(1, 2), longs(1)))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(
            () -> certifyVjp(CertificateTest::square, scalar(1), scalar(1), tensor(1, 2)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(
            () ->
                certifyJvp(
                    (List<Tensor> x, Tensor t) -> x,
                    List.of(Tensors.ones(2)),
                    tensor(1),
                    tensor(1, 2)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(
            () ->
                certify(
                    (List<Tensor> x, Tensor t) -> List.of(x.getFirst(), t),
                    x -> sum(x.getFirst()),
                    List.of(Tensors.ones(2)),
                    tensor(1)))
        .isInstanceOf(TreeException.class);
  }
}
