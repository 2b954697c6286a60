package dini.linalg.solver;

import dini.linalg.Auto;
import dini.linalg.Bicgstab;
import dini.linalg.Cg;
import dini.linalg.Gmres;
import dini.linalg.Inv;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSolvers;
import dini.linalg.Neumann;
import dini.linalg.NormalCg;
import dini.linalg.Status;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A square map that many systems are solved with, and with its transpose. */
public sealed interface Inverse permits DenseInverse, IterativeInverse {

  /**
   * The inverse for those who check solutions: up to {@link Auto#DENSE_LIMIT} unknowns, or if the
   * solver is {@link Inv}, from the factored matrix; above, by the solver without its ridge, guess,
   * limit of steps and observer, and with a tolerance no looser than the default.
   */
  static Inverse of(LinearSolver solver, Operator a) {
    return solver instanceof Inv || a.domain().shape().size() <= Auto.DENSE_LIMIT
        ? new DenseInverse(a)
        : new IterativeInverse(accurate(solver, a), a);
  }

  private static LinearSolver accurate(LinearSolver solver, Operator a) {
    return switch (solver) {
      case Cg cg ->
          new Cg(
              tightest(cg.rtol(), a),
              0,
              OptionalInt.empty(),
              0,
              cg.preconditioner(),
              Optional.empty(),
              Optional.empty());
      case NormalCg cg ->
          new NormalCg(
              tightest(cg.rtol(), a),
              0,
              OptionalInt.empty(),
              0,
              cg.preconditioner(),
              Optional.empty(),
              Optional.empty());
      case Gmres gmres ->
          new Gmres(
              tightest(gmres.rtol(), a),
              0,
              OptionalInt.empty(),
              gmres.restart(),
              0,
              gmres.preconditioner(),
              Optional.empty(),
              Optional.empty());
      case Bicgstab bicgstab ->
          new Bicgstab(
              tightest(bicgstab.rtol(), a),
              0,
              OptionalInt.empty(),
              0,
              bicgstab.preconditioner(),
              Optional.empty(),
              Optional.empty());
      case Inv _, Neumann _, Auto _ -> LinearSolvers.auto();
    };
  }

  private static OptionalDouble tightest(OptionalDouble rtol, Operator a) {
    double usual = Limits.usualRtol(a.domain());
    return OptionalDouble.of(Math.min(rtol.orElse(usual), usual));
  }

  /**
   * The solution of {@code A x = b}, or of {@code A' x = b}; NaN where it cannot be found. A
   * failure also shows in {@link #status}.
   */
  double[] solve(boolean transposed, double[] b);

  /** How the worst of the solves so far ended. */
  Status status();

  /**
   * What the rounding errors of {@code A x} (or {@code A' x}) are proportional to: {@code |A| |x|}
   * if the matrix is known, else only {@code |A x|}.
   */
  double[] magnitude(boolean transposed, double[] x);

  /** The 1-norm of A: exact if the matrix is known, else an estimate from below. */
  double norm();

  /** An estimate of the condition number in the 1-norm; infinite for a singular matrix. */
  default double condition(int n) {
    double inverse = OneNorm.of(n, x -> solve(false, x), y -> solve(true, y)).value();
    return status() == Status.SINGULAR ? Double.POSITIVE_INFINITY : norm() * inverse;
  }
}
