package dini.linalg;

import dini.core.LinearMap;
import dini.core.Observer;
import dini.core.Tensor;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Conjugate gradients for symmetric positive definite maps: solves {@code (A + ridge I) x = b}
 * until {@code ||b - (A + ridge I) x|| <= max(rtol ||b||, atol)}.
 *
 * <p>The test is made on the true residual, so a map that is not symmetric or not positive definite
 * never gives a wrong solution as {@link Status#CONVERGED}. Some symmetric indefinite maps are
 * solved all the same; where one is not, the status is {@link Status#NOT_POSITIVE_DEFINITE}. At the
 * limit of steps the last iterate is given, whose error is the least in the norm of A if A is
 * positive definite. A step costs one application of A. The right-hand side is scaled to norm one
 * first, so that a tiny one loses nothing, and a zero one gives zero at once.
 *
 * <p>{@link Thread#interrupt} ends the iteration before its next step with a {@link
 * java.util.concurrent.CancellationException}, whatever the policy for unsolved systems; the thread
 * stays interrupted. {@link #withObserver} watches it.
 *
 * <p>Derivatives of a solution are those of the system with the ridge.
 *
 * <p>Source: Hestenes and Stiefel, Methods of Conjugate Gradients for Solving Linear Systems
 * (1952).
 *
 * @param rtol the relative tolerance; empty means 1e-10 in FLOAT64 and 1e-5 in FLOAT32
 * @param atol the absolute tolerance
 * @param maxSteps the limit of steps; empty means 10 times the number of unknowns, and at least 1
 * @param ridge the multiple of the identity added to A
 * @param preconditioner a map close to the inverse of A, if one is known
 * @param init an initial guess, a tree like the unknown; empty means zero
 * @param observer who watches the residual and may stop, if anyone
 */
public record Cg(
    OptionalDouble rtol,
    double atol,
    OptionalInt maxSteps,
    double ridge,
    Optional<Preconditioner> preconditioner,
    Optional<Object> init,
    Optional<Observer> observer)
    implements LinearSolver {

  static final Cg DEFAULT =
      new Cg(
          OptionalDouble.empty(),
          0,
          OptionalInt.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a tolerance or the limit is negative, or a number is NaN
   */
  public Cg {
    Tolerances.check("cg", rtol, atol, maxSteps, ridge);
  }

  /**
   * This solver with another relative tolerance.
   *
   * @param value the bound of the true residual norm, relative to ||b||
   * @return the changed solver
   */
  public Cg withRtol(double value) {
    return new Cg(OptionalDouble.of(value), atol, maxSteps, ridge, preconditioner, init, observer);
  }

  /**
   * This solver with another absolute tolerance.
   *
   * @param value the bound of the true residual norm; the looser of both tolerances holds
   * @return the changed solver
   */
  public Cg withAtol(double value) {
    return new Cg(rtol, value, maxSteps, ridge, preconditioner, init, observer);
  }

  /**
   * This solver with another limit of steps.
   *
   * @param value the largest number of steps
   * @return the changed solver
   */
  public Cg withMaxSteps(int value) {
    return new Cg(rtol, atol, OptionalInt.of(value), ridge, preconditioner, init, observer);
  }

  /**
   * This solver with another ridge.
   *
   * @param value the multiple of the identity added to A
   * @return the changed solver
   */
  public Cg withRidge(double value) {
    return new Cg(rtol, atol, maxSteps, value, preconditioner, init, observer);
  }

  /**
   * This solver with a preconditioner for an unknown that is one tensor.
   *
   * <pre>{@code
   * cg().withPreconditioner(r -> r.div(diagonal))
   * }</pre>
   *
   * @param inverse a symmetric positive definite map close to the inverse of A + ridge I, written
   *     as a linear function
   * @return the changed solver
   */
  public Cg withPreconditioner(UnaryOperator<Tensor> inverse) {
    return with(new Preconditioner.OfTensor(inverse, false));
  }

  /**
   * This solver with a preconditioner.
   *
   * @param inverse a symmetric positive definite map close to the inverse of A + ridge I
   * @return the changed solver
   */
  public Cg withPreconditioner(LinearMap<?, ?> inverse) {
    return with(new Preconditioner.OfTree(inverse));
  }

  private Cg with(Preconditioner inverse) {
    return new Cg(rtol, atol, maxSteps, ridge, Optional.of(inverse), init, observer);
  }

  /**
   * This solver with an initial guess. A guess that is no better than zero is dropped.
   *
   * @param guess a tree like the unknown
   * @return the changed solver
   */
  public Cg withInit(Object guess) {
    return new Cg(rtol, atol, maxSteps, ridge, preconditioner, Optional.of(guess), observer);
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
   * cg().withObserver(
   *     (step, residual) -> {
   *       System.err.printf("\rstep %d, residual %.2e", step, residual);
   *       return true;
   *     })
   * }</pre>
   *
   * @param watcher who watches
   * @return the changed solver
   */
  public Cg withObserver(Observer watcher) {
    return new Cg(rtol, atol, maxSteps, ridge, preconditioner, init, Optional.of(watcher));
  }

  /** {@inheritDoc} A preconditioner is symmetric here, so it stays as it is. */
  @Override
  public Cg transpose() {
    return new Cg(rtol, atol, maxSteps, ridge, preconditioner, Optional.empty(), observer);
  }

  /** The calls that make this solver. */
  @Override
  public String toString() {
    return Tolerances.text(
        "cg",
        rtol,
        atol,
        maxSteps,
        ridge,
        preconditioner.isPresent(),
        init.isPresent(),
        observer.isPresent());
  }
}
