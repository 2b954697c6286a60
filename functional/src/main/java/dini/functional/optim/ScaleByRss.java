package dini.functional.optim;

import dini.core.Tensor;

/**
 * Divides by the root of the sum of all squares: {@code s' = s + g^2}.
 *
 * @param epsInRoot whether the divisor is {@code sqrt(s + eps)}, else it is {@code sqrt(s) + eps}
 */
record ScaleByRss(Hyperparameter initialAccumulator, Hyperparameter eps, boolean epsInRoot)
    implements Leafwise<Average> {

  @Override
  public Average init(String name, Tensor param) {
    return new Average(StepCount.ZERO, ScaleByRms.filled(initialAccumulator, name, param));
  }

  @Override
  public LeafUpdate<Average> update(Leaf leaf, Average before) {
    Tensor gradient = leaf.gradient();
    Tensor sum = before.average().add(gradient.mul(gradient));
    Tensor epsilon = leaf.value(eps, before.count());
    Tensor update =
        epsInRoot
            ? Numerics.underRoot(gradient, sum, eps, epsilon)
            : Numerics.overRoot(gradient, sum, eps, epsilon);
    return new LeafUpdate<>(update, new Average(before.count().add(1), sum));
  }

  @Override
  public String toString() {
    return Printed.components(this);
  }
}
