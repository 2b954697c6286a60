package dini.functional;

import dini.core.Tensor;

/**
 * A solution under constraints with its multipliers; see {@link Kkt}, whose {@link Kkt#start} makes
 * one with multipliers of the right shapes.
 *
 * @param primal x
 * @param equalityDual ν, of the shape of the equality constraint's values; empty without one
 * @param inequalityDual λ, of the shape of the inequality constraint's values; empty without one
 * @param <X> the tree of x
 */
public record KktPoint<X>(X primal, Tensor equalityDual, Tensor inequalityDual) {}
