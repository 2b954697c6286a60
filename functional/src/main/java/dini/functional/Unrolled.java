package dini.functional;

/**
 * Where a loop ended that may stop before its last step.
 *
 * @param state the state after the steps that were taken
 * @param steps how many steps were taken
 * @param stopped whether the loop was told to stop; false if it ran out of steps first
 * @param <S> the tree of the state
 */
public record Unrolled<S>(S state, int steps, boolean stopped) {}
