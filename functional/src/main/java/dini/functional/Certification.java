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

  /** Above this relative error of v, that error is not even roughly linear in that of A. */
  private static final double RELIABLE = 0.1;

  private final Joint<X, A, D> joint;
  private final Coordinates<X> unknowns;

  Certification(
      Stationarity<X, A> stationary,
      Sensitivity<X, A, D> sensitivity,
      X x,
      A theta,
      LinearSolver solver) {
    String operation = stationary.operation();
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
      double[] bend = start.bend(dx);
      if (!finite(dx) || !finite(dv) || !finite(bend)) {
        return failed(start);
      }
      double[] h = Convergence.nonlinearity(bend, dx, new double[dx.length]);
      nonlinearity = Convergence.largest(h);
      return Arrays.stream(h).allMatch(each -> each > Convergence.NEAR)
          ? Verdict.NO_ROOT_NEAR
          : compared(dx, bend, start.moved(dx, dv));
    }

    /** Takes the second step and compares. */
    private Verdict compared(double[] dx, double[] bend, JointPoint<X, A, D> next) {
      double[] dx2 = next.solutionStep(next.residual());
      double[] dv2 = next.linearStep(dx2, next.linearResidual());
      double[] bend2 = next.bend(dx2);
      if (!finite(dx2) || !finite(dv2) || !finite(bend2)) {
        return lost(next);
      }
      JointPoint<X, A, D> last = next.moved(dx2, dv2);
      RoundingError rounding = RoundingError.at(last);
      double[] blur = rounding.solutionBlur();
      Certificate.Parts found = parts(next, last, rounding);
      double ofRounding = nonlinearity(last, rounding);
      if (!Double.isFinite(found.total() + ofRounding + rounding.linear())) {
        return lost(last);
      }
      Convergence convergence =
          Convergence.of(
              Convergence.nonlinearity(bend, dx, blur),
              Convergence.nonlinearity(bend2, dx2, blur),
              new double[][] {dx, dx2},
              blur);
      nonlinearity = Math.max(convergence.nonlinearity(), ofRounding);
      distance = SAFETY * (Vector.norm(dx) + Vector.norm(dx2) + largestNorm(rounding));
      parts = found;
      double v = Vector.norm(last.joint().unknowns().read("v", last.v()));
      if (rounding.linear() > RELIABLE * v) {
        return Verdict.ILL_CONDITIONED;
      }
      return nonlinearity <= Convergence.NEAR && settles(next, last, rounding)
          ? accepted(last)
          : Verdict.NO_ROOT_NEAR;
    }

    /**
     * Whether each leaf of the derivative converges. One that was right by chance need not do so in
     * two steps; a third one tells.
     */
    private boolean settles(
        JointPoint<X, A, D> next, JointPoint<X, A, D> last, RoundingError rounding) {
      double[] blur = rounding.derivativeBlur();
      int[] sizes = last.resultSizes();
      double[][] values = {start.results(), next.results(), last.results()};
      if (Convergence.settles(Convergence.GROWTH, values, blur, sizes)) {
        return true;
      }
      double[] dx = last.solutionStep(last.residual());
      double[] dv = last.linearStep(dx, last.linearResidual());
      double[][] later = {next.results(), last.results(), last.moved(dx, dv).results()};
      return Convergence.settles(Convergence.NEAR, later, blur, sizes);
    }

    /** The largest h along errors that rounding makes. */
    private static double nonlinearity(JointPoint<?, ?, ?> last, RoundingError rounding) {
      double largest = 0;
      for (double[] error : rounding.solutions()) {
        double[] h = Convergence.nonlinearity(last.bend(error), error, rounding.solutionBlur());
        largest = Math.max(largest, Convergence.largest(h));
      }
      return largest;
    }

    private static double largestNorm(RoundingError rounding) {
      return rounding.solutions().stream().mapToDouble(Vector::norm).max().orElse(0);
    }

    /** The root is known, so that what else must hold there can be looked at. */
    private Verdict accepted(JointPoint<X, A, D> last) {
      last.joint().stationary().inspect(last.x(), last.joint().theta());
      return Verdict.CERTIFIED;
    }

    /** Why there are no numbers after the first step, which may have led anywhere. */
    private Verdict lost(JointPoint<?, ?, ?> point) {
      return nonlinearity > Convergence.NEAR ? Verdict.NO_ROOT_NEAR : failed(point);
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
        case MAX_STEPS, TRUNCATED, STOPPED, DIVERGED, STAGNATED, NOT_POSITIVE_DEFINITE ->
            Verdict.UNSOLVED;
        case CONVERGED, NON_FINITE -> Verdict.NON_FINITE;
      };
    }
  }
}
