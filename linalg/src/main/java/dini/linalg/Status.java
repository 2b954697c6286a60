package dini.linalg;

/** How a linear solve ended. */
public enum Status {
  /** The true residual passed the test. */
  CONVERGED("the true residual is within the tolerance"),
  /** The limit of steps was reached first. */
  MAX_STEPS(
      "the limit of steps was reached first: raise it with withMaxSteps, loosen withRtol, or give a"
          + " preconditioner"),
  /** A direction p with {@code <p, Ap> <= 0} was met. */
  NOT_POSITIVE_DEFINITE(
      "the map (or the preconditioner) is not symmetric positive definite, which cg needs: use"
          + " normalCg() or inv(), or add a ridge"),
  /** The matrix is singular to working precision. */
  SINGULAR(
      "the matrix is singular to working precision: look for a redundant unknown or equation, add a"
          + " ridge, or use normalCg(), which gives the solution of least norm if there is one"),
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
   * What the status means and what to try next.
   *
   * @return a sentence without a full stop
   */
  public String advice() {
    return advice;
  }
}
