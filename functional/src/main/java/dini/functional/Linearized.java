package dini.functional;

import dini.core.LinearMap;

/**
 * The value of a function and its derivative as a linear map.
 *
 * @param value the value
 * @param map the Jacobian at the argument, never a matrix
 * @param <X> the tree of the argument
 * @param <Y> the tree of the result
 */
public record Linearized<X, Y>(Y value, LinearMap<X, Y> map) {}
