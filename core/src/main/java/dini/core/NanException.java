package dini.core;

/** An operation gave NaN though its arguments had none, while someone watched for that. */
public final class NanException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with a message.
   *
   * @param message the operation, and where it was called
   */
  public NanException(String message) {
    super(message);
  }
}
