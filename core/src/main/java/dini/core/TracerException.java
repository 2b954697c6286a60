package dini.core;

/**
 * Reports a use of a traced value that cannot work: after its transformation has ended, on another
 * thread, or where a number is needed and there is none yet. The message says what to do instead.
 */
public final class TracerException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was tried and what to do instead
   */
  public TracerException(String message) {
    super(message);
  }
}
