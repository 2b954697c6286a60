package dini.functional.optim;

import dini.core.Observer;
import dini.core.Tensor;
import dini.functional.Transforms;
import dini.functional.ValueAndGrad;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The loop of an optimizer that an observer watches. */
final class Descending {
  private Descending() {}

  /**
   * Steps at most so many times.
   *
   * @param params what gives the parameters now
   * @param step takes a step along a gradient
   * @return the number of steps
   */
  static <X> int run(
      Function<? super X, ? extends Tensor> loss,
      int maxSteps,
      Observer observer,
      Supplier<X> params,
      Consumer<X> step) {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(observer, "observer");
    if (maxSteps < 0) {
      throw new IllegalArgumentException("run: " + maxSteps + " steps; expected 0 or more");
    }
    int steps = 0;
    while (steps < maxSteps) {
      ValueAndGrad<X> at = Transforms.valueAndGrad(loss, params.get());
      // a number also where an outer derivative watches the loss
      if (!observer.proceed(steps, at.value().toDouble())) {
        return steps;
      }
      step.accept(at.grad());
      steps++;
    }
    return steps;
  }
}
