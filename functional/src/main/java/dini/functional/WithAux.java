package dini.functional;

/**
 * A result with what was computed beside it and carries no derivative.
 *
 * @param value the result
 * @param aux what was computed beside it
 * @param <Y> the tree of the result
 * @param <U> the tree of the other outputs
 */
public record WithAux<Y, U>(Y value, U aux) {}
