package dini.linalg;

import dini.core.LinearMap;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TreeException;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.core.tree.Structure;
import dini.linalg.primitive.LinearSolve;
import java.util.Arrays;
import java.util.List;

/**
 * Solutions of linear systems as differentiable functions of the right-hand side and of everything
 * that the map depends on. Trees of several tensors are one coupled system.
 *
 * <pre>{@code
 * Tensor x = linearSolve(LinearMap.matrix(a), b, cg());
 * }</pre>
 *
 * <p>Derivatives, in both modes and of every order, are further solves with the same solver: {@code
 * A dx = db - dA x}, and with the transposed map in reverse mode (Griewank and Walther, Evaluating
 * Derivatives, section 15.2). An initial guess serves the first of these solves only. A
 * preconditioner may depend on what is differentiated or mapped over: it has no derivative, since
 * it does not change the solution. A ridge does change it: derivatives are those of the system with
 * the ridge.
 *
 * <p>Under {@code vmap} a lane that is not solved throws for all lanes, whatever the solver:
 * nothing but a status tells a bad solution from a good one. {@link LinearAlgebra#solve}, which
 * needs no tolerance, gives NaN in the lane of a singular matrix.
 */
public final class LinearSystems {
  private LinearSystems() {}

  /**
   * The solution of {@code A x = b} by the default solver, {@link LinearSolvers#auto()}: dense up
   * to {@value Auto#DENSE_LIMIT} unknowns; above, conjugate gradients for a map tagged symmetric,
   * and conjugate gradients on the normal equations for the others. {@link #linearSolve(LinearMap,
   * Object, LinearSolver)} has the details.
   *
   * <pre>{@code
   * Tensor a = tensor(new double[][] {{2, 0}, {0, 4}});
   * Tensor x = linearSolve(LinearMap.matrix(a), tensor(2, 4));   // [1. 1.]
   * }</pre>
   *
   * @param map a square linear map
   * @param b the right-hand side
   * @param <X> the tree of unknowns
   * @return x
   * @throws UnsolvedException if the solver does not reach its tolerance or the map is singular
   */
  public static <X> X linearSolve(LinearMap<X, X> map, X b) {
    return linearSolve(map, b, LinearSolvers.auto());
  }

  /**
   * The solution of {@code A x = b}.
   *
   * <p>Solved means, for {@link Cg}, that the true residual has {@code ||b - Ax|| <= max(rtol
   * ||b||, atol)}, with {@code rtol = 1e-10} in FLOAT64 and 1e-5 in FLOAT32 unless set, and {@code
   * atol = 0}; for {@link NormalCg} the same of {@code A'(b - Ax)} and {@code A'b}. The error of x
   * can be larger, by the condition number of A. {@link Inv} is direct: it refuses a matrix that is
   * singular to working precision, and has no tolerance. A right-hand side of zero gives zero.
   *
   * <p>The map is staged once, so its function must not read values; a step of an iterative solver
   * applies it once, one of normalCg its transpose too. A derivative costs one more solve.
   *
   * @param map a square linear map
   * @param b the right-hand side
   * @param solver how to solve it
   * @param <X> the tree of unknowns
   * @return x
   * @throws UnsolvedException if the solver does not reach its tolerance or the map is singular
   */
  @SuppressWarnings("unchecked")
  public static <X> X linearSolve(LinearMap<X, X> map, X b, LinearSolver solver) {
    Structure.Flat flat = Structure.flatten(b);
    List<TensorType> types = Arrays.stream(flat.leaves()).map(Tensor::type).toList();
    if (!map.domainTypes().equals(map.codomainTypes())) {
      throw new TreeException(
          "linearSolve: needs a map of a space into itself, got "
              + map
              + "; for least squares see lstsq, or normalCg().solve(map, b)");
    }
    if (!types.equals(map.domainTypes()) || !types.equals(map.codomainTypes())) {
      throw new TreeException(
          "linearSolve: a right-hand side of types " + types + " for the map " + map);
    }
    Structure structure = flat.structure();
    Closed closed =
        Staging.stage(
            leaves -> Structure.flatten(map.apply((X) structure.unflatten(leaves))).leaves(),
            types);
    return (X)
        structure.unflatten(
            LinearSolve.solve(closed, map.tags(), solver, Policy.THROW, flat.leaves()));
  }
}
