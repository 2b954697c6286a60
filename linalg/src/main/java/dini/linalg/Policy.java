package dini.linalg;

/** What happens when a solution is not good enough. */
public enum Policy {
  /** An exception. */
  THROW,
  /** A warning of the {@code System.Logger} named {@code dini}. */
  WARN,
  /** Nothing. */
  IGNORE
}
