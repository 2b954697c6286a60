package dini.functional.optim;

import dini.core.Shapes;
import dini.core.Tensor;

/**
 * Divides by the root of a running average of squares: {@code nu' = a nu + (1 - a) g^2}.
 *
 * @param epsInRoot whether the divisor is {@code sqrt(nu + eps)}, else it is {@code sqrt(nu) + eps}
 * @param biasCorrection whether nu is divided by {@code 1 - a^t}
 */
record ScaleByRms(
    Hyperparameter decay,
    Hyperparameter eps,
    Hyperparameter initialScale,
    boolean epsInRoot,
    boolean biasCorrection)
    implements Leafwise<Average> {

  @Override
  public Average init(String name, Tensor param) {
    return new Average(StepCount.ZERO, filled(initialScale, name, param));
  }

  /** A tensor like the parameter with a hyperparameter in every element. */
  static Tensor filled(Hyperparameter value, String name, Tensor param) {
    Tensor number = Shapes.astype(value.at(name, StepCount.ZERO), param.dtype());
    return Shapes.broadcastTo(number, param.shape());
  }

  @Override
  public LeafUpdate<Average> update(Leaf leaf, Average before) {
    Tensor count = before.count();
    Decay rate = Decay.of(decay, leaf, count);
    Tensor gradient = leaf.gradient();
    Tensor nu = rate.average(before.average(), gradient.mul(gradient));
    Tensor square = biasCorrection ? nu.div(leaf.rounded(rate.weight())) : nu;
    Tensor epsilon = leaf.value(eps, count);
    Tensor update =
        epsInRoot
            ? Numerics.underRoot(gradient, square, eps, epsilon)
            : Numerics.overRoot(gradient, square, eps, epsilon);
    return new LeafUpdate<>(update, new Average(count.add(1), nu));
  }

  @Override
  public String toString() {
    return Printed.components(this);
  }
}
