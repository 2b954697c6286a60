package dini.functional;

/** What a {@link Certificate} can say of a derivative. */
public enum Verdict {
  /** The error of the derivative is within the bound. */
  CERTIFIED("the derivative is right to the bound"),
  /**
   * Newton's method need not converge from the solution: it is far from any root, or close to where
   * roots meet or end.
   */
  NO_ROOT_NEAR(
      "no root is known to be near the solution, since the Jacobian of the condition changes too"
          + " much on the way there: solve more accurately, or look for a double root"),
  /** Rounding errors hide what the linear system says. */
  ILL_CONDITIONED(
      "the Jacobian of the condition is singular to working precision: rounding errors are as large"
          + " as the derivative; rescale or drop unknowns, regularize the problem itself, or"
          + " compute in FLOAT64"),
  /** The linear solver did not reach the accuracy that a bound needs. */
  UNSOLVED(
      "the linear systems of the derivative or of its bound were not solved: give a preconditioner"
          + " or another linear solver; inv() needs no iteration"),
  /** A NaN or an infinity was met. */
  NON_FINITE(
      "NaN or infinity in the condition, the loss or their derivatives: look for where it arises,"
          + " for instance a division by zero in the function that was differentiated");

  private final String advice;

  Verdict(String advice) {
    this.advice = advice;
  }

  /**
   * What the verdict means and what to try next.
   *
   * @return a sentence without a full stop
   */
  public String advice() {
    return advice;
  }
}
