package dini.functional.optim;

import dini.core.DType;
import dini.core.Tensor;
import dini.core.Tensors;

/**
 * A hyperparameter that changes from step to step: a function of the number of steps before. {@link
 * Schedules} has the usual ones; any lambda is another. Derivatives flow through the tensors that
 * it captures.
 *
 * <p>A schedule under {@code vmap} may meet a batch of counts: write it with operations on tensors.
 */
@FunctionalInterface
public non-sealed interface Schedule extends Hyperparameter {

  /**
   * The value at a count.
   *
   * @param count the number of steps before this one, an INT64 scalar; schedules of this library
   *     take tensors of any shape and number type, element by element
   * @return a floating tensor
   */
  Tensor at(Tensor count);

  /**
   * The value at a count.
   *
   * @param count the number of steps before this one
   * @return the value
   * @throws dini.core.TracerException where it depends on a value that is not known
   */
  default double at(long count) {
    return at(Tensors.full(count, DType.INT64)).toDouble();
  }

  @Override
  default Tensor at(String leaf, Tensor count) {
    return at(count);
  }

  @Override
  default boolean isScheduled() {
    return true;
  }
}
