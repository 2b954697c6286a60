package dini.functional;

import dini.core.LinearMap.Tag;
import dini.core.Tensor;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSolvers;
import dini.linalg.Policy;
import java.util.Optional;
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
 * <table>
 * <caption>What is known of the solution</caption>
 * <tr><th>it is</th><th>use</th></tr>
 * <tr><td>a root, {@code F(x, θ) = 0}</td><td>{@code customRoot}</td></tr>
 * <tr><td>a minimizer of {@code f(x, θ)}</td><td>{@code customArgmin}</td></tr>
 * <tr><td>a fixed point, {@code x = T(x, θ)}</td><td>{@code customFixedPoint}</td></tr>
 * <tr><td>a minimizer under constraints</td><td>{@code customRoot} of a {@link Kkt}</td></tr>
 * </table>
 *
 * <p>The solver sees plain tensors: it may read them, branch, use other libraries, throw. The
 * stationarity condition is what is differentiated, to any order and in any mode; parameters reach
 * it through θ or by capture. Initial guesses have derivative zero.
 *
 * <p>Names that end in 3 and 4 are for solvers of three and four arguments: the initial guess and
 * two or three parameters, each a tree of its own and differentiable like θ.
 *
 * <p>Java does not infer the type of {@code customRoot((x, p) -> …).apply(…)}: give the condition a
 * typed variable, as above.
 */
public final class Implicit {
  private Implicit() {}

  // ---- one parameter tree ----

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
   * Makes solvers of {@code F(x, θ) = 0} differentiable, with a linear solver of choice.
   *
   * @param stationary F, which returns a tree like x
   * @param solver how to solve the linear systems with {@code ∂₁F} that derivatives need
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A> Root<X, A> customRoot(BiFunction<X, A, X> stationary, LinearSolver solver) {
    return customRoot(stationary, solver, Inspection.of(stationary));
  }

  private static <X, A> Root<X, A> customRoot(
      BiFunction<X, A, X> stationary, LinearSolver solver, Optional<Inspection<X, A>> inspection) {
    return new ImplicitRoot<>(
        inspection.map(Inspection::differentiated).orElse(stationary),
        solver,
        Set.of(),
        inspection,
        false,
        Policy.THROW,
        Policy.WARN);
  }

  /**
   * Makes minimizers of an objective {@code f(x, θ)} differentiable: {@code customRoot} of its
   * gradient, whose Jacobian is known to be symmetric. By default it is solved by Cholesky up to
   * 512 unknowns, falling back to LU, and by conjugate gradients above.
   *
   * @param objective the function of x and the parameters that the solver minimizes over x
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A> Root<X, A> customArgmin(BiFunction<X, A, Tensor> objective) {
    return customArgmin(objective, LinearSolvers.auto());
  }

  /**
   * Makes minimizers of an objective {@code f(x, θ)} differentiable, with a linear solver of
   * choice.
   *
   * @param objective the function of x and the parameters that the solver minimizes over x
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
        Optional.empty(),
        false,
        Policy.THROW,
        Policy.WARN);
  }

  /**
   * Makes solvers of {@code x = T(x, θ)} differentiable: {@code customRoot} of {@code x - T(x, …)},
   * with the default linear solver.
   *
   * <p>The condition is written as {@code x - T} and not {@code T - x}, so that the fixed point of
   * a descent step gives {@link LinearSolvers#cg} a positive definite map, and {@link
   * LinearSolvers#neumann} of a contraction the sum of the powers of {@code ∂₁T}, without more ado.
   *
   * <pre>{@code
   * BiFunction<Tensor, Tensor, Tensor> cosine = (x, t) -> cos(x.mul(t));
   * BiFunction<Tensor, Tensor, Tensor> solve =
   *     customFixedPoint(cosine, neumann(40)).apply((x, t) -> iterate(cosine, x, t));
   * }</pre>
   *
   * @param map T, which returns a tree like x; T may be one step of the solver's iteration
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A> Root<X, A> customFixedPoint(BiFunction<X, A, X> map) {
    return customFixedPoint(map, LinearSolvers.auto());
  }

  /**
   * Makes solvers of {@code x = T(x, θ)} differentiable, with a linear solver of choice.
   *
   * @param map T, which returns a tree like x; T may be one step of the solver's iteration
   * @param solver how to solve the linear systems with {@code I - ∂₁T} that derivatives need
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A> Root<X, A> customFixedPoint(BiFunction<X, A, X> map, LinearSolver solver) {
    return customRoot(new FixedPoint<>(map), solver);
  }

  // ---- two parameter trees ----

  /**
   * Makes solvers of {@code F(x, a, b) = 0} differentiable, with the default linear solver: dense
   * LU up to 512 unknowns, conjugate gradients on the normal equations above.
   *
   * @param stationary F, which returns a tree like x
   * @param <X> the tree of unknowns
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A, B> Root3<X, A, B> customRoot3(F3<X, A, B, X> stationary) {
    return customRoot3(stationary, LinearSolvers.auto());
  }

  /**
   * Makes solvers of {@code F(x, a, b) = 0} differentiable, with a linear solver of choice.
   *
   * @param stationary F, which returns a tree like x
   * @param solver how to solve the linear systems with {@code ∂₁F} that derivatives need
   * @param <X> the tree of unknowns
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A, B> Root3<X, A, B> customRoot3(
      F3<X, A, B, X> stationary, LinearSolver solver) {
    return new PackedRoot3<>(customRoot(PackedRoot3.packed(stationary), solver));
  }

  /**
   * Makes minimizers of an objective {@code f(x, a, b)} differentiable: {@code customRoot} of its
   * gradient, whose Jacobian is known to be symmetric. By default it is solved by Cholesky up to
   * 512 unknowns, falling back to LU, and by conjugate gradients above.
   *
   * @param objective the function of x and the parameters that the solver minimizes over x
   * @param <X> the tree of unknowns
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A, B> Root3<X, A, B> customArgmin3(F3<X, A, B, Tensor> objective) {
    return customArgmin3(objective, LinearSolvers.auto());
  }

  /**
   * Makes minimizers of an objective {@code f(x, a, b)} differentiable, with a linear solver of
   * choice.
   *
   * @param objective the function of x and the parameters that the solver minimizes over x
   * @param solver how to solve the linear systems with the Hessian that derivatives need
   * @param <X> the tree of unknowns
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A, B> Root3<X, A, B> customArgmin3(
      F3<X, A, B, Tensor> objective, LinearSolver solver) {
    return new PackedRoot3<>(customArgmin(PackedRoot3.packed(objective), solver));
  }

  /**
   * Makes solvers of {@code x = T(x, a, b)} differentiable: {@code customRoot} of {@code x - T(x,
   * …)}, with the default linear solver.
   *
   * @param map T, which returns a tree like x; T may be one step of the solver's iteration
   * @param <X> the tree of unknowns
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A, B> Root3<X, A, B> customFixedPoint3(F3<X, A, B, X> map) {
    return customFixedPoint3(map, LinearSolvers.auto());
  }

  /**
   * Makes solvers of {@code x = T(x, a, b)} differentiable, with a linear solver of choice.
   *
   * @param map T, which returns a tree like x; T may be one step of the solver's iteration
   * @param solver how to solve the linear systems with {@code I - ∂₁T} that derivatives need
   * @param <X> the tree of unknowns
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A, B> Root3<X, A, B> customFixedPoint3(
      F3<X, A, B, X> map, LinearSolver solver) {
    return new PackedRoot3<>(customFixedPoint(PackedRoot3.packed(map), solver));
  }

  // ---- three parameter trees ----

  /**
   * Makes solvers of {@code F(x, a, b, c) = 0} differentiable, with the default linear solver:
   * dense LU up to 512 unknowns, conjugate gradients on the normal equations above.
   *
   * @param stationary F, which returns a tree like x
   * @param <X> the tree of unknowns
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @param <C> the tree of the third parameter
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A, B, C> Root4<X, A, B, C> customRoot4(F4<X, A, B, C, X> stationary) {
    return customRoot4(stationary, LinearSolvers.auto());
  }

  /**
   * Makes solvers of {@code F(x, a, b, c) = 0} differentiable, with a linear solver of choice.
   *
   * @param stationary F, which returns a tree like x
   * @param solver how to solve the linear systems with {@code ∂₁F} that derivatives need
   * @param <X> the tree of unknowns
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @param <C> the tree of the third parameter
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A, B, C> Root4<X, A, B, C> customRoot4(
      F4<X, A, B, C, X> stationary, LinearSolver solver) {
    return new PackedRoot4<>(customRoot(PackedRoot4.packed(stationary), solver));
  }

  /**
   * Makes minimizers of an objective {@code f(x, a, b, c)} differentiable: {@code customRoot} of
   * its gradient, whose Jacobian is known to be symmetric. By default it is solved by Cholesky up
   * to 512 unknowns, falling back to LU, and by conjugate gradients above.
   *
   * @param objective the function of x and the parameters that the solver minimizes over x
   * @param <X> the tree of unknowns
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @param <C> the tree of the third parameter
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A, B, C> Root4<X, A, B, C> customArgmin4(F4<X, A, B, C, Tensor> objective) {
    return customArgmin4(objective, LinearSolvers.auto());
  }

  /**
   * Makes minimizers of an objective {@code f(x, a, b, c)} differentiable, with a linear solver of
   * choice.
   *
   * @param objective the function of x and the parameters that the solver minimizes over x
   * @param solver how to solve the linear systems with the Hessian that derivatives need
   * @param <X> the tree of unknowns
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @param <C> the tree of the third parameter
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A, B, C> Root4<X, A, B, C> customArgmin4(
      F4<X, A, B, C, Tensor> objective, LinearSolver solver) {
    return new PackedRoot4<>(customArgmin(PackedRoot4.packed(objective), solver));
  }

  /**
   * Makes solvers of {@code x = T(x, a, b, c)} differentiable: {@code customRoot} of {@code x -
   * T(x, …)}, with the default linear solver.
   *
   * @param map T, which returns a tree like x; T may be one step of the solver's iteration
   * @param <X> the tree of unknowns
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @param <C> the tree of the third parameter
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A, B, C> Root4<X, A, B, C> customFixedPoint4(F4<X, A, B, C, X> map) {
    return customFixedPoint4(map, LinearSolvers.auto());
  }

  /**
   * Makes solvers of {@code x = T(x, a, b, c)} differentiable, with a linear solver of choice.
   *
   * @param map T, which returns a tree like x; T may be one step of the solver's iteration
   * @param solver how to solve the linear systems with {@code I - ∂₁T} that derivatives need
   * @param <X> the tree of unknowns
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @param <C> the tree of the third parameter
   * @return what takes a solver and makes it differentiable
   */
  public static <X, A, B, C> Root4<X, A, B, C> customFixedPoint4(
      F4<X, A, B, C, X> map, LinearSolver solver) {
    return new PackedRoot4<>(customFixedPoint(PackedRoot4.packed(map), solver));
  }

  // ---- at a given solution ----

  /**
   * The derivative of a root along a tangent of its parameters, at a root that is known: {@code
   * -(∂₁F)⁻¹ ∂₂F dθ}, with the default linear solver.
   *
   * @param stationary F, which returns a tree like x
   * @param solution x with {@code F(x, θ) = 0}
   * @param theta θ
   * @param tangent dθ, a tree like θ
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return the tangent of x
   */
  public static <X, A> X rootJvp(BiFunction<X, A, X> stationary, X solution, A theta, A tangent) {
    return rootJvp(stationary, solution, theta, tangent, LinearSolvers.auto());
  }

  /**
   * The derivative of a root along a tangent of its parameters, at a root that is known: {@code
   * -(∂₁F)⁻¹ ∂₂F dθ}.
   *
   * <p>It warns as {@link Root#onResidual} does where the norm of {@code F} is above 1e-8 (1e-4 in
   * FLOAT32) and where a {@link Kkt} finds that the solution is none, and throws if the system is
   * not solved. Inside of other transformations its derivatives are those of the root as a function
   * of what F depends on, whatever derivative the given solution carries.
   *
   * <pre>{@code
   * BiFunction<Tensor, Tensor, Tensor> square = (x, t) -> x.mul(x).sub(t);
   * Tensor slope = rootJvp(square, scalar(3), scalar(9), scalar(1), inv());   // 1 / 6
   * }</pre>
   *
   * @param stationary F, which returns a tree like x
   * @param solution x with {@code F(x, θ) = 0}
   * @param theta θ
   * @param tangent dθ, a tree like θ
   * @param solver how to solve the linear system with {@code ∂₁F}
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return the tangent of x
   * @throws dini.linalg.UnsolvedException if the linear system is not solved
   */
  public static <X, A> X rootJvp(
      BiFunction<X, A, X> stationary, X solution, A theta, A tangent, LinearSolver solver) {
    BiFunction<X, A, X> root = known("rootJvp", stationary, solution, theta, solver);
    return Transforms.<A, X>jvp(t -> root.apply(solution, t), theta, tangent).tangent();
  }

  /**
   * The cotangent of the parameters of a root from that of the root, at a root that is known:
   * {@code -(∂₂F)' (∂₁F)'⁻¹ c}, with the default linear solver.
   *
   * @param stationary F, which returns a tree like x
   * @param solution x with {@code F(x, θ) = 0}
   * @param theta θ
   * @param cotangent c, a tree like x
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return the cotangent of θ
   */
  public static <X, A> A rootVjp(BiFunction<X, A, X> stationary, X solution, A theta, X cotangent) {
    return rootVjp(stationary, solution, theta, cotangent, LinearSolvers.auto());
  }

  /**
   * The cotangent of the parameters of a root from that of the root, at a root that is known:
   * {@code -(∂₂F)' (∂₁F)'⁻¹ c}. It reports and nests as {@link #rootJvp(BiFunction, Object, Object,
   * Object, LinearSolver)} does.
   *
   * @param stationary F, which returns a tree like x
   * @param solution x with {@code F(x, θ) = 0}
   * @param theta θ
   * @param cotangent c, a tree like x
   * @param solver how to solve the linear system with {@code (∂₁F)'}
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return the cotangent of θ
   * @throws dini.linalg.UnsolvedException if the linear system is not solved
   */
  public static <X, A> A rootVjp(
      BiFunction<X, A, X> stationary, X solution, A theta, X cotangent, LinearSolver solver) {
    BiFunction<X, A, X> root = known("rootVjp", stationary, solution, theta, solver);
    return Transforms.<A, X>vjp(t -> root.apply(solution, t), theta).pullback().apply(cotangent);
  }

  /** The solver that knows the root already. */
  private static <X, A> BiFunction<X, A, X> known(
      String operation, BiFunction<X, A, X> stationary, X solution, A theta, LinearSolver solver) {
    ResidualReport.checkGiven(operation, Tree.of(stationary.apply(solution, theta)).leaves());
    // the residual has been looked at; what an inspection finds shows in none
    Optional<Inspection<X, A>> inspection =
        Inspection.of(stationary).map(each -> each.withPolicy(Policy.WARN));
    return customRoot(stationary, solver, inspection)
        .onResidual(Policy.IGNORE)
        .apply((init, t) -> init);
  }
}
