package dini.functional.optim;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.functional.primitive.FusedAdam;

/**
 * One step of Adam on one leaf (Kingma and Ba 2015, algorithm 1), composed of operations, which
 * defines it, or in one pass over memory where the hyperparameters are scalars.
 *
 * <pre>
 * mu' = b1 mu + (1 - b1) g            muHat = mu' / (1 - b1^t)
 * nu' = b2 nu + (1 - b2) g^2          nuHat = nu' / (1 - b2^t)
 * update = muHat / (sqrt(nuHat + epsRoot) + eps)
 * </pre>
 *
 * <p>Where {@code nuHat + epsRoot} is 0, all gradients were 0: there the derivative of the root
 * does not count, so that the update's is that of {@code muHat / eps}, the limit.
 *
 * @param rule the hyperparameters
 * @param b1 the rate of the first moment
 * @param b2 the rate of the second moment
 */
record AdamStep(ScaleByAdam rule, Decay b1, Decay b2) {

  static AdamStep of(ScaleByAdam rule, Leaf leaf, Tensor count) {
    return new AdamStep(rule, Decay.of(rule.b1(), leaf, count), Decay.of(rule.b2(), leaf, count));
  }

  /** Whether the fused step computes the same: where eps may be 0 it would divide 0 by 0. */
  boolean isFusible(Leaf leaf, Moments before) {
    TensorType type = leaf.gradient().type();
    return !rule.nesterov()
        && Numerics.isPositive(rule.eps())
        && b1.rate().rank() == 0
        && b2.rate().rank() == 0
        && before.count().rank() == 0
        && leaf.value(rule.epsRoot(), before.count()).rank() == 0
        && before.mu().type().equals(type)
        && before.nu().type().equals(type);
  }

  LeafUpdate<Moments> fused(Leaf leaf, Moments before) {
    Tensor count = before.count();
    FusedAdam.Constants constants =
        new FusedAdam.Constants(
            b1.rate(),
            b2.rate(),
            leaf.value(rule.eps(), count),
            leaf.value(rule.epsRoot(), count),
            leaf.rounded(b1.weight()),
            leaf.rounded(b2.weight()));
    FusedAdam.Step step = FusedAdam.update(leaf.gradient(), before.mu(), before.nu(), constants);
    return new LeafUpdate<>(step.direction(), new Moments(count.add(1), step.mu(), step.nu()));
  }

  LeafUpdate<Moments> composed(Leaf leaf, Moments before) {
    Tensor count = before.count();
    Tensor gradient = leaf.gradient();
    Tensor mu = b1.average(before.mu(), gradient);
    Tensor nu = b2.average(before.nu(), gradient.mul(gradient));
    Tensor square = nu.div(leaf.rounded(b2.weight()));
    if (!Numerics.isConstant(rule.epsRoot(), 0)) {
      square = square.add(leaf.value(rule.epsRoot(), count));
    }
    Tensor muHat = muHat(leaf, mu, b1, rule.nesterov());
    Tensor update = Numerics.overRoot(muHat, square, rule.eps(), leaf.value(rule.eps(), count));
    return new LeafUpdate<>(update, new Moments(count.add(1), mu, nu));
  }

  /** The first moment without bias; for Nesterov's momentum one step ahead (Dozat 2016). */
  static Tensor muHat(Leaf leaf, Tensor mu, Decay b1, boolean nesterov) {
    Tensor weight = leaf.rounded(b1.weight());
    return nesterov
        ? b1.average(mu.div(leaf.rounded(b1.nextWeight())), leaf.gradient().div(weight))
        : mu.div(weight);
  }
}
