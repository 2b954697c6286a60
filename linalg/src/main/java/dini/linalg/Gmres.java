package dini.linalg;

import dini.core.LinearMap;
import dini.core.Observer;
import dini.core.Tensor;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Generalized minimal residuals for square maps that need not be symmetric: solves {@code (A +
 * ridge I) x = b} until {@code ||b - (A + ridge I) x|| <= max(rtol ||b||, atol)}.
 *
 * <p>Each step finds the x with the least residual in one more dimension and costs one application
 * of A and one product with each vector of the cycle so far; after {@code restart} steps a new
 * cycle begins. The residual never grows. With a restart no shorter than the number of unknowns a
 * nonsingular system is solved in one cycle; with a shorter one the residual may stop falling,
 * which ends with {@link Status#STAGNATED}: then raise the restart or give a preconditioner. It
 * needs no transpose of A, and takes the condition number as it is where {@link NormalCg} squares
 * it. For symmetric positive definite maps {@link Gmres} does the same with three vectors.
 *
 * <p>The test is made on the true residual. A preconditioner M is applied from the right, {@code A
 * M y = b} and {@code x = M y}, which leaves the residual what it is. The right-hand side is scaled
 * to norm one first, so that a tiny one loses nothing, and a zero one gives zero at once.
 *
 * <p>{@link Thread#interrupt} ends the iteration before its next step with a {@link
 * java.util.concurrent.CancellationException}, whatever the policy for unsolved systems; the thread
 * stays interrupted. {@link #withObserver} watches it.
 *
 * <p>Derivatives of a solution are those of the system with the ridge.
 *
 * <p>Source: Saad and Schultz, GMRES: A Generalized Minimal Residual Algorithm for Solving
 * Nonsymmetric Linear Systems (1986).
 *
 * @param rtol the relative tolerance; empty means 1e-10 in FLOAT64 and 1e-5 in FLOAT32
 * @param atol the absolute tolerance
 * @param maxSteps the limit of steps; empty means 10 times the number of unknowns, and at least 1
 * @param restart how many steps a cycle has; it keeps as many vectors, and one more
 * @param ridge the multiple of the identity added to A
 * @param preconditioner a map close to the inverse of A, if one is known
 * @param init an initial guess, a tree like the unknown; empty means zero
 * @param observer who watches the residual and may stop, if anyone
 */
public record Gmres(
    OptionalDouble rtol,
    double atol,
    OptionalInt maxSteps,
    int restart,
    double ridge,
    Optional<Preconditioner> preconditioner,
    Optional<Object> init,
    Optional<Observer> observer)
    implements LinearSolver {

  /** The steps of a cycle unless it is said otherwise. */
  public static final int RESTART = 30;

  static final Gmres DEFAULT =
      new Gmres(
          OptionalDouble.empty(),
          0,
          OptionalInt.empty(),
          RESTART,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a tolerance or the limit is negative, restart is less than
   *     1, or a number is NaN
   */
  public Gmres {
    Tolerances.check("gmres", rtol, atol, maxSteps, ridge);
    if (restart < 1) {
      throw new IllegalArgumentException("gmres: restart " + restart + " is less than 1");
    }
  }

  /**
   * This solver with another relative tolerance.
   *
   * @param value the bound of the true residual norm, relative to ||b||
   * @return the changed solver
   */
  public Gmres withRtol(double value) {
    return new Gmres(
        OptionalDouble.of(value), atol, maxSteps, restart, ridge, preconditioner, init, observer);
  }

  /**
   * This solver with another absolute tolerance.
   *
   * @param value the bound of the true residual norm; the looser of both tolerances holds
   * @return the changed solver
   */
  public Gmres withAtol(double value) {
    return new Gmres(rtol, value, maxSteps, restart, ridge, preconditioner, init, observer);
  }

  /**
   * This solver with another limit of steps.
   *
   * @param value the largest number of steps
   * @return the changed solver
   */
  public Gmres withMaxSteps(int value) {
    return new Gmres(
        rtol, atol, OptionalInt.of(value), restart, ridge, preconditioner, init, observer);
  }

  /**
   * This solver with cycles of another length.
   *
   * @param value the steps after which it starts again; the longer, the fewer steps in all
   * @return the changed solver
   */
  public Gmres withRestart(int value) {
    return new Gmres(rtol, atol, maxSteps, value, ridge, preconditioner, init, observer);
  }

  /**
   * This solver with another ridge.
   *
   * @param value the multiple of the identity added to A
   * @return the changed solver
   */
  public Gmres withRidge(double value) {
    return new Gmres(rtol, atol, maxSteps, restart, value, preconditioner, init, observer);
  }

  /**
   * This solver with a preconditioner for an unknown that is one tensor.
   *
   * <pre>{@code
   * gmres().withPreconditioner(r -> r.div(diagonal))
   * }</pre>
   *
   * @param inverse a map close to the inverse of A + ridge I, written as a linear function
   * @return the changed solver
   */
  public Gmres withPreconditioner(UnaryOperator<Tensor> inverse) {
    return with(new Preconditioner.OfTensor(inverse, false));
  }

  /**
   * This solver with a preconditioner.
   *
   * @param inverse a map close to the inverse of A + ridge I
   * @return the changed solver
   */
  public Gmres withPreconditioner(LinearMap<?, ?> inverse) {
    return with(new Preconditioner.OfTree(inverse));
  }

  private Gmres with(Preconditioner inverse) {
    return new Gmres(rtol, atol, maxSteps, restart, ridge, Optional.of(inverse), init, observer);
  }

  /**
   * This solver with an initial guess. A guess that is no better than zero is dropped.
   *
   * @param guess a tree like the unknown
   * @return the changed solver
   */
  public Gmres withInit(Object guess) {
    return new Gmres(
        rtol, atol, maxSteps, restart, ridge, preconditioner, Optional.of(guess), observer);
  }

  /**
   * This solver, watched: the observer is told {@code ||b - (A + ridge I) x||} before the first
   * step and after each one, also in the solves for derivatives. Most of these norms are of the
   * residual that the iteration carries along; the last one of a converged solve is that of its
   * {@link Solution}.
   *
   * <p>Where the observer stops a solve that has not converged, the status is {@link
   * Status#STOPPED} and the value the iterate that it was told of last.
   *
   * <pre>{@code
   * gmres().withObserver(
   *     (step, residual) -> {
   *       System.err.printf("\rstep %d, residual %.2e", step, residual);
   *       return true;
   *     })
   * }</pre>
   *
   * @param watcher who watches
   * @return the changed solver
   */
  public Gmres withObserver(Observer watcher) {
    return new Gmres(
        rtol, atol, maxSteps, restart, ridge, preconditioner, init, Optional.of(watcher));
  }

  @Override
  public Gmres transpose() {
    return new Gmres(
        rtol,
        atol,
        maxSteps,
        restart,
        ridge,
        preconditioner.map(Preconditioner::transpose),
        Optional.empty(),
        observer);
  }

  /** The calls that make this solver. */
  @Override
  public String toString() {
    String text =
        Tolerances.text(
            "gmres",
            rtol,
            atol,
            maxSteps,
            ridge,
            preconditioner.isPresent(),
            init.isPresent(),
            observer.isPresent());
    return restart == RESTART ? text : text + ".withRestart(" + restart + ')';
  }
}
