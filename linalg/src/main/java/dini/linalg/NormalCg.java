package dini.linalg;

import dini.core.LinearMap;
import dini.core.Observer;
import dini.core.Tensor;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Conjugate gradients on the normal equations {@code (A'A + ridge I) x = A'b}, for any map, also a
 * rectangular one: the solution of least squares, of least norm if there are many. Runs until
 * {@code ||A'b - (A'A + ridge I) x|| <= max(rtol ||A'b||, atol)}.
 *
 * <p>A step costs one application of A and one of its transpose; the number of steps grows with the
 * condition number of A, where that of {@link Cg} grows with its square root. A'A is never formed,
 * and the residual of {@code A x = b} is carried along, which keeps more digits (CGLS).
 *
 * <p>{@link LinearSystems#linearSolve} and implicit derivatives need the equation solved, not its
 * least squares: without a ridge they also ask for {@code ||b - Ax|| <= max(1000 rtol ||b||, atol)}
 * and report {@link Status#SINGULAR} where it fails.
 *
 * <p>Derivatives of a solution are those of the system with the ridge: {@code (A'A + ridge I) dx =
 * A'(db - dA x) + dA'(b - Ax)}.
 *
 * <p>{@link Thread#interrupt} ends the iteration before its next step with a {@link
 * java.util.concurrent.CancellationException}, whatever the policy for unsolved systems; the thread
 * stays interrupted. {@link #withObserver} watches it.
 *
 * <p>Source: Björck, Numerical Methods for Least Squares Problems (1996), algorithm 7.4.1.
 *
 * @param rtol the relative tolerance; empty means 1e-10 in FLOAT64 and 1e-5 in FLOAT32
 * @param atol the absolute tolerance
 * @param maxSteps the limit of steps; empty means 10 times the number of unknowns, and at least 1
 * @param ridge the multiple of the identity added to A'A
 * @param preconditioner a map close to the inverse of A, if one is known
 * @param init an initial guess, a tree like the unknown; empty means zero
 * @param observer who watches the residual and may stop, if anyone
 */
public record NormalCg(
    OptionalDouble rtol,
    double atol,
    OptionalInt maxSteps,
    double ridge,
    Optional<Preconditioner> preconditioner,
    Optional<Object> init,
    Optional<Observer> observer)
    implements LinearSolver {

  static final NormalCg DEFAULT =
      new NormalCg(
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
  public NormalCg {
    Tolerances.check("normalCg", rtol, atol, maxSteps, ridge);
  }

  /**
   * This solver with another relative tolerance.
   *
   * @param value the bound of the true residual norm of the normal equations, relative to ||A'b||
   * @return the changed solver
   */
  public NormalCg withRtol(double value) {
    return new NormalCg(
        OptionalDouble.of(value), atol, maxSteps, ridge, preconditioner, init, observer);
  }

  /**
   * This solver with another absolute tolerance.
   *
   * @param value the bound of the true residual norm of the normal equations; the looser of both
   *     tolerances holds
   * @return the changed solver
   */
  public NormalCg withAtol(double value) {
    return new NormalCg(rtol, value, maxSteps, ridge, preconditioner, init, observer);
  }

  /**
   * This solver with another limit of steps.
   *
   * @param value the largest number of steps
   * @return the changed solver
   */
  public NormalCg withMaxSteps(int value) {
    return new NormalCg(rtol, atol, OptionalInt.of(value), ridge, preconditioner, init, observer);
  }

  /**
   * This solver with another ridge.
   *
   * @param value the multiple of the identity added to A'A
   * @return the changed solver
   */
  public NormalCg withRidge(double value) {
    return new NormalCg(rtol, atol, maxSteps, value, preconditioner, init, observer);
  }

  /**
   * This solver with a preconditioner for an unknown that is one tensor.
   *
   * <pre>{@code
   * normalCg().withPreconditioner(r -> r.div(diagonal))
   * }</pre>
   *
   * @param inverse a map close to the inverse of A; its product with its own transpose serves A'A,
   *     written as a linear function, which is transposed and so must not read values
   * @return the changed solver
   */
  public NormalCg withPreconditioner(UnaryOperator<Tensor> inverse) {
    return with(new Preconditioner.OfTensor(inverse, false));
  }

  /**
   * This solver with a preconditioner.
   *
   * @param inverse a map close to the inverse of A; its product with its own transpose serves A'A
   * @return the changed solver
   */
  public NormalCg withPreconditioner(LinearMap<?, ?> inverse) {
    return with(new Preconditioner.OfTree(inverse));
  }

  private NormalCg with(Preconditioner inverse) {
    return new NormalCg(rtol, atol, maxSteps, ridge, Optional.of(inverse), init, observer);
  }

  /**
   * This solver with an initial guess. A guess that is no better than zero is dropped.
   *
   * @param guess a tree like the unknown
   * @return the changed solver
   */
  public NormalCg withInit(Object guess) {
    return new NormalCg(rtol, atol, maxSteps, ridge, preconditioner, Optional.of(guess), observer);
  }

  /**
   * This solver, watched: the observer is told {@code ||A'b - (A'A + ridge I) x||} before the first
   * step and after each one, also in the solves for derivatives. Most of these norms are of the
   * residual that the iteration carries along; the last one of a converged solve is that of its
   * {@link Solution}.
   *
   * <p>Where the observer stops a solve that has not converged, the status is {@link
   * Status#STOPPED} and the value the iterate that it was told of last.
   *
   * <pre>{@code
   * normalCg().withObserver(
   *     (step, residual) -> {
   *       System.err.printf("\rstep %d, residual %.2e", step, residual);
   *       return true;
   *     })
   * }</pre>
   *
   * @param watcher who watches
   * @return the changed solver
   */
  public NormalCg withObserver(Observer watcher) {
    return new NormalCg(rtol, atol, maxSteps, ridge, preconditioner, init, Optional.of(watcher));
  }

  @Override
  public NormalCg transpose() {
    return new NormalCg(
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
        "normalCg",
        rtol,
        atol,
        maxSteps,
        ridge,
        preconditioner.isPresent(),
        init.isPresent(),
        observer.isPresent());
  }
}
