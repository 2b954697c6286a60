package dini.functional.optim;

import dini.core.Tensor;

/**
 * Two running averages of a leaf, and the rates of momentum so far.
 *
 * @param count how often the leaf has had a gradient, an INT64 scalar
 * @param mu the average of gradients, of the type of the parameter
 * @param nu the average of squares, of the type of the parameter
 * @param product of the rates of momentum of all steps so far, FLOAT64, 1 at first
 */
public record NesterovMoments(Tensor count, Tensor mu, Tensor nu, Tensor product) {}
