package dini.examples;

/**
 * What the user gave cannot be used. The message says what came and what was expected, in one line
 * that is shown as it is.
 */
final class BadInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadInputException(String message) {
    super(message);
  }
}
