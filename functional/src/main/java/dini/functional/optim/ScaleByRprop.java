package dini.functional.optim;

import static dini.core.Comparisons.where;
import static dini.core.Elementwise.sign;

import dini.core.Tensor;
import dini.core.Tensors;

/** Rprop, but for the direction; see {@link RpropRule}. */
record ScaleByRprop(
    Hyperparameter first,
    Hyperparameter shrink,
    Hyperparameter grow,
    Hyperparameter smallest,
    Hyperparameter largest)
    implements Leafwise<StepSizes> {

  @Override
  public StepSizes init(String name, Tensor param) {
    Tensor size = ScaleByRms.filled(first, name, param);
    return new StepSizes(StepCount.ZERO, size, Tensors.zerosLike(param));
  }

  @Override
  public LeafUpdate<StepSizes> update(Leaf leaf, StepSizes before) {
    Tensor count = before.count();
    // of signs: a product of small gradients would vanish
    Tensor agreement = sign(leaf.gradient()).mul(sign(before.gradient()));
    Tensor turned = agreement.lt(0);
    Tensor same = before.size();
    Tensor grown = same.mul(leaf.value(grow, count));
    Tensor shrunk = same.mul(leaf.value(shrink, count));
    Tensor free = where(turned, shrunk, where(agreement.gt(0), grown, same));
    Tensor size = free.maximum(leaf.value(smallest, count)).minimum(leaf.value(largest, count));
    Tensor gradient = where(turned, 0, leaf.gradient());
    return new LeafUpdate<>(sign(gradient).mul(size), new StepSizes(count.add(1), size, gradient));
  }
}
