package dini.functional.optim;

import dini.core.Tensor;
import dini.core.Tensors;

/**
 * Divides by the running standard deviation {@code sqrt(nu - mu^2)}, with mu and nu the running
 * averages of the gradient and its square.
 *
 * <p>The difference is kept up to date itself, {@code v' = a v + a (1 - a) (g - mu)^2}, which is
 * the same in exact arithmetic: it is never negative and has all its digits where gradients hardly
 * change, where {@code nu - mu^2} is what rounding left, and NaN under the root if that is below 0.
 *
 * @param epsInRoot whether the divisor is {@code sqrt(v + eps)}, else it is {@code sqrt(v) + eps}
 * @param biasCorrection whether mu and nu are divided by {@code 1 - a^t}
 */
record ScaleByStddev(
    Hyperparameter decay,
    Hyperparameter eps,
    Hyperparameter initialScale,
    boolean epsInRoot,
    boolean biasCorrection)
    implements Leafwise<CenteredMoments> {

  @Override
  public CenteredMoments init(String name, Tensor param) {
    Tensor variance = ScaleByRms.filled(initialScale, name, param);
    return new CenteredMoments(StepCount.ZERO, Tensors.zerosLike(param), variance);
  }

  @Override
  public LeafUpdate<CenteredMoments> update(Leaf leaf, CenteredMoments before) {
    Tensor count = before.count();
    Decay rate = Decay.of(decay, leaf, count);
    Tensor gradient = leaf.gradient();
    Tensor away = gradient.sub(before.mu());
    Tensor fresh = rate.rest().mul(away.mul(away));
    Tensor variance = rate.rate().mul(before.variance().add(fresh));
    Tensor mu = rate.average(before.mu(), gradient);
    Tensor square = biasCorrection ? unbiased(leaf, rate, mu, variance) : variance;
    Tensor epsilon = leaf.value(eps, count);
    Tensor update =
        epsInRoot
            ? Numerics.underRoot(gradient, square, eps, epsilon)
            : Numerics.overRoot(gradient, square, eps, epsilon);
    return new LeafUpdate<>(update, new CenteredMoments(count.add(1), mu, variance));
  }

  /** {@code nu / w - (mu / w)^2} with {@code w = 1 - a^t}, which is 0 at the first step. */
  private static Tensor unbiased(Leaf leaf, Decay rate, Tensor mu, Tensor variance) {
    Tensor weight = leaf.rounded(rate.weight());
    Tensor mean = mu.div(weight);
    Tensor excess = leaf.rounded(rate.power()).mul(mean.mul(mean));
    return variance.div(weight).sub(excess).maximum(0);
  }
}
