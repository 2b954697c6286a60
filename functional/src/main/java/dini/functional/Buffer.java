package dini.functional;

import dini.core.Tensor;

/**
 * A tensor of a module that no optimizer should move, such as a running statistic. To
 * differentiation it is a leaf like any other; {@link Buffers} tells it from parameters by its
 * class.
 *
 * @param value the tensor
 */
public record Buffer(Tensor value) {}
