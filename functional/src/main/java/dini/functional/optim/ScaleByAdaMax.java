package dini.functional.optim;

import dini.core.Elementwise;
import dini.core.Tensor;

/**
 * AdaMax without its learning rate (Kingma and Ba 2015, algorithm 2): {@code nu' = max(b2 nu, |g| +
 * eps)}, {@code update = mu' / nu' / (1 - b1^t)}.
 */
record ScaleByAdaMax(Hyperparameter b1, Hyperparameter b2, Hyperparameter eps)
    implements Leafwise<Moments> {

  @Override
  public Moments init(String name, Tensor param) {
    return Moments.zero(param);
  }

  @Override
  public LeafUpdate<Moments> update(Leaf leaf, Moments before) {
    Tensor count = before.count();
    Decay first = Decay.of(b1, leaf, count);
    Tensor mu = first.average(before.mu(), leaf.gradient());
    Tensor size = Elementwise.abs(leaf.gradient()).add(leaf.value(eps, count));
    Tensor nu = leaf.value(b2, count).mul(before.nu()).maximum(size);
    Tensor ratio = Numerics.isPositive(eps) ? mu.div(nu) : Numerics.quotient(mu, nu);
    Tensor update = ratio.div(leaf.rounded(first.weight()));
    return new LeafUpdate<>(update, new Moments(count.add(1), mu, nu));
  }

  @Override
  public String toString() {
    return Printed.components(this);
  }
}
