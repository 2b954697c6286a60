package dini.linalg;

import dini.core.LinearMap;
import dini.linalg.solver.MapOperator;
import dini.linalg.solver.Outcome;
import dini.linalg.solver.Packing;
import dini.linalg.solver.Solve;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The linear solvers, and solves with them on values.
 *
 * <pre>{@code
 * LinearSolver solver = cg().withRtol(1e-12).withMaxSteps(500);
 * Solution<Tensor> solution = solveCg(x -> matmul(a, x), b, 1e-10);
 * Solution<Tensor> ridged = cg().withRidge(0.1).solve(x -> matmul(a, x), b);
 * }</pre>
 *
 * <p>The methods named {@code solve…} compute with values: their function may be any Java code,
 * also one that reads numbers, and a tree of several tensors is one coupled system. They have no
 * derivative, and refuse a tensor that is being differentiated rather than lose its derivative;
 * inside the solver given to {@code customRoot} they are at home.
 */
public final class LinearSolvers {
  private LinearSolvers() {}

  /**
   * Conjugate gradients, for symmetric positive definite maps.
   *
   * @return the solver with its defaults
   */
  public static Cg cg() {
    return Cg.DEFAULT;
  }

  /**
   * Conjugate gradients on the normal equations, for any map.
   *
   * @return the solver with its defaults
   */
  public static NormalCg normalCg() {
    return NormalCg.DEFAULT;
  }

  /**
   * Generalized minimal residuals, for square maps that need not be symmetric.
   *
   * @return the solver with its defaults
   */
  public static Gmres gmres() {
    return Gmres.DEFAULT;
  }

  /**
   * Stabilized biconjugate gradients, for large square maps that need not be symmetric.
   *
   * @return the solver with its defaults
   */
  public static Bicgstab bicgstab() {
    return Bicgstab.DEFAULT;
  }

  /**
   * The dense solver.
   *
   * @return the solver with its defaults
   */
  public static Inv inv() {
    return Inv.DEFAULT;
  }

  /**
   * The truncated Neumann series.
   *
   * @param terms how many terms are summed, at least 1
   * @return the solver with alpha 1, without a ridge or a test of its residual
   */
  public static Neumann neumann(int terms) {
    return new Neumann(terms, 1, 0, OptionalDouble.empty(), Optional.empty());
  }

  /**
   * The choice by size and tags.
   *
   * @return the solver
   */
  public static Auto auto() {
    return Auto.DEFAULT;
  }

  /**
   * Solves {@code A x = b} by conjugate gradients, for symmetric positive definite A.
   *
   * @param matvec the map A; it may read values
   * @param b the right-hand side, a tree of tensors
   * @param tol the relative tolerance
   * @param <X> the tree
   * @return the solution with its account
   */
  public static <X> Solution<X> solveCg(UnaryOperator<X> matvec, X b, double tol) {
    return run("solveCg", LinearMap.of(matvec, b), b, cg().withRtol(tol));
  }

  /**
   * Solves {@code A'A x = A'b} by conjugate gradients, for A whose arguments are trees like its
   * results.
   *
   * @param matvec the map A, which is transposed: it must consist of linear operations and must not
   *     read values
   * @param b the right-hand side, a tree of tensors
   * @param tol the relative tolerance, of {@code A'(b - Ax)} against {@code A'b}
   * @param <X> the tree
   * @return the solution with its account
   */
  public static <X> Solution<X> solveNormalCg(UnaryOperator<X> matvec, X b, double tol) {
    return run("solveNormalCg", LinearMap.of(matvec, b), b, normalCg().withRtol(tol));
  }

  /**
   * Solves {@code A'A x = A'b} by conjugate gradients, for any A: least squares.
   *
   * @param matvec the map A, which is transposed: it must consist of linear operations and must not
   *     read values
   * @param b the right-hand side, a tree of tensors
   * @param tol the relative tolerance, of {@code A'(b - Ax)} against {@code A'b}
   * @param init an initial guess; it tells the arguments of A
   * @param <X> the tree of the unknown
   * @param <Y> the tree of the right-hand side
   * @return the solution with its account
   */
  public static <X, Y> Solution<X> solveNormalCg(
      Function<? super X, ? extends Y> matvec, Y b, double tol, X init) {
    LinearMap<X, Y> map = LinearMap.of(matvec, init);
    return run("solveNormalCg", map, b, normalCg().withRtol(tol).withInit(init));
  }

  /**
   * Solves {@code A x = b} with the matrix of A and LU.
   *
   * @param matvec the map A; it may read values, and is then applied to one unit vector after the
   *     other
   * @param b the right-hand side, a tree of tensors
   * @param <X> the tree
   * @return the solution with its account
   */
  public static <X> Solution<X> solveInv(UnaryOperator<X> matvec, X b) {
    return run("solveInv", LinearMap.of(matvec, b), b, inv());
  }

  /**
   * Solves {@code A x = b}.
   *
   * @param map the map A
   * @param b the right-hand side, a tree like the map's results
   * @param solver how to solve
   * @param <X> the tree of the unknown
   * @param <Y> the tree of the right-hand side
   * @return the solution with its account
   */
  public static <X, Y> Solution<X> solve(LinearMap<X, Y> map, Y b, LinearSolver solver) {
    return run("solve", map, b, solver);
  }

  @SuppressWarnings("unchecked")
  private static <X, Y> Solution<X> run(
      String operation, LinearMap<X, Y> map, Y b, LinearSolver solver) {
    MapOperator<X, Y> operator = new MapOperator<>(operation, map);
    Packing unknown = operator.arguments();
    Outcome outcome = Solve.solve(solver, operator, operator.results().pack(b));
    return new Solution<>(
        (X) unknown.unpack(outcome.x()), outcome.status(), outcome.steps(), outcome.residual());
  }
}
