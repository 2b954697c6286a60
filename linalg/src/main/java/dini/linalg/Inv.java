package dini.linalg;

/**
 * The dense solver: the map is made a matrix and {@code (A + ridge I) x = b} is solved by LU with
 * partial pivoting. A map tagged symmetric is tried with Cholesky first.
 *
 * <p>Costs n applications of the map, which run at once as a batch, and about n^3/3
 * multiplications; memory n^2. Nothing can be watched here, and an interrupt of the thread does not
 * end it.
 *
 * <p>Derivatives of a solution are those of the system with the ridge.
 *
 * @param ridge the multiple of the identity added to A
 */
public record Inv(double ridge) implements LinearSolver {
  static final Inv DEFAULT = new Inv(0);

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if the ridge is not finite
   */
  public Inv {
    Tolerances.checkFinite("inv", "ridge", ridge);
  }

  /**
   * This solver with another ridge.
   *
   * @param value the multiple of the identity added to A
   * @return the changed solver
   */
  public Inv withRidge(double value) {
    return new Inv(value);
  }

  @Override
  public Inv transpose() {
    return this;
  }

  /** The calls that make this solver. */
  @Override
  public String toString() {
    return ridge == 0 ? "inv()" : "inv().withRidge(" + ridge + ")";
  }
}
