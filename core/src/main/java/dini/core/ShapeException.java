package dini.core;

/** Reports shapes or axes that do not fit the operation. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the operation, what came, and what was expected
   */
  public ShapeException(String message) {
    super(message);
  }
}
