package dini.functional;

import dini.linalg.Policy;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * What {@link Implicit#customRoot} returns: it takes a solver, which may be any Java code, and
 * returns the solver made differentiable. Each method below returns a changed copy.
 *
 * @param <X> the tree of unknowns
 * @param <A> the tree of parameters
 */
public interface Root<X, A> extends UnaryOperator<BiFunction<X, A, X>> {

  /**
   * Makes a solver differentiable.
   *
   * @param solver takes an initial guess and the parameters to a root x of the stationarity
   *     condition, a tree of the guess's structure, shapes and dtypes
   * @return the function with the same values and the derivatives of the implicit function theorem;
   *     its derivative with respect to the initial guess is zero
   */
  @Override
  BiFunction<X, A, X> apply(BiFunction<X, A, X> solver);

  /**
   * Makes a solver with other outputs differentiable. The other outputs carry no derivative:
   * differentiating them is an error. Under {@code vmap} their tensors are stacked, and their
   * static data must agree between lanes.
   *
   * @param solver takes an initial guess and the parameters to a root and other outputs
   * @param <U> the tree of the other outputs
   * @return the function with the same values and the derivatives of the implicit function theorem
   */
  <U> BiFunction<X, A, WithAux<X, U>> withAux(BiFunction<X, A, WithAux<X, U>> solver);

  /**
   * As {@link #withAux(BiFunction)}, also where the function is staged: then the types of the other
   * outputs must be known before the solver runs.
   *
   * @param solver takes an initial guess and the parameters to a root and other outputs
   * @param example other outputs of the structure, shapes and dtypes that the solver returns
   * @param <U> the tree of the other outputs
   * @return the function with the same values and the derivatives of the implicit function theorem
   */
  <U> BiFunction<X, A, WithAux<X, U>> withAux(BiFunction<X, A, WithAux<X, U>> solver, U example);

  /**
   * Runs the solver once for all lanes of a {@code vmap}, on tensors that stand for all lanes and
   * cannot be read, instead of lane by lane on plain tensors, which is the default.
   *
   * @return the changed copy
   */
  Root<X, A> batched();

  /**
   * What happens when the linear system of a derivative is not solved; {@link Policy#THROW} by
   * default.
   *
   * @param policy the choice
   * @return the changed copy
   */
  Root<X, A> onUnsolved(Policy policy);

  /**
   * What happens when a derivative is asked for at a point that is no root: where the norm of the
   * stationarity condition is above 1e-6 times that at the initial guess and above 1e-8 (1e-3 and
   * 1e-4 where a leaf is FLOAT32); {@link Policy#WARN} by default, once for each place that calls
   * the solver. Under {@code vmap} each lane is tested by itself and the worst is reported. A guess
   * at which the condition throws is left out of the comparison. {@link Policy#THROW} throws {@link
   * NotARootException}.
   *
   * <p>The test depends on the scale of the condition: one that is multiplied by 1e-12 passes
   * anywhere near a root and far from it. After a warm start the norm at the guess is small too,
   * and a solution that is not much better is reported unless it is below the absolute bound.
   *
   * @param policy the choice
   * @return the changed copy
   */
  Root<X, A> onResidual(Policy policy);
}
