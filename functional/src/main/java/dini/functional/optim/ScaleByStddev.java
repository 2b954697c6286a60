package dini.functional.optim;

import static dini.core.Comparisons.where;

import dini.core.Tensor;
import dini.core.Tensors;

/**
 * Divides by the running standard deviation: {@code v = nu - mu^2}, with mu and nu the running
 * averages of the gradient and its square.
 *
 * <p>The difference is kept up to date itself, {@code v' = a (v + (1 - a) (g - mu)^2)}, which is
 * the same in exact arithmetic: it is never negative and has all its digits where gradients hardly
 * change, where {@code nu - mu^2} is what rounding left, and NaN under the root if that is below 0.
 * So does the bias corrected one, {@code nu / w - (mu / w)^2} with {@code w = 1 - a^t}: there v is
 * {@code nu - mu^2 / w} (West 1979).
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
    Tensor fresh = rate.rest().mul(spread(leaf, rate, before));
    Tensor variance = rate.rate().mul(before.variance().add(fresh));
    Tensor mu = rate.average(before.mu(), gradient);
    Tensor square = biasCorrection ? variance.div(leaf.rounded(rate.weight())) : variance;
    Tensor epsilon = leaf.value(eps, count);
    Tensor update =
        epsInRoot
            ? Numerics.underRoot(gradient, square, eps, epsilon)
            : Numerics.overRoot(gradient, square, eps, epsilon);
    return new LeafUpdate<>(update, new CenteredMoments(count.add(1), mu, variance));
  }

  /** The square of the distance of the gradient from the mean before it, with its weight. */
  private Tensor spread(Leaf leaf, Decay rate, CenteredMoments before) {
    if (!biasCorrection) {
      Tensor away = leaf.gradient().sub(before.mu());
      return away.mul(away);
    }
    Tensor last = rate.lastWeight(before.count());
    Tensor away = leaf.gradient().mul(leaf.rounded(last)).sub(before.mu());
    // at the first step there is no mean, and away is 0
    Tensor divisor = rate.weight().mul(where(last.eq(0), 1, last));
    return away.mul(away).div(leaf.rounded(divisor));
  }

  @Override
  public String toString() {
    return Printed.components(this);
  }
}
