package dini.functional.optim;

import dini.core.Tensor;
import java.util.function.UnaryOperator;

/**
 * A schedule that can be read.
 *
 * @param text what it is
 * @param function from the count to the value
 */
record NamedSchedule(String text, UnaryOperator<Tensor> function) implements Schedule {

  @Override
  public Tensor at(Tensor count) {
    return function.apply(count);
  }

  @Override
  public String toString() {
    return text;
  }
}
