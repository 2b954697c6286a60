package dini.functional.optim;

import dini.core.Tensor;
import dini.core.Tensors;

/**
 * A running average of gradients: {@code average' = a average + (1 - a) g}.
 *
 * @param debias whether the update is {@code average' / (1 - a^t)}
 */
record Ema(Hyperparameter decay, boolean debias) implements Leafwise<Average> {

  @Override
  public Average init(String name, Tensor param) {
    return new Average(StepCount.ZERO, Tensors.zerosLike(param));
  }

  @Override
  public LeafUpdate<Average> update(Leaf leaf, Average before) {
    Decay rate = Decay.of(decay, leaf, before.count());
    Tensor average = rate.average(before.average(), leaf.gradient());
    Tensor update = debias ? average.div(leaf.rounded(rate.weight())) : average;
    return new LeafUpdate<>(update, new Average(before.count().add(1), average));
  }

  @Override
  public String toString() {
    return Printed.components(this);
  }
}
