package dini.linalg;

/** Reports a matrix that is singular to working precision where an operation must invert it. */
public final class SingularMatrixException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the operation, the shape, the pivot that failed, and what to try
   */
  public SingularMatrixException(String message) {
    super(message);
  }
}
