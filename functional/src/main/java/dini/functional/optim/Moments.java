package dini.functional.optim;

import dini.core.Tensor;
import dini.core.Tensors;

/**
 * Two running averages of a leaf.
 *
 * @param count how often the leaf has had a gradient, an INT64 scalar
 * @param mu the first average, of the type of the parameter
 * @param nu the second average, of the type of the parameter
 */
public record Moments(Tensor count, Tensor mu, Tensor nu) {
  static Moments zero(Tensor param) {
    Tensor zeros = Tensors.zerosLike(param);
    return new Moments(StepCount.ZERO, zeros, zeros);
  }
}
