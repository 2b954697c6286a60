package dini.core;

/** Reports dtypes that do not fit the operation. */
public final class DTypeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the operation, what came, and what was expected
   */
  public DTypeException(String message) {
    super(message);
  }
}
