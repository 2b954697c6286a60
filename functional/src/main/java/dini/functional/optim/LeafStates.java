package dini.functional.optim;

import java.util.Map;

/**
 * The state of a transformation that treats each leaf of the parameters by itself.
 *
 * @param leaves the states of the leaves by their names; empty if nothing is remembered
 * @param <L> the tree of the state of one leaf
 */
public record LeafStates<L>(Map<String, L> leaves) {}
