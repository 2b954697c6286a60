package dini.functional;

import dini.core.Trees;
import dini.core.dense.DenseTensor;
import dini.functional.JointPoint.Joint;
import dini.linalg.LinearSolver;
import dini.linalg.Status;
import dini.linalg.solver.Operator;
import dini.linalg.solver.Ravel;
import dini.linalg.solver.Solve;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * Makes a certificate. From the solution and the derivative's own linear system two Newton steps
 * are taken on both equations together; what they change is the error of the derivative, up to what
 * a third step would change and to rounding.
 */
final class Certification<X, A, D> {
  /**
   * Every estimate is doubled: of the steps that are left out, which for an accepted solution are
   * together shorter than the last one taken, and of what rounding does, which is sampled.
   */
  private static final double SAFETY = 2;

  /** Newton's method converges below 1/2; at a double root, and where no root is, it is 1/2. */
  private static final double NEAR = 0.4;

  /** Above this relative error of v, that error is not even roughly linear in that of A. */
  private static final double RELIABLE = 0.1;

  private final Joint<X, A, D> joint;
  private final Coordinates<X> unknowns;

  Certification(
      String operation,
      BiFunction<X, A, X> stationary,
      Sensitivity<X, A, D> sensitivity,
      X x,
      A theta,
      LinearSolver solver) {
    this.unknowns = Coordinates.of(operation, x);
    this.joint =
        new Joint<>(
            stationary, sensitivity, unknowns, Coordinates.of(operation, theta), theta, solver);
  }

  Certificate<D> run(X x) {
    StationarySystem system =
        StationarySystem.of(z -> joint.stationary().apply(z, joint.theta()), unknowns, x);
    X right = joint.sensitivity().residual(x, joint.theta(), Trees.treeZerosLike(x));
    double[] values = unknowns.read("the right-hand side", right);
    X v = solved(system.jacobian(), right);
    Judgement<X, A, D> judgement = new Judgement<>(new JointPoint<>(joint, system, x, v));
    return judgement.certificate(finite(values));
  }

  /** The solution of the derivative's linear system as the user's solver finds it. */
  private X solved(Operator jacobian, X right) {
    Ravel ravel = new Ravel(unknowns.types());
    DenseTensor b = ravel.join(unknowns.floating("the right-hand side", right));
    LinearSolver solver = joint.solver();
    DenseTensor v =
        joint.sensitivity().transposed()
            ? Solve.equation(solver.transpose(), jacobian.transpose(), b).x()
            : Solve.equation(solver, jacobian, b).x();
    return unknowns.tree(ravel.split(v));
  }

  private static boolean finite(double[] x) {
    return Arrays.stream(x).allMatch(Double::isFinite);
  }

  /** The certificate as it takes shape; what is not known yet is NaN. */
  private static final class Judgement<X, A, D> {
    private final JointPoint<X, A, D> start;
    private final double condition;
    private double distance = Double.NaN;
    private double nonlinearity = Double.NaN;
    private Certificate.Parts parts = Certificate.Parts.UNKNOWN;

    Judgement(JointPoint<X, A, D> start) {
      this.start = start;
      this.condition = start.inverse().condition(start.residual().length);
    }

    Certificate<D> certificate(boolean solvable) {
      Verdict verdict = solvable ? verdict() : Verdict.NON_FINITE;
      return new Certificate<>(
          start.derivative(),
          verdict,
          verdict == Verdict.CERTIFIED ? parts : Certificate.Parts.UNKNOWN,
          Vector.norm(start.results()),
          Vector.norm(start.residual()),
          distance,
          nonlinearity,
          Vector.norm(start.linearResidual()),
          condition);
    }

    private Verdict verdict() {
      if (start.inverse().status() != Status.CONVERGED || !finite(start.residual())) {
        return failed(start);
      }
      if (!finite(start.linearResidual())) {
        return Verdict.UNSOLVED;
      }
      double[] dx = start.solutionStep(start.residual());
      double[] dv = start.linearStep(dx, start.linearResidual());
      nonlinearity = start.nonlinearity(dx);
      if (!finite(dx) || !finite(dv) || Double.isNaN(nonlinearity)) {
        return failed(start);
      }
      return nonlinearity <= NEAR ? compared(dx, start.moved(dx, dv)) : Verdict.NO_ROOT_NEAR;
    }

    /** Takes the second step and compares. */
    private Verdict compared(double[] dx, JointPoint<X, A, D> next) {
      double[] dx2 = next.solutionStep(next.residual());
      double[] dv2 = next.linearStep(dx2, next.linearResidual());
      if (!finite(dx2) || !finite(dv2)) {
        return failed(next);
      }
      JointPoint<X, A, D> last = next.moved(dx2, dv2);
      RoundingError rounding = RoundingError.at(last);
      double blur = Vector.norm(rounding.solution());
      double first = Vector.norm(dx);
      double second = Vector.norm(dx2);
      double ratio = second <= blur ? 0 : (second - blur) / first;
      nonlinearity = Math.max(nonlinearity, 2 * ratio / (1 + 2 * ratio));
      nonlinearity = Math.max(nonlinearity, last.nonlinearity(rounding.solution()));
      distance = SAFETY * (first + second + blur);
      parts = parts(next, last, rounding);
      if (!Double.isFinite(parts.total() + nonlinearity + rounding.linear())) {
        return failed(last);
      }
      double v = Vector.norm(last.joint().unknowns().read("v", last.v()));
      if (rounding.linear() > RELIABLE * v) {
        return Verdict.ILL_CONDITIONED;
      }
      return nonlinearity <= NEAR ? Verdict.CERTIFIED : Verdict.NO_ROOT_NEAR;
    }

    private Certificate.Parts parts(
        JointPoint<X, A, D> next, JointPoint<X, A, D> last, RoundingError rounding) {
      boolean transposed = start.joint().sensitivity().transposed();
      double[] dv = start.inverse().solve(transposed, start.linearResidual());
      double[] ofLinear = start.linearEffect(dv);
      double[] all = Vector.minus(last.results(), start.results());
      double left = Vector.norm(Vector.minus(last.results(), next.results()));
      return new Certificate.Parts(
          SAFETY * (Vector.norm(Vector.minus(all, ofLinear)) + left),
          SAFETY * Vector.norm(ofLinear),
          SAFETY * rounding.derivative(),
          0);
    }

    /** Why there are no numbers. */
    private static Verdict failed(JointPoint<?, ?, ?> point) {
      return switch (point.inverse().status()) {
        case SINGULAR -> Verdict.ILL_CONDITIONED;
        case MAX_STEPS, STAGNATED, STOPPED, NOT_POSITIVE_DEFINITE -> Verdict.UNSOLVED;
        case CONVERGED, NON_FINITE -> Verdict.NON_FINITE;
      };
    }
  }
}
