package dini.functional.optim;

import dini.core.DType;
import dini.core.Tensor;
import dini.core.Tensors;

/**
 * How often a leaf has had a gradient.
 *
 * @param count an INT64 scalar
 */
public record StepCount(Tensor count) {
  static final Tensor ZERO = Tensors.full(0, DType.INT64);
}
