package dini.examples;

import static dini.core.Elementwise.softplus;
import static dini.core.Elementwise.square;
import static dini.core.Index.from;
import static dini.core.Index.to;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.sum;
import static dini.functional.Transforms.valueAndGrad;

import dini.core.Tensor;
import dini.functional.ValueAndGrad;
import java.util.List;
import java.util.function.Function;

/**
 * Task T0: value and gradient of a small function, where the time is that of the bookkeeping.
 *
 * @param name which function, on what size
 * @param function the function
 * @param point where
 */
record SmallFunction(String name, Function<Tensor, Tensor> function, Tensor point) {

  static List<SmallFunction> all() {
    Tensor x = PortableRandom.normal(5, 32, 8);
    Tensor labels = PortableRandom.labels(6, 2, 32);
    return List.of(
        new SmallFunction("rosenbrock 10", SmallFunction::rosenbrock, PortableRandom.normal(1, 10)),
        new SmallFunction(
            "rosenbrock 1000", SmallFunction::rosenbrock, PortableRandom.normal(1, 1000)),
        new SmallFunction(
            "logistic 32x8", w -> logisticLoss(w, x, labels), PortableRandom.normal(2, 8)));
  }

  TaskResult measure(Mode mode) {
    Function<Tensor, ValueAndGrad<Tensor>> both = mode.of((Tensor x) -> valueAndGrad(function, x));
    return TaskResult.measure(
        mode, "T0", name, () -> both.apply(point), result -> result.value().toDouble());
  }

  private static Tensor rosenbrock(Tensor x) {
    Tensor head = x.get(to(-1));
    Tensor tail = x.get(from(1));
    Tensor valley = square(tail.sub(square(head))).mul(100);
    return sum(valley.add(square(head.neg().add(1))));
  }

  private static Tensor logisticLoss(Tensor weights, Tensor x, Tensor labels) {
    Tensor scores = matmul(x, weights);
    return mean(softplus(scores).sub(labels.mul(scores)));
  }
}
