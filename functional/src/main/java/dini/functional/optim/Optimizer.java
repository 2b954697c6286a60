package dini.functional.optim;

import dini.core.Tensor;
import java.util.SequencedMap;

/**
 * A gradient transformation: an immutable value that turns gradients into updates of the
 * parameters, and a state into the next one. A whole optimizer such as Adam is a chain of such
 * transformations.
 *
 * <p>State is a tree of tensors, of one structure and one type of each leaf from the first step to
 * the last: so a state of other parameters is found out where it broadcasts. It keeps what belongs
 * to a leaf of the parameters under the leaf's name ({@link dini.core.Trees#treeNamed}), so that it
 * does not depend on the class of the parameters, can be read, and saves under telling names.
 * Everything is made of differentiable operations: derivatives flow through updates and state.
 *
 * <pre>{@code
 * Optimizer<ChainState> adam = Optimizers.adam(0.05);
 * ChainState state = adam.init(params);
 * for (int k = 0; k < 100; k++) {
 *   Updates<Params, ChainState> step = adam.update(grad(loss, params), state, params);
 *   params = step.applyTo(params);
 *   state = step.state();
 * }
 * }</pre>
 *
 * <p>A leaf may have no gradient at a step, but never a null: declare its component {@code
 * Optional<Tensor>}, full in the parameters and empty in the tree of gradients. It then has no
 * update, and its state stays as it is, counts included. A gradient of zeros is another thing: it
 * is a step, which fades averages and may move the leaf by its momentum and decay. Leaves of
 * integers and booleans, and {@linkplain dini.functional.Buffer buffers}, are neither changed nor
 * kept in the state.
 *
 * <p>Trees are for callers; an implementation sees the leaves that it moves by name, in the order
 * of the tree, and so needs no word about trees. One that treats each leaf by itself is shorter
 * still as a {@link Leafwise}.
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
   * @throws dini.core.TreeException if the parameters are not a tree
   */
  default <X> S init(X params) {
    return initLeaves(NamedLeaves.of(params).optimized());
  }

  /**
   * One step.
   *
   * @param gradients the gradients, a tree like the parameters; for a leaf without one, an empty
   *     {@link java.util.Optional} where the parameters have a full one, or {@code zerosLike} of
   *     the leaf, which counts as a step
   * @param state the state before this step
   * @param params the parameters before this step
   * @param <X> the tree of parameters
   * @return what to add to the parameters, and the state after this step
   * @throws dini.core.TreeException if gradients and parameters differ in structure, or the state
   *     is that of another optimizer or of other leaves
   * @throws dini.core.ShapeException if a gradient does not have the shape of its parameter, the
   *     state is that of parameters of other shapes, or an update does not have the shape of its
   *     gradient because a hyperparameter has another one
   * @throws dini.core.DTypeException the same of dtypes
   * @throws NullPointerException naming what is null: an argument, or the update of a leaf
   */
  default <X> Updates<X, S> update(X gradients, S state, X params) {
    return NamedLeaves.update(this, gradients, state, params);
  }

  /**
   * The state before the first step, of leaves by name.
   *
   * @param params the leaves of the parameters that are optimized
   * @return the state
   */
  S initLeaves(SequencedMap<String, Tensor> params);

  /**
   * One step of leaves by name.
   *
   * @param gradients the gradients of some or all parameters, each of its parameter's type
   * @param state the state before this step
   * @param params the leaves of the parameters that are optimized
   * @return an update for each gradient and no others, and the state after this step
   */
  Updates<SequencedMap<String, Tensor>, S> updateLeaves(
      SequencedMap<String, Tensor> gradients, S state, SequencedMap<String, Tensor> params);
}
