package dini.functional.optim;

import dini.core.Tensor;

/**
 * Adam without its learning rate; see {@link AdamStep}.
 *
 * @param nesterov whether the first moment looks one step ahead
 */
record ScaleByAdam(
    Hyperparameter b1,
    Hyperparameter b2,
    Hyperparameter eps,
    Hyperparameter epsRoot,
    boolean nesterov)
    implements Leafwise<Moments> {

  @Override
  public Moments init(String name, Tensor param) {
    return Moments.zero(param);
  }

  @Override
  public LeafUpdate<Moments> update(Leaf leaf, Moments before) {
    AdamStep step = AdamStep.of(this, leaf, before.count());
    return step.isFusible(leaf, before) ? step.fused(leaf, before) : step.composed(leaf, before);
  }

  @Override
  public String toString() {
    return Printed.components(this);
  }
}
