package dini.functional.optim;

import dini.core.Tensor;

/**
 * One running sum or average of a leaf.
 *
 * @param count how often the leaf has had a gradient, an INT64 scalar
 * @param average the sum or average, of the type of the parameter
 */
public record Average(Tensor count, Tensor average) {}
