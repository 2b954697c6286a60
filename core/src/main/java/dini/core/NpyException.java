package dini.core;

/** Reports a file that {@link Npy} or {@link Npz} cannot read, or cannot make. */
public final class NpyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the file, what came, and what was expected
   */
  public NpyException(String message) {
    super(message);
  }
}
