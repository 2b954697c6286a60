package dini.linalg;

/** Reports a symmetric matrix that is not positive definite where an operation needs it to be. */
public final class NotPositiveDefiniteException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the operation, the shape, the pivot that failed, and what to try
   */
  public NotPositiveDefiniteException(String message) {
    super(message);
  }
}
