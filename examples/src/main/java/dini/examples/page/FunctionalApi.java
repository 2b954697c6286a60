package dini.examples.page;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.sigmoid;
import static dini.core.Elementwise.softplus;
import static dini.core.Elementwise.square;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot4;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.random.Continuous.normal;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;
import static dini.linalg.LinearSolvers.normalCg;

import dini.core.DType;
import dini.core.Tensor;
import dini.functional.F4;
import dini.functional.ValueAndGrad;
import dini.functional.random.Key;

/**
 * The functional API: {@code customRoot} around a solver of four arguments, a logistic regression
 * whose penalties, one for each weight, are the meta-parameters.
 *
 * @param loss the loss on new examples
 * @param metaGradient its gradient with respect to the logarithms of the penalties
 */
public record FunctionalApi(Tensor loss, Tensor metaGradient) {

  /** The stationary condition: the gradient of the penalized loss vanishes. */
  static Tensor stationary(Tensor params, Tensor metaParams, Tensor batch, Tensor labels) {
    Tensor error = sigmoid(matmul(batch, params)).sub(labels);
    return matmul(batch, error, true, false).div(labels.size()).add(exp(metaParams).mul(params));
  }

  /**
   * The forward process: any code that finds a root, here gradient descent until it stands still.
   */
  static Tensor solve(Tensor params, Tensor metaParams, Tensor batch, Tensor labels) {
    Tensor optimal = params;
    for (int step = 0; step < 10_000; step++) {
      Tensor gradient = stationary(optimal, metaParams, batch, labels);
      if (sum(square(gradient)).toDouble() < 1e-28) {
        break;
      }
      optimal = optimal.sub(gradient);
    }
    return optimal;
  }

  /** The solver made differentiable; one could also name the solver of its linear systems. */
  private static final F4<Tensor, Tensor, Tensor, Tensor, Tensor> SOLVE =
      customRoot4(FunctionalApi::stationary, normalCg()).apply(FunctionalApi::solve);

  /** The loss and its gradient at one point. */
  public static FunctionalApi run() {
    ValueAndGrad<Tensor> result = valueAndGrad(FunctionalApi::outerLoss, tensor(-2, -1, -2, 0));
    return new FunctionalApi(result.value(), result.grad());
  }

  /** The loss on new examples of the weights that were fitted with these penalties. */
  static Tensor outerLoss(Tensor metaParams) {
    Key keys = split(key(3), 3);
    Tensor truth = normal(keys.get(0), 4);
    Tensor batch = normal(keys.get(1), 20, 4);
    Tensor test = normal(keys.get(2), 20, 4);

    Tensor params = SOLVE.apply(zeros(4), metaParams, batch, labels(batch, truth));
    Tensor z = matmul(test, params);
    return mean(softplus(z).sub(labels(test, truth).mul(z)));
  }

  private static Tensor labels(Tensor x, Tensor truth) {
    return matmul(x, truth).gt(0).astype(DType.FLOAT64);
  }

  @Override
  public String toString() {
    return """
    outer loss:  %s
    its gradient with respect to the meta-parameters:
    %s\
    """
        .formatted(loss, metaGradient);
  }
}
