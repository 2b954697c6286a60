package dini.functional.optim;

/**
 * What an {@link Optimizer} makes of gradients.
 *
 * @param updates what to add to the parameters, a tree like them
 * @param state the state for the next step
 * @param <X> the tree of parameters
 * @param <S> the tree of the state
 */
public record Updates<X, S>(X updates, S state) {}
