package dini.examples.page;

import static dini.core.Products.matmul;
import static dini.functional.random.Continuous.normal;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;
import static dini.linalg.LinearSolvers.solveCg;
import static dini.linalg.LinearSolvers.solveInv;
import static dini.linalg.LinearSolvers.solveNormalCg;

import dini.core.Tensor;
import dini.functional.random.Key;
import dini.linalg.Solution;
import java.util.function.UnaryOperator;

/**
 * Linear system solvers: one random system, three ways to solve it. The matrix is neither symmetric
 * nor positive definite, so {@code solveCg} must say that it did not solve the system; a solver
 * that returns a number and no status would let that pass.
 *
 * @param a the matrix
 * @param b the right-hand side
 * @param normalCg by conjugate gradients on the normal equations: for any matrix
 * @param cg by conjugate gradients: for symmetric positive definite matrices
 * @param inv by LU
 */
public record LinearSystems(
    Tensor a, Tensor b, Solution<Tensor> normalCg, Solution<Tensor> cg, Solution<Tensor> inv) {

  /** Solves the system. */
  public static LinearSystems run() {
    Key keys = split(key(42));
    Tensor a = normal(keys.get(0), 3, 3);
    Tensor b = normal(keys.get(1), 3);
    UnaryOperator<Tensor> matvec = x -> matmul(a, x);

    Solution<Tensor> normalCg = solveNormalCg(matvec, b, 1e-5);
    Solution<Tensor> cg = solveCg(matvec, b, 1e-5);
    Solution<Tensor> inv = solveInv(matvec, b);
    return new LinearSystems(a, b, normalCg, cg, inv);
  }

  @Override
  public String toString() {
    return """
    normal CG:  %s
    CG:         %s
    inv:        %s\
    """
        .formatted(normalCg, cg, inv);
  }
}
