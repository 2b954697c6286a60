package dini.core;

/** Reports a value that is not a tree of tensors, or two trees of different structure. */
public final class TreeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the operation, what came, and what was expected
   */
  public TreeException(String message) {
    super(message);
  }
}
