package dini.functional.optim;

import dini.core.Elementwise;
import dini.core.Tensor;

/**
 * Divides by the root of the average square of gradients and multiplies by that of updates (Zeiler
 * 2012, algorithm 1): {@code mu' = r mu + (1 - r) g^2}, {@code update = g sqrt((nu + eps) / (mu' +
 * eps))}, {@code nu' = r nu + (1 - r) update^2}.
 */
record ScaleByAdaDelta(Hyperparameter rho, Hyperparameter eps) implements Leafwise<Moments> {

  @Override
  public Moments init(String name, Tensor param) {
    return Moments.zero(param);
  }

  @Override
  public LeafUpdate<Moments> update(Leaf leaf, Moments before) {
    Tensor count = before.count();
    Decay rate = Decay.of(rho, leaf, count);
    Tensor gradient = leaf.gradient();
    Tensor mu = rate.average(before.mu(), gradient.mul(gradient));
    Tensor epsilon = leaf.value(eps, count);
    Tensor update = gradient.mul(scale(before.nu().add(epsilon), mu.add(epsilon)));
    Tensor nu = rate.average(before.nu(), update.mul(update));
    return new LeafUpdate<>(update, new Moments(count.add(1), mu, nu));
  }

  private Tensor scale(Tensor updates, Tensor gradients) {
    return Numerics.isPositive(eps)
        ? Elementwise.sqrt(updates.div(gradients))
        : Numerics.root(Numerics.quotient(updates, gradients));
  }

  @Override
  public String toString() {
    return Printed.components(this);
  }
}
