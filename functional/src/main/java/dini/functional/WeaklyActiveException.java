package dini.functional;

/**
 * Reports a solution under constraints that has one-sided derivatives only; see {@link
 * Kkt#onWeaklyActive}.
 */
public final class WeaklyActiveException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the constraint, its multiplier and value, and what to try
   */
  public WeaklyActiveException(String message) {
    super(message);
  }
}
