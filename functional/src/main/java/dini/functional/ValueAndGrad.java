package dini.functional;

import dini.core.Tensor;

/**
 * The value of a function and its gradient.
 *
 * @param value the value, a scalar
 * @param grad the gradient, a tree like the argument
 * @param <X> the tree of the argument
 */
public record ValueAndGrad<X>(Tensor value, X grad) {}
