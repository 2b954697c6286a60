package dini.functional.optim;

import dini.core.Tensor;

/**
 * The step sizes of the elements of a leaf.
 *
 * @param count how often the leaf has had a gradient, an INT64 scalar
 * @param size the size of the last step, of the type of the parameter
 * @param gradient the last gradient, 0 where its sign had changed, of that type
 */
public record StepSizes(Tensor count, Tensor size, Tensor gradient) {}
