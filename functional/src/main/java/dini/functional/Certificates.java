package dini.functional;

import dini.core.DTypeException;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.core.Trees;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSolvers;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Derivatives of solutions with bounds on their errors. The implicit function theorem speaks of the
 * root x* of {@code F(x, θ) = 0}; a solver stops near it, the derivative's linear system is solved
 * to some tolerance, and every number is rounded. A {@link Certificate} says how far the derivative
 * can be from the true one, or that it is not known.
 *
 * <pre>{@code
 * Certificate<Tensor> c = certify(stationary, w -> validation(w), w, lambda);
 * System.out.println(c);
 * Tensor hypergradient = c.within(1e-6);
 * }</pre>
 *
 * <p><b>How.</b> The solution x and the solution v of the derivative's linear system together are
 * an approximate root of two equations, {@code F(x, θ) = 0} and {@code c(x) - A'v = 0} with {@code
 * A = ∂₁F}; the derivative is a function g(x, v). Two Newton steps on both (the second equation
 * needs {@code F''}, in one direction at a time) give g₁ and g₂. The bound is {@code 2 (||g₂ - g||
 * + ||g₂ - g₁||)}, where {@code g₂ - g} is first divided into what the linear system's residual
 * does and the rest, and twice what rounding does. The factor 2 is the safety factor. See Becker
 * and Rannacher, Acta Numerica 10, 2001, section 2 (errors of a functional weighted by adjoints),
 * and Deuflhard, Newton Methods for Nonlinear Problems, section 2.1.
 *
 * <p>It is a bound where Newton's method converges from x: {@code h = |A⁻¹F''[d, d]| / |d|} along
 * the Newton step d, along the second step, and what the second step shows of h, are at most 0.4
 * (Newton-Kantorovich: a root exists and is the limit if {@code h < 1/2}). The quotient is that of
 * each unknown alone, and the largest counts: so a large error in one does not hide a double root
 * in another, and scaling unknowns or equations does not change h but for rounding. An unknown that
 * was right from the start, and moves only because others do, is accepted if its h after the first
 * step is at most 0.02. Moreover each leaf of the derivative must settle: {@code ||g₂ - g₁||} is at
 * most 1.5 times {@code ||g₁ - g||}, up to rounding, or a third step changes it by at most 0.4
 * {@code ||g₂ - g₁||}.
 *
 * <p>h is measured along the way to the root and along the directions that rounding errors take,
 * not as a supremum over a ball, so this is an estimate and no proof. It also speaks of that root
 * only: which root was wanted, it cannot know. Of a {@link Kkt} it knows more: where the root has a
 * negative multiplier or violates an inequality, it throws {@link NotARootException}, and where an
 * inequality is weakly active, what {@link Kkt#onWeaklyActive} says.
 *
 * <p>Rounding is measured too: by differences that would vanish without it, element by element, at
 * least one roundoff of {@code |A| |x|}; four standard deviations of it go through the equations,
 * with the signs that A⁻¹ amplifies most and with others. If they change v by more than a tenth of
 * its norm, there is no bound.
 *
 * <p><b>Cost.</b> About a hundred evaluations of F and its derivatives. Up to 512 unknowns besides,
 * three Jacobian matrices with their LU factorizations; above, about forty solves by the linear
 * solver, without its ridge and to its tolerance or the default one, whichever is smaller; {@code
 * inv()} factors at any size. Memory beside the matrix is that of a few derivatives.
 *
 * <p>θ is what is passed as θ; what F or the loss captures counts as exact data. Certificates work
 * on values, so tensors that are being differentiated are refused, and so are those of a {@code
 * vmap}.
 */
public final class Certificates {
  private Certificates() {}

  /**
   * Certifies the gradient of {@code θ -> l(x*(θ))}, which is computed with the default linear
   * solver.
   *
   * @param stationary F, which returns a tree like x; for a minimizer the gradient of the objective
   * @param loss l, to a floating scalar
   * @param x the solution, as a solver found it
   * @param theta θ
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return the gradient, a tree like θ, and its certificate
   * @throws DTypeException if x or θ has no floating tensor
   * @throws TreeException if F does not return a tree like x, or null
   * @throws NotARootException if F is a {@link Kkt} and the root is no solution
   * @throws TracerException if a tensor is being differentiated or mapped
   */
  public static <X, A> Certificate<A> certify(
      BiFunction<X, A, X> stationary, Function<X, Tensor> loss, X x, A theta) {
    return certify(stationary, loss, x, theta, LinearSolvers.auto());
  }

  /**
   * Certifies the gradient of {@code θ -> l(x*(θ))}.
   *
   * @param stationary F, which returns a tree like x
   * @param loss l, to a floating scalar
   * @param x the solution, as a solver found it
   * @param theta θ
   * @param solver how to solve the linear system of the gradient; if it stops early or has a ridge,
   *     that is an error that the bound covers
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return the gradient, a tree like θ, and its certificate
   */
  public static <X, A> Certificate<A> certify(
      BiFunction<X, A, X> stationary, Function<X, Tensor> loss, X x, A theta, LinearSolver solver) {
    return certify(stationary, (z, t) -> loss.apply(z), x, theta, solver);
  }

  /**
   * Certifies the gradient of {@code θ -> l(x*(θ), θ)}, which is computed with the default linear
   * solver.
   *
   * @param stationary F, which returns a tree like x
   * @param loss l, to a floating scalar
   * @param x the solution, as a solver found it
   * @param theta θ
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return the gradient, a tree like θ, and its certificate
   */
  public static <X, A> Certificate<A> certify(
      BiFunction<X, A, X> stationary, BiFunction<X, A, Tensor> loss, X x, A theta) {
    return certify(stationary, loss, x, theta, LinearSolvers.auto());
  }

  /**
   * Certifies the gradient of {@code θ -> l(x*(θ), θ)}.
   *
   * @param stationary F, which returns a tree like x
   * @param loss l, to a floating scalar
   * @param x the solution, as a solver found it
   * @param theta θ
   * @param solver how to solve the linear system of the gradient
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return the gradient, a tree like θ, and its certificate
   */
  public static <X, A> Certificate<A> certify(
      BiFunction<X, A, X> stationary,
      BiFunction<X, A, Tensor> loss,
      X x,
      A theta,
      LinearSolver solver) {
    Stationarity<X, A> condition = Stationarity.of("certify", stationary);
    Sensitivity<X, A, A> gradient = new Sensitivity.Gradient<>(condition, loss);
    return new Certification<>(condition, gradient, x, theta, solver).run(x);
  }

  /**
   * Certifies the pullback {@code J'c}, with J the Jacobian of θ -> x*, of a cotangent c of the
   * solution.
   *
   * @param stationary F, which returns a tree like x
   * @param x the solution, as a solver found it
   * @param theta θ
   * @param cotangent c, a tree like x
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return the cotangent of θ and its certificate
   */
  public static <X, A> Certificate<A> certifyVjp(
      BiFunction<X, A, X> stationary, X x, A theta, X cotangent) {
    return certifyVjp(stationary, x, theta, cotangent, LinearSolvers.auto());
  }

  /**
   * Certifies the pullback {@code J'c}, with J the Jacobian of θ -> x*, of a cotangent c of the
   * solution.
   *
   * @param stationary F, which returns a tree like x
   * @param x the solution, as a solver found it
   * @param theta θ
   * @param cotangent c, a tree like x
   * @param solver how to solve the linear system of the pullback
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return the cotangent of θ and its certificate
   */
  public static <X, A> Certificate<A> certifyVjp(
      BiFunction<X, A, X> stationary, X x, A theta, X cotangent, LinearSolver solver) {
    Trees.treeVdot(x, cotangent); // refuses a cotangent that is not like x
    BiFunction<X, A, Tensor> product = (z, t) -> Trees.treeVdot(z, cotangent);
    Stationarity<X, A> condition = Stationarity.of("certifyVjp", stationary);
    Sensitivity<X, A, A> pullback = new Sensitivity.Gradient<>(condition, product);
    return new Certification<>(condition, pullback, x, theta, solver).run(x);
  }

  /**
   * Certifies the tangent {@code J dθ}, with J the Jacobian of θ -> x*, of the solution.
   *
   * @param stationary F, which returns a tree like x
   * @param x the solution, as a solver found it
   * @param theta θ
   * @param tangent dθ, a tree like θ
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return the tangent of the solution and its certificate
   */
  public static <X, A> Certificate<X> certifyJvp(
      BiFunction<X, A, X> stationary, X x, A theta, A tangent) {
    return certifyJvp(stationary, x, theta, tangent, LinearSolvers.auto());
  }

  /**
   * Certifies the tangent {@code J dθ}, with J the Jacobian of θ -> x*, of the solution.
   *
   * @param stationary F, which returns a tree like x
   * @param x the solution, as a solver found it
   * @param theta θ
   * @param tangent dθ, a tree like θ
   * @param solver how to solve the linear system of the tangent
   * @param <X> the tree of unknowns
   * @param <A> the tree of parameters
   * @return the tangent of the solution and its certificate
   */
  public static <X, A> Certificate<X> certifyJvp(
      BiFunction<X, A, X> stationary, X x, A theta, A tangent, LinearSolver solver) {
    Stationarity<X, A> condition = Stationarity.of("certifyJvp", stationary);
    Sensitivity<X, A, X> direction = new Sensitivity.Tangent<>(condition, tangent);
    return new Certification<>(condition, direction, x, theta, solver).run(x);
  }
}
