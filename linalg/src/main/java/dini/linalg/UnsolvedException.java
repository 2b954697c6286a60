package dini.linalg;

/** Reports a linear system that its solver did not solve to its tolerance. */
public final class UnsolvedException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message which system, how far the solver came, and what to try
   */
  public UnsolvedException(String message) {
    super(message);
  }
}
