package dini.functional;

import dini.core.Tensor;

/**
 * A tensor that no optimizer moves, such as a running statistic: a component of a record, beside
 * those that are parameters. To differentiation it is a leaf like any other; optimizers and {@link
 * Buffers} tell it from parameters by its class.
 *
 * <pre>{@code
 * record Scaled(Linear layer, Buffer largest) {}
 * }</pre>
 *
 * @param value the tensor
 */
public record Buffer(Tensor value) {}
