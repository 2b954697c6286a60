package dini.functional;

/** Reports a derivative that was asked for at a point that is no root; see {@link Root}. */
public final class NotARootException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the norm of the stationarity condition, and what to try
   */
  public NotARootException(String message) {
    super(message);
  }
}
