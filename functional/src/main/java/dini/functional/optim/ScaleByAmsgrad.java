package dini.functional.optim;

import dini.core.Tensor;

/** AMSGrad without its learning rate; see {@link AmsgradRule}. */
record ScaleByAmsgrad(Hyperparameter b1, Hyperparameter b2, Hyperparameter eps)
    implements Leafwise<LargestMoments> {

  @Override
  public LargestMoments init(String name, Tensor param) {
    Moments zero = Moments.zero(param);
    return new LargestMoments(zero.count(), zero.mu(), zero.nu(), zero.nu());
  }

  @Override
  public LeafUpdate<LargestMoments> update(Leaf leaf, LargestMoments before) {
    Tensor count = before.count();
    Tensor gradient = leaf.gradient();
    Decay first = Decay.of(b1, leaf, count);
    Decay second = Decay.of(b2, leaf, count);
    Tensor mu = first.average(before.mu(), gradient);
    Tensor nu = second.average(before.nu(), gradient.mul(gradient));
    Tensor largest = before.largest().maximum(nu);
    Tensor muHat = AdamStep.muHat(leaf, mu, first, false);
    Tensor square = largest.div(leaf.rounded(second.weight()));
    Tensor update = Numerics.overRoot(muHat, square, eps, leaf.value(eps, count));
    return new LeafUpdate<>(update, new LargestMoments(count.add(1), mu, nu, largest));
  }
}
