package dini.functional;

import dini.linalg.Policy;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * {@link Root} for solvers with three parameters beside the initial guess; {@link
 * Implicit#customRoot4} makes one. The solution is differentiable in each of them. The methods are
 * those of {@link Root}.
 *
 * @param <X> the tree of unknowns
 * @param <A> the tree of the first parameter
 * @param <B> the tree of the second parameter
 * @param <C> the tree of the third parameter
 */
public interface Root4<X, A, B, C> extends UnaryOperator<F4<X, A, B, C, X>> {

  /**
   * The parameters as one tree.
   *
   * @param a the first parameter
   * @param b the second parameter
   * @param c the third parameter
   * @param <A> the tree of the first parameter
   * @param <B> the tree of the second parameter
   * @param <C> the tree of the third parameter
   */
  record Parameters<A, B, C>(A a, B b, C c) {}

  /**
   * Makes a solver differentiable.
   *
   * @param solver takes an initial guess and the parameters to a root x of the stationarity
   *     condition, a tree of the guess's structure, shapes and dtypes
   * @return the function with the same values and the derivatives of the implicit function theorem;
   *     its derivative with respect to the initial guess is zero
   */
  @Override
  F4<X, A, B, C, X> apply(F4<X, A, B, C, X> solver);

  /**
   * Makes a solver with other outputs differentiable, see {@link Root#withAux(BiFunction)}.
   *
   * @param solver takes an initial guess and the parameters to a root and other outputs
   * @param <U> the tree of the other outputs
   * @return the function with the same values and the derivatives of the implicit function theorem
   */
  <U> F4<X, A, B, C, WithAux<X, U>> withAux(F4<X, A, B, C, WithAux<X, U>> solver);

  /**
   * As {@link #withAux(F4)}, also where the function is staged, see {@link Root#withAux(BiFunction,
   * Object)}.
   *
   * @param solver takes an initial guess and the parameters to a root and other outputs
   * @param example other outputs of the structure, shapes and dtypes that the solver returns
   * @param <U> the tree of the other outputs
   * @return the function with the same values and the derivatives of the implicit function theorem
   */
  <U> F4<X, A, B, C, WithAux<X, U>> withAux(F4<X, A, B, C, WithAux<X, U>> solver, U example);

  /**
   * Runs the solver once for all lanes of a {@code vmap}, see {@link Root#batched}.
   *
   * @return the changed copy
   */
  Root4<X, A, B, C> batched();

  /**
   * What happens when the linear system of a derivative is not solved, see {@link Root#onUnsolved}.
   *
   * @param policy the choice
   * @return the changed copy
   */
  Root4<X, A, B, C> onUnsolved(Policy policy);

  /**
   * What happens when a derivative is asked for at a point that is no root, see {@link
   * Root#onResidual}.
   *
   * @param policy the choice
   * @return the changed copy
   */
  Root4<X, A, B, C> onResidual(Policy policy);
}
