package dini.linalg;

/**
 * How to solve a linear system {@code A x = b} of which only the map A is known. A solver is an
 * immutable value; {@link LinearSolvers} makes them.
 *
 * <table>
 * <caption>Which one</caption>
 * <tr><th>solver</th><th>for</th><th>cost</th></tr>
 * <tr><td>{@link Cg}</td><td>symmetric positive definite maps</td>
 *     <td>one application of A a step</td></tr>
 * <tr><td>{@link NormalCg}</td><td>any map, also rectangular (least squares)</td>
 *     <td>A and its transpose a step; the condition number counts squared</td></tr>
 * <tr><td>{@link Inv}</td><td>any square map with few unknowns</td>
 *     <td>n applications at once, then n^3</td></tr>
 * <tr><td>{@link Auto}</td><td>when in doubt</td><td>one of these, by size and tags</td></tr>
 * </table>
 */
public sealed interface LinearSolver permits Cg, NormalCg, Inv, Auto {

  /**
   * The solver for the transposed map: its preconditioner is transposed, and an initial guess is
   * dropped, since it was a guess for another system.
   *
   * @return the solver for the transposed map
   */
  LinearSolver transpose();
}
