package dini.linalg.solver;

import dini.core.LinearMap;
import dini.core.Observer;
import dini.core.ShapeException;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.linalg.Auto;
import dini.linalg.Bicgstab;
import dini.linalg.Cg;
import dini.linalg.Gmres;
import dini.linalg.Inv;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSolvers;
import dini.linalg.Neumann;
import dini.linalg.NormalCg;
import dini.linalg.Preconditioner;
import dini.linalg.Status;
import java.util.Optional;

/** Solves linear systems of vectors. */
public final class Solve {
  /** How much larger the residual may be than that of the normal equations, relatively. */
  private static final double CONDITION = 1e3;

  private Solve() {}

  /**
   * Solves {@code A x = b} as the solver says.
   *
   * @return the outcome; a numerical failure is a status of it, never an exception
   * @throws ShapeException if the right-hand side or a guess does not fit the operator, or the
   *     operator is not square and the solver needs it to be
   */
  public static Outcome solve(LinearSolver solver, Operator a, DenseTensor b) {
    return solve(solver, a, b, preconditioner(solver, a));
  }

  private static Outcome solve(
      LinearSolver solver, Operator a, DenseTensor b, Optional<Operator> preconditioner) {
    if (!b.type().equals(a.codomain())) {
      throw new ShapeException(
          solver + ": right-hand side " + b.type() + ", results of the map " + a.codomain());
    }
    return switch (solver) {
      case Cg cg -> {
        requireSquare("cg", a);
        yield ConjugateGradient.solve(
            a,
            b,
            Limits.of(a.domain(), cg.rtol(), cg.atol(), cg.maxSteps(), cg.observer()),
            cg.ridge(),
            preconditioner.orElse(null),
            guess("cg", cg.init(), a));
      }
      case NormalCg cg ->
          NormalConjugateGradient.solve(
              a,
              b,
              Limits.of(a.domain(), cg.rtol(), cg.atol(), cg.maxSteps(), cg.observer()),
              cg.ridge(),
              preconditioner.orElse(null),
              guess("normalCg", cg.init(), a));
      case Gmres gmres -> {
        requireSquare("gmres", a);
        yield MinimalResidual.solve(
            a,
            b,
            Limits.of(a.domain(), gmres.rtol(), gmres.atol(), gmres.maxSteps(), gmres.observer()),
            gmres.restart(),
            gmres.ridge(),
            preconditioner.orElse(null),
            guess("gmres", gmres.init(), a));
      }
      case Bicgstab own -> {
        requireSquare("bicgstab", a);
        yield StabilizedBiconjugate.solve(
            a,
            b,
            Limits.of(a.domain(), own.rtol(), own.atol(), own.maxSteps(), own.observer()),
            own.ridge(),
            preconditioner.orElse(null),
            guess("bicgstab", own.init(), a));
      }
      case Inv inv -> {
        requireSquare("inv", a);
        yield DenseSystem.solve(a, b, inv.ridge());
      }
      case Neumann series -> {
        requireSquare("neumann", a);
        yield NeumannSeries.sum(series, a, b);
      }
      case Auto _ -> solve(choose(a), a, b, preconditioner);
    };
  }

  /** {@link #equation(LinearSolver, Operator, DenseTensor, Optional)} with the solver's own. */
  public static Outcome equation(LinearSolver solver, Operator a, DenseTensor b) {
    return equation(solver, a, b, Optional.empty());
  }

  /**
   * As {@link #solve}, where x must satisfy the equation: a solution of least squares that leaves a
   * residual is no solution. The test is {@code ||b - Ax|| <= max(1000 rtol ||b||, atol)}: normal
   * CG tests {@code A'r}, and r may be larger by the condition number of A. Where it fails the
   * iteration goes on to a thousandth of rtol before the system counts as singular.
   *
   * @param recorded the preconditioner, where it is not the solver's own
   */
  public static Outcome equation(
      LinearSolver solver, Operator a, DenseTensor b, Optional<Operator> recorded) {
    LinearSolver chosen = solver instanceof Auto ? choose(a) : solver;
    Optional<Operator> inverse = recorded.or(() -> preconditioner(chosen, a));
    Outcome outcome = solve(chosen, a, b, inverse);
    if (!(chosen instanceof NormalCg cg)
        || cg.ridge() != 0
        || outcome.status() != Status.CONVERGED) {
      return outcome;
    }
    Limits limits = Limits.of(a.domain(), cg.rtol(), cg.atol(), cg.maxSteps(), cg.observer());
    double bound = Math.max(CONDITION * limits.rtol() * Vectors.norm(b), limits.atol());
    if (residual(a, b, outcome.x()) <= bound) {
      return outcome;
    }
    NormalCg further = cg.withInit(outcome.x()).withRtol(limits.rtol() / CONDITION).withAtol(0);
    if (cg.observer().isPresent()) {
      further = further.withObserver(after(outcome.steps(), cg.observer().get()));
    }
    Outcome second = solve(further, a, b, inverse);
    int steps = outcome.steps() + second.steps();
    double residual = residual(a, b, second.x());
    return residual <= bound
        ? new Outcome(second.x(), Status.CONVERGED, steps, second.residual())
        : new Outcome(
            second.x(),
            switch (second.status()) {
              case MAX_STEPS, STOPPED, NON_FINITE, DIVERGED -> second.status();
              case CONVERGED, TRUNCATED, NOT_POSITIVE_DEFINITE, SINGULAR, STAGNATED ->
                  Status.SINGULAR;
            },
            steps,
            residual);
  }

  /** The observer of an iteration that goes on: it knows the iterate where that begins. */
  private static Observer after(int steps, Observer observer) {
    return (step, residual) -> step == 0 || observer.proceed(steps + step, residual);
  }

  private static double residual(Operator a, DenseTensor b, DenseTensor x) {
    DenseTensor r = Vectors.zeros(a.codomain());
    Vectors.subtract(b, a.apply(x), r);
    return Vectors.norm(r);
  }

  /** The solver that {@link Auto} stands for. */
  public static LinearSolver choose(Operator a) {
    int n = a.domain().shape().size();
    if (n != a.codomain().shape().size()) {
      return LinearSolvers.normalCg();
    }
    if (n <= Auto.DENSE_LIMIT) {
      return LinearSolvers.inv();
    }
    return a.tags().contains(LinearMap.Tag.SYMMETRIC)
        ? LinearSolvers.cg()
        : LinearSolvers.normalCg();
  }

  private static void requireSquare(String solver, Operator a) {
    if (!a.domain().equals(a.codomain())) {
      throw new ShapeException(
          solver
              + ": needs a square map, got "
              + a.domain()
              + " -> "
              + a.codomain()
              + "; normalCg gives the solution of least squares");
    }
  }

  /** The solver's own preconditioner. */
  private static Optional<Operator> preconditioner(LinearSolver solver, Operator a) {
    return switch (solver) {
      case Cg cg -> cg.preconditioner().map(inverse -> fitted("cg", inverse, a));
      case NormalCg cg -> cg.preconditioner().map(inverse -> fitted("normalCg", inverse, a));
      case Gmres own -> own.preconditioner().map(inverse -> fitted("gmres", inverse, a));
      case Bicgstab own -> own.preconditioner().map(inverse -> fitted("bicgstab", inverse, a));
      case Inv _, Neumann _, Auto _ -> Optional.empty();
    };
  }

  private static Operator fitted(String solver, Preconditioner inverse, Operator a) {
    return new MapOperator<>(solver, inverse.between(a.resultTypes(), a.argumentTypes()));
  }

  private static DenseTensor guess(String solver, Optional<Object> init, Operator a) {
    if (init.isEmpty()) {
      return null;
    }
    Packing packing = Packing.of(solver + ": init", init.get());
    requireSame(solver + ": init", packing.flat(), a.domain());
    return packing.pack(init.get());
  }

  private static void requireSame(String what, TensorType got, TensorType expected) {
    if (!got.equals(expected)) {
      throw new ShapeException(
          what + ": expected " + expected + " over the ravelled tree, got " + got);
    }
  }
}
