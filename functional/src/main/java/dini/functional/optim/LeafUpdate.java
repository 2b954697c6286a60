package dini.functional.optim;

import dini.core.Tensor;

/**
 * What a {@link Leafwise} transformation makes of one gradient.
 *
 * @param update the transformed gradient, of its type
 * @param state the state of the leaf for its next step
 * @param <L> the tree of the state of one leaf
 */
public record LeafUpdate<L>(Tensor update, L state) {}
