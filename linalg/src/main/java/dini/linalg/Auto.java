package dini.linalg;

/**
 * Chooses by size and tags: {@link Inv} up to {@value #DENSE_LIMIT} unknowns; above, {@link Cg} for
 * a map tagged symmetric and {@link NormalCg} for the others, with their defaults. A rectangular
 * map always goes to {@link NormalCg}.
 */
public record Auto() implements LinearSolver {
  /** The largest number of unknowns that is solved densely. */
  public static final int DENSE_LIMIT = 512;

  static final Auto DEFAULT = new Auto();

  @Override
  public Auto transpose() {
    return this;
  }

  /** The call that makes this solver. */
  @Override
  public String toString() {
    return "auto()";
  }
}
