package dini.functional.optim;

/**
 * A gradient transformation: an immutable value that turns gradients into updates of the
 * parameters, and a state into the next one. A whole optimizer such as Adam is a chain of such
 * transformations.
 *
 * <p>State is a tree of tensors. It keeps what belongs to a leaf of the parameters under the leaf's
 * name ({@link dini.core.Trees#treeNamed}), so that it does not depend on the class of the
 * parameters, can be read, and saves under telling names. Both methods are made of differentiable
 * operations: derivatives flow through updates and state.
 *
 * @param <S> the tree of the state, a record
 */
public interface Optimizer<S> {

  /**
   * The state before the first step.
   *
   * @param params the parameters to be optimized
   * @param <X> the tree of parameters
   * @return the state
   */
  <X> S init(X params);

  /**
   * One step.
   *
   * @param gradients the gradients, a tree like the parameters
   * @param state the state before this step
   * @param params the parameters before this step
   * @param <X> the tree of parameters
   * @return what to add to the parameters, and the state after this step
   */
  <X> Updates<X, S> update(X gradients, S state, X params);
}
