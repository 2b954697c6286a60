package dini.linalg.primitive;

/** What an operation does with a matrix that does not allow it. */
public enum Failure {
  /** It throws; so it is where values are computed as they are asked for. */
  THROW,
  /** The result of that matrix is NaN; so it is under vmap, where the other lanes are good. */
  NAN;

  /** The parameter as printed. */
  String text() {
    return this == THROW ? "" : "failure=nan";
  }
}
