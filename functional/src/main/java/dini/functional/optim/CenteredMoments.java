package dini.functional.optim;

import dini.core.Tensor;

/**
 * The running mean and variance of the gradients of a leaf.
 *
 * @param count how often the leaf has had a gradient, an INT64 scalar
 * @param mu the running mean, of the type of the parameter
 * @param variance the running variance about it, never negative; {@code variance + mu^2} is the
 *     running average of squares
 */
public record CenteredMoments(Tensor count, Tensor mu, Tensor variance) {}
