package dini.functional.optim;

import dini.core.Tensor;

/**
 * Two running averages of a leaf, and the largest that the second has been.
 *
 * @param count how often the leaf has had a gradient, an INT64 scalar
 * @param mu the average of gradients, of the type of the parameter
 * @param nu the average of squares, of the type of the parameter
 * @param largest the largest nu of all steps so far, element by element
 */
public record LargestMoments(Tensor count, Tensor mu, Tensor nu, Tensor largest) {}
