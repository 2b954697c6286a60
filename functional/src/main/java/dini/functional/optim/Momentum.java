package dini.functional.optim;

import static dini.core.Comparisons.where;
import static dini.core.Elementwise.sub;

import dini.core.Tensor;
import dini.core.Tensors;

/**
 * A trace of gradients: {@code trace' = m trace + (1 - d) g}, where the dampening d counts from the
 * second step on; the update is the trace, or with Nesterov's momentum {@code g + m trace'}.
 */
record Momentum(Hyperparameter momentum, Hyperparameter dampening, boolean nesterov)
    implements Leafwise<Average> {

  @Override
  public Average init(String name, Tensor param) {
    return new Average(StepCount.ZERO, Tensors.zerosLike(param));
  }

  @Override
  public LeafUpdate<Average> update(Leaf leaf, Average before) {
    Tensor rate = leaf.value(momentum, before.count());
    Tensor gradient = leaf.gradient();
    Tensor trace = rate.mul(before.average()).add(fresh(leaf, before.count()));
    Tensor update = nesterov ? gradient.add(rate.mul(trace)) : trace;
    return new LeafUpdate<>(update, new Average(before.count().add(1), trace));
  }

  private Tensor fresh(Leaf leaf, Tensor count) {
    if (Numerics.isConstant(dampening, 0) || Numerics.isConstant(momentum, 0)) {
      return leaf.gradient();
    }
    Tensor weight = where(count.eq(0), 1, sub(1, leaf.value(dampening, count)));
    return weight.mul(leaf.gradient());
  }

  @Override
  public String toString() {
    return Printed.components(this);
  }
}
