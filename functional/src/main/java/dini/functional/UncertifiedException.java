package dini.functional;

/** Reports a derivative that is not known to be as right as was asked for. */
public final class UncertifiedException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was asked for, and the certificate
   */
  public UncertifiedException(String message) {
    super(message);
  }
}
