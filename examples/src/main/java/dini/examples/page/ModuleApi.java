package dini.examples.page;

import static dini.core.Elementwise.square;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.random.Continuous.normal;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;

import dini.core.Tensor;
import dini.functional.ValueAndGrad;
import dini.functional.nn.Linear;
import dini.functional.random.Key;

/**
 * The OOP API: the gradient of an outer loss at the solution of {@link InnerNet}, with respect to
 * the meta-parameters.
 *
 * @param loss the outer loss
 * @param metaGradient its gradient, a net like the meta-parameters
 */
public record ModuleApi(Tensor loss, Linear metaGradient) {

  /** The loss and its gradient at one point. */
  public static ModuleApi run() {
    ValueAndGrad<Linear> result = valueAndGrad(ModuleApi::outerLoss, metaParams());
    return new ModuleApi(result.value(), result.grad());
  }

  /** Where the gradient is taken. */
  static Linear metaParams() {
    return new Linear(tensor(new double[][] {{0.5, 0}, {-0.5, 1}, {0, 0.25}}), zeros(2));
  }

  /** The error on new examples of the net that was fitted from the meta-parameters. */
  static Tensor outerLoss(Linear meta) {
    Key keys = split(key(7), 3);
    Tensor task = normal(keys.get(0), 3, 2);
    Tensor batch = normal(keys.get(1), 8, 3);
    Tensor test = normal(keys.get(2), 8, 3);

    InnerNet innerNet = new InnerNet(batch, matmul(batch, task));
    Linear optimal = innerNet.solution(meta, meta);
    return mean(square(innerNet.forward(optimal, test).sub(matmul(test, task))));
  }

  @Override
  public String toString() {
    return """
    outer loss:  %s
    its gradient with respect to the meta-parameters:
    weight:  %s
    bias:    %s\
    """
        .formatted(loss, metaGradient.weight(), metaGradient.bias());
  }
}
