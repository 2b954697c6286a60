package dini.linalg;

/** How a linear solve ended. */
public enum Status {
  /** The true residual passed the test. */
  CONVERGED("the true residual is within the tolerance"),
  /** The limit of steps was reached first. */
  MAX_STEPS(
      "the limit of steps was reached first: raise it with withMaxSteps (of a series, its number of"
          + " terms), loosen withRtol, or give a preconditioner"),
  /** A series was cut off where it was asked to be, and its residual was not tested; no failure. */
  TRUNCATED(
      "the series was cut off after its terms, as asked: the residual tells how far that is from"
          + " the solution; withRtol makes it a test"),
  /** The residual of a series is larger than that of zero. */
  DIVERGED(
      "the terms of the series grow, and zero would be a better solution: take an alpha below 2"
          + " over the largest eigenvalue, of the sign of the eigenvalues, or use cg(), normalCg()"
          + " or inv()"),
  /** A direction p with {@code <p, Ap> <= 0} was met. */
  NOT_POSITIVE_DEFINITE(
      "the map (or the preconditioner) is not symmetric positive definite, which cg needs: use"
          + " normalCg() or inv(), or add a ridge"),
  /** The matrix is singular to working precision. */
  SINGULAR(
      "the matrix is singular to working precision: look for a redundant unknown or equation, add a"
          + " ridge, or, if this was another solver, use normalCg(): it gives the solution of least"
          + " norm if there is one"),
  /** The residual stopped falling above the tolerance. */
  STAGNATED(
      "the residual no longer falls: the tolerance is below what this precision can reach for this"
          + " map, or the map is singular or not symmetric; loosen withRtol, add a ridge, give a"
          + " preconditioner, or use normalCg() or inv()"),
  /** An observer stopped the iteration. */
  STOPPED(
      "the observer stopped the iteration before the residual was within the tolerance: let it"
          + " return true until then, or loosen withRtol to what is good enough"),
  /** A NaN or an infinity was met. */
  NON_FINITE(
      "NaN or infinity in the map or the right-hand side: look for where it arises, for instance a"
          + " division by zero or an overflow in the function that was differentiated");

  private final String advice;

  Status(String advice) {
    this.advice = advice;
  }

  /**
   * Whether the value is not what was asked for.
   *
   * @return false for {@link #CONVERGED} and {@link #TRUNCATED}
   */
  public boolean isFailure() {
    return this != CONVERGED && this != TRUNCATED;
  }

  /**
   * What the status means and what to try next.
   *
   * @return a sentence without a full stop
   */
  public String advice() {
    return advice;
  }
}
