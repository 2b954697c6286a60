package dini.functional;

import dini.core.LinearMap.Tag;
import dini.core.Tensor;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSolvers;
import dini.linalg.Policy;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Derivatives of solutions by the implicit function theorem. At a root {@code F(x*, θ) = 0} the
 * derivative of x* is {@code dx = -(∂₁F)⁻¹ ∂₂F dθ} (Dini 1878; Griewank and Walther, Evaluating
 * Derivatives, section 15): one linear solve, whatever the solver did to find x*.
 *
 * <pre>{@code
 * BiFunction<Tensor, Problem, Tensor> stationary = grad(Ridge::objective);
 * BiFunction<Tensor, Problem, Tensor> solve =
 *     customRoot(stationary, normalCg()).apply((init, problem) -> mySolver(problem, init));
 * Tensor hypergradient = grad(lambda -> loss(solve.apply(init, new Problem(lambda, X, y))), lambda0);
 * }</pre>
 *
 * <p>The solver sees plain tensors: it may read them, branch, use other libraries, throw. The
 * stationarity condition is what is differentiated, to any order and in any mode; parameters reach
 * it through θ or by capture. Initial guesses have derivative zero.
 *
 * <p>Java does not infer the type of {@code customRoot((x, p) -> …).apply(…)}: give the condition a
 * typed variable, as above.
 */
public final class Implicit {
  private Implicit() {}

  /**
   * Makes solvers of {@code F(x, θ) = 0} differentiable, with the default linear solver: dense LU
   * up to 512 unknowns, conjugate gradients on the normal equations above.
   *
   * @param stationary F, which returns a tree like x
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A> Root<X, A> customRoot(BiFunction<X, A, X> stationary) {
    return customRoot(stationary, LinearSolvers.auto());
  }

  /**
   * Makes solvers of {@code F(x, θ) = 0} differentiable.
   *
   * @param stationary F, which returns a tree like x
   * @param solver how to solve the linear systems with {@code ∂₁F} that derivatives need
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A> Root<X, A> customRoot(BiFunction<X, A, X> stationary, LinearSolver solver) {
    return new ImplicitRoot<>(stationary, solver, Set.of(), false, Policy.THROW, Policy.WARN);
  }

  /**
   * Makes minimizers of an objective differentiable: {@code customRoot(grad(objective))}, whose
   * Jacobian is known to be symmetric. By default it is solved by Cholesky up to 512 unknowns,
   * falling back to LU, and by conjugate gradients above.
   *
   * @param objective the function of x and θ that the solver minimizes over x
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A> Root<X, A> customArgmin(BiFunction<X, A, Tensor> objective) {
    return customArgmin(objective, LinearSolvers.auto());
  }

  /**
   * Makes minimizers of an objective differentiable, with a linear solver of choice.
   *
   * @param objective the function of x and θ that the solver minimizes over x
   * @param solver how to solve the linear systems with the Hessian that derivatives need
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A> Root<X, A> customArgmin(
      BiFunction<X, A, Tensor> objective, LinearSolver solver) {
    return new ImplicitRoot<>(
        Transforms.grad(objective),
        solver,
        Set.of(Tag.SYMMETRIC),
        false,
        Policy.THROW,
        Policy.WARN);
  }
}
