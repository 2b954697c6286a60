package dini.core;

/** Reports a file that {@link Csv} cannot read, or a table that it cannot write. */
public final class CsvException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the file, the line and column, what came, and what was expected
   */
  public CsvException(String message) {
    super(message);
  }
}
