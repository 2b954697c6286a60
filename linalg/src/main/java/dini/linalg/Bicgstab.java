package dini.linalg;

import dini.core.LinearMap;
import dini.core.Observer;
import dini.core.Tensor;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Stabilized biconjugate gradients for square maps that need not be symmetric: solves {@code (A +
 * ridge I) x = b} until {@code ||b - (A + ridge I) x|| <= max(rtol ||b||, atol)}.
 *
 * <p>A step costs two applications of A, whatever the number of steps, and keeps eight vectors: for
 * systems so large that {@link Gmres} cannot keep a cycle. The residual may rise and fall; the
 * iteration may also break down, after which it starts again from where it is. It needs no
 * transpose of A.
 *
 * <p>The test is made on the true residual. A preconditioner M is applied from the right, {@code A
 * M y = b} and {@code x = M y}, which leaves the residual what it is. At a failure the value is the
 * best iterate whose true residual was computed. The right-hand side is scaled to norm one first,
 * so that a tiny one loses nothing, and a zero one gives zero at once.
 *
 * <p>{@link Thread#interrupt} ends the iteration before its next step with a {@link
 * java.util.concurrent.CancellationException}, whatever the policy for unsolved systems; the thread
 * stays interrupted. {@link #withObserver} watches it.
 *
 * <p>Derivatives of a solution are those of the system with the ridge.
 *
 * <p>Source: van der Vorst, Bi-CGSTAB: A Fast and Smoothly Converging Variant of Bi-CG for the
 * Solution of Nonsymmetric Linear Systems (1992).
 *
 * @param rtol the relative tolerance; empty means 1e-10 in FLOAT64 and 1e-5 in FLOAT32
 * @param atol the absolute tolerance
 * @param maxSteps the limit of steps; empty means 10 times the number of unknowns, and at least 1
 * @param ridge the multiple of the identity added to A
 * @param preconditioner a map close to the inverse of A, if one is known
 * @param init an initial guess, a tree like the unknown; empty means zero
 * @param observer who watches the residual and may stop, if anyone
 */
public record Bicgstab(
    OptionalDouble rtol,
    double atol,
    OptionalInt maxSteps,
    double ridge,
    Optional<Preconditioner> preconditioner,
    Optional<Object> init,
    Optional<Observer> observer)
    implements LinearSolver {

  static final Bicgstab DEFAULT =
      new Bicgstab(
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
  public Bicgstab {
    Tolerances.check("bicgstab", rtol, atol, maxSteps, ridge);
  }

  /**
   * This solver with another relative tolerance.
   *
   * @param value the bound of the true residual norm, relative to ||b||
   * @return the changed solver
   */
  public Bicgstab withRtol(double value) {
    return new Bicgstab(
        OptionalDouble.of(value), atol, maxSteps, ridge, preconditioner, init, observer);
  }

  /**
   * This solver with another absolute tolerance.
   *
   * @param value the bound of the true residual norm; the looser of both tolerances holds
   * @return the changed solver
   */
  public Bicgstab withAtol(double value) {
    return new Bicgstab(rtol, value, maxSteps, ridge, preconditioner, init, observer);
  }

  /**
   * This solver with another limit of steps.
   *
   * @param value the largest number of steps
   * @return the changed solver
   */
  public Bicgstab withMaxSteps(int value) {
    return new Bicgstab(rtol, atol, OptionalInt.of(value), ridge, preconditioner, init, observer);
  }

  /**
   * This solver with another ridge.
   *
   * @param value the multiple of the identity added to A
   * @return the changed solver
   */
  public Bicgstab withRidge(double value) {
    return new Bicgstab(rtol, atol, maxSteps, value, preconditioner, init, observer);
  }

  /**
   * This solver with a preconditioner for an unknown that is one tensor.
   *
   * <pre>{@code
   * bicgstab().withPreconditioner(r -> r.div(diagonal))
   * }</pre>
   *
   * @param inverse a map close to the inverse of A + ridge I, written as a linear function
   * @return the changed solver
   */
  public Bicgstab withPreconditioner(UnaryOperator<Tensor> inverse) {
    return with(new Preconditioner.OfTensor(inverse, false));
  }

  /**
   * This solver with a preconditioner.
   *
   * @param inverse a map close to the inverse of A + ridge I
   * @return the changed solver
   */
  public Bicgstab withPreconditioner(LinearMap<?, ?> inverse) {
    return with(new Preconditioner.OfTree(inverse));
  }

  private Bicgstab with(Preconditioner inverse) {
    return new Bicgstab(rtol, atol, maxSteps, ridge, Optional.of(inverse), init, observer);
  }

  /**
   * This solver with an initial guess. A guess that is no better than zero is dropped.
   *
   * @param guess a tree like the unknown
   * @return the changed solver
   */
  public Bicgstab withInit(Object guess) {
    return new Bicgstab(rtol, atol, maxSteps, ridge, preconditioner, Optional.of(guess), observer);
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
   * bicgstab().withObserver(
   *     (step, residual) -> {
   *       System.err.printf("\rstep %d, residual %.2e", step, residual);
   *       return true;
   *     })
   * }</pre>
   *
   * @param watcher who watches
   * @return the changed solver
   */
  public Bicgstab withObserver(Observer watcher) {
    return new Bicgstab(rtol, atol, maxSteps, ridge, preconditioner, init, Optional.of(watcher));
  }

  @Override
  public Bicgstab transpose() {
    return new Bicgstab(
        rtol,
        atol,
        maxSteps,
        ridge,
        preconditioner.map(Preconditioner::transpose),
        Optional.empty(),
        observer);
  }

  /** The calls that make this solver. */
  @Override
  public String toString() {
    return Tolerances.text(
        "bicgstab",
        rtol,
        atol,
        maxSteps,
        ridge,
        preconditioner.isPresent(),
        init.isPresent(),
        observer.isPresent());
  }
}
