package dini.linalg;

import dini.core.Observer;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The truncated Neumann series: the first terms of {@code (A + ridge I)^-1 b},
 *
 * <pre>{@code
 * x = alpha (b + M b + M^2 b + … + M^(terms - 1) b)      with M = I - alpha (A + ridge I)
 * }</pre>
 *
 * <p>It always sums exactly that many terms, so it is no solver with a tolerance but an
 * approximation of known cost: {@code terms - 1} applications of A and one for the residual. Its
 * residual is {@code M^terms b}: it falls as the powers of M do, so alpha must be such that the
 * eigenvalues of M lie inside the unit circle; for a symmetric positive definite A, {@code 0 <
 * alpha < 2 / (largest eigenvalue of A + ridge I)}, and a negative alpha for a negative definite
 * one.
 *
 * <p>How it ends, from the true residual {@code ||b - (A + ridge I) x||}:
 *
 * <ul>
 *   <li>with {@link #withRtol}, {@link Status#CONVERGED} if it is at most {@code rtol ||b||}, else
 *       {@link Status#MAX_STEPS}, which is a failure;
 *   <li>without, {@link Status#TRUNCATED}: what was asked for, reported and no failure, so that
 *       {@link Policy#THROW} lets it pass;
 *   <li>{@link Status#STOPPED} if an observer ended it before, with what there is of the sum;
 *   <li>{@link Status#DIVERGED} if it is larger than that of {@code x = 0}, which is a failure in
 *       either case.
 * </ul>
 *
 * <p>As the solver of {@link LinearSystems#linearSolve} and of implicit functions it approximates
 * each linear system by its series, those of derivatives too. The derivative is thus the truncated
 * series of the exact derivative's system, and not the derivative of the truncated series.
 *
 * <p>Sources: Lorraine, Vicol and Duvenaud, Optimizing Millions of Hyperparameters by Implicit
 * Differentiation (2020), section 4.1; Griewank and Walther, Evaluating Derivatives (2nd edition),
 * section 15.3.
 *
 * <pre>{@code
 * Solution<Tensor> s = neumann(20).withAlpha(0.1).solve(x -> matmul(a, x), b);
 * }</pre>
 *
 * @param terms the number of terms, at least 1
 * @param alpha the step, 1 by default; not zero
 * @param ridge the multiple of the identity added to A
 * @param rtol what the residual is tested against, relative to ||b||; empty means no test
 * @param observer who watches the residual and may stop, if anyone
 */
public record Neumann(
    int terms, double alpha, double ridge, OptionalDouble rtol, Optional<Observer> observer)
    implements LinearSolver {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no term, alpha is zero or not finite, the ridge is
   *     not finite, or the tolerance is negative or NaN
   */
  public Neumann {
    if (terms < 1) {
      throw new IllegalArgumentException("neumann: " + terms + " terms, expected at least 1");
    }
    if (alpha == 0) {
      throw new IllegalArgumentException("neumann: alpha is zero, and so would be every term");
    }
    Tolerances.checkFinite("neumann", "alpha", alpha);
    Tolerances.checkFinite("neumann", "ridge", ridge);
    Tolerances.checkRtol("neumann", rtol);
  }

  /**
   * This series with another step.
   *
   * @param value the factor alpha
   * @return the changed solver
   */
  public Neumann withAlpha(double value) {
    return new Neumann(terms, value, ridge, rtol, observer);
  }

  /**
   * This series with another ridge.
   *
   * @param value the multiple of the identity added to A
   * @return the changed solver
   */
  public Neumann withRidge(double value) {
    return new Neumann(terms, alpha, value, rtol, observer);
  }

  /**
   * This series with a test of its residual. The number of terms stays what it is.
   *
   * @param value the bound of the true residual norm, relative to ||b||
   * @return the changed solver
   */
  public Neumann withRtol(double value) {
    return new Neumann(terms, alpha, ridge, OptionalDouble.of(value), observer);
  }

  /**
   * This series, watched: the observer is told {@code ||M^k b||}, which is the residual norm of the
   * first k terms, for k from 0 on, also in the solves for derivatives. The norm costs a pass over
   * the term and is not computed without an observer; the last one is that of the {@link Solution}.
   *
   * <p>Where the observer stops a series that has not converged or diverged, the status is {@link
   * Status#STOPPED} and the value the sum of the terms that it was told of last.
   *
   * <pre>{@code
   * neumann(1000).withObserver((terms, residual) -> residual > 1e-3)
   * }</pre>
   *
   * @param watcher who watches
   * @return the changed solver
   */
  public Neumann withObserver(Observer watcher) {
    return new Neumann(terms, alpha, ridge, rtol, Optional.of(watcher));
  }

  @Override
  public Neumann transpose() {
    return this;
  }

  /** The calls that make this solver. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("neumann(").append(terms).append(')');
    if (alpha != 1) {
      text.append(".withAlpha(").append(alpha).append(')');
    }
    if (ridge != 0) {
      text.append(".withRidge(").append(ridge).append(')');
    }
    rtol.ifPresent(value -> text.append(".withRtol(").append(value).append(')'));
    observer.ifPresent(watcher -> text.append(".withObserver(…)"));
    return text.toString();
  }
}
