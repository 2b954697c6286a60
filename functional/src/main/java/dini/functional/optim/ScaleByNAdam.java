package dini.functional.optim;

import static dini.core.Elementwise.pow;
import static dini.core.Elementwise.sub;

import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;

/** NAdam without its learning rate; see {@link NAdamRule}. */
record ScaleByNAdam(
    Hyperparameter b1, Hyperparameter b2, Hyperparameter eps, Hyperparameter momentumDecay)
    implements Leafwise<NesterovMoments> {
  private static final Tensor BASE = Tensors.scalar(0.96);

  @Override
  public NesterovMoments init(String name, Tensor param) {
    Moments zero = Moments.zero(param);
    // of the shape that every later product has: a rate may be one for each element
    Tensor rate = momentum(new Leaf(name, param, param), zero.count(), 1);
    return new NesterovMoments(zero.count(), zero.mu(), zero.nu(), Tensors.onesLike(rate));
  }

  @Override
  public LeafUpdate<NesterovMoments> update(Leaf leaf, NesterovMoments before) {
    Tensor count = before.count();
    Tensor gradient = leaf.gradient();
    Decay second = Decay.of(b2, leaf, count);
    Tensor mu = Decay.of(b1, leaf, count).average(before.mu(), gradient);
    Tensor nu = second.average(before.nu(), gradient.mul(gradient));
    Tensor rate = momentum(leaf, count, 1);
    Tensor next = momentum(leaf, count, 2);
    Tensor product = before.product().mul(rate);
    Tensor ofGradient = sub(1, rate).div(sub(1, product));
    Tensor ofAverage = next.div(sub(1, product.mul(next)));
    Tensor ahead = gradient.mul(leaf.rounded(ofGradient)).add(mu.mul(leaf.rounded(ofAverage)));
    Tensor square = nu.div(leaf.rounded(second.weight()));
    Tensor update = Numerics.overRoot(ahead, square, eps, leaf.value(eps, count));
    return new LeafUpdate<>(update, new NesterovMoments(count.add(1), mu, nu, product));
  }

  /** The rate of momentum some steps after a count: {@code b1 (1 - 0.96^(t decay) / 2)}. */
  private Tensor momentum(Leaf leaf, Tensor count, int later) {
    Tensor step = Shapes.astype(count, DType.FLOAT64).add(later);
    Tensor fading = pow(BASE, step.mul(leaf.exact(momentumDecay, count)));
    return leaf.exact(b1, count).mul(sub(1, fading.mul(0.5)));
  }
}
