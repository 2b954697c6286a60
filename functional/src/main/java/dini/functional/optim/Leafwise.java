package dini.functional.optim;

import dini.core.Tensor;

/**
 * A transformation that treats each leaf of the parameters by itself: its rule for one leaf. {@link
 * Transformations#leafwise} makes an {@link Optimizer} of it.
 *
 * <pre>{@code
 * record Memory(Tensor last) {}
 *
 * record Difference() implements Leafwise<Memory> {
 *   public Memory init(String name, Tensor param) {
 *     return new Memory(Tensors.zerosLike(param));
 *   }
 *
 *   public LeafUpdate<Memory> update(Leaf leaf, Memory memory) {
 *     return new LeafUpdate<>(leaf.gradient().sub(memory.last()), new Memory(leaf.gradient()));
 *   }
 * }
 * }</pre>
 *
 * @param <L> the tree of the state of one leaf, a record
 */
public interface Leafwise<L> {

  /**
   * The state of a leaf before its first step.
   *
   * @param name the leaf's name
   * @param param the parameter
   * @return the state
   */
  L init(String name, Tensor param);

  /**
   * One step of a leaf.
   *
   * @param leaf gradient and parameter
   * @param state the state of the leaf before the step
   * @return the update, of the gradient's type, and the state after the step
   */
  LeafUpdate<L> update(Leaf leaf, L state);
}
