package dini.linalg;

import dini.core.LinearMap;
import java.util.function.UnaryOperator;

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
 * <tr><td>{@link Gmres}</td><td>square maps without symmetry</td>
 *     <td>one application of A a step, and a product with each vector of the cycle</td></tr>
 * <tr><td>{@link Bicgstab}</td><td>large square maps without symmetry</td>
 *     <td>two applications of A a step</td></tr>
 * <tr><td>{@link Inv}</td><td>any square map with few unknowns</td>
 *     <td>n applications at once, then n^3</td></tr>
 * <tr><td>{@link Neumann}</td><td>contractions, and a rough answer of known cost</td>
 *     <td>one application of A a term</td></tr>
 * <tr><td>{@link Auto}</td><td>when in doubt</td><td>one of these, by size and tags</td></tr>
 * </table>
 */
public sealed interface LinearSolver permits Cg, NormalCg, Gmres, Bicgstab, Inv, Neumann, Auto {

  /**
   * Solves {@code A x = b} on values, as the methods of {@link LinearSolvers} do.
   *
   * <pre>{@code
   * Solution<Tensor> s = cg().withRidge(0.1).solve(x -> matmul(a, x), b);
   * }</pre>
   *
   * @param matvec the map A from trees like b to trees like b; {@link NormalCg} transposes it, for
   *     which it must consist of linear operations and not read values
   * @param b the right-hand side, a tree of tensors
   * @param <X> the tree
   * @return the solution with its account; a numerical failure is its status
   */
  default <X> Solution<X> solve(UnaryOperator<X> matvec, X b) {
    return LinearSolvers.solve(LinearMap.of(matvec, b), b, this);
  }

  /**
   * Solves {@code A x = b} on values, where arguments and results of A may differ.
   *
   * @param map the map A
   * @param b the right-hand side, a tree like the map's results
   * @param <X> the tree of the unknown
   * @param <Y> the tree of the right-hand side
   * @return the solution with its account; a numerical failure is its status
   */
  default <X, Y> Solution<X> solve(LinearMap<X, Y> map, Y b) {
    return LinearSolvers.solve(map, b, this);
  }

  /**
   * The solver for the transposed map: its preconditioner is transposed, and an initial guess is
   * dropped, since it was a guess for another system.
   *
   * @return the solver for the transposed map
   */
  LinearSolver transpose();
}
