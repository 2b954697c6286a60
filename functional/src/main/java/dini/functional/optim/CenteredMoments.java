package dini.functional.optim;

import dini.core.Tensor;

/**
 * The running mean and variance of the gradients of a leaf.
 *
 * @param count how often the leaf has had a gradient, an INT64 scalar
 * @param mu the running mean, of the type of the parameter
 * @param variance the running variance about it, never negative: the running average of squares
 *     less {@code mu^2}, or with bias correction less {@code mu^2 / (1 - a^t)}
 */
public record CenteredMoments(Tensor count, Tensor mu, Tensor variance) {}
