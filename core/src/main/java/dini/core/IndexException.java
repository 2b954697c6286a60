package dini.core;

/** Reports an index outside its axis. */
public final class IndexException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the operation, what came, and what was expected
   */
  public IndexException(String message) {
    super(message);
  }
}
