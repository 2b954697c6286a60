package dini.functional.optim;

import static dini.core.Comparisons.where;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.sqrt;
import static dini.core.Elementwise.sub;

import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;

/**
 * Rectified Adam without its learning rate (Liu et al. 2020, algorithm 2): Adam's update times the
 * rectification where the variance of the second moment is tractable, else the first moment alone.
 *
 * @param threshold the length of the average beyond which it is; never below 4, where the
 *     rectification does not exist
 * @param epsAfterCorrection whether eps joins the second moment after its bias is corrected; then a
 *     length of exactly the threshold counts as tractable too
 */
record ScaleByRAdam(
    Hyperparameter b1,
    Hyperparameter b2,
    Hyperparameter eps,
    Hyperparameter epsRoot,
    double threshold,
    boolean epsAfterCorrection,
    boolean nesterov)
    implements Leafwise<Moments> {

  /** Below this length the variance is infinite. */
  private static final double SHORTEST = 4;

  @Override
  public Moments init(String name, Tensor param) {
    return Moments.zero(param);
  }

  @Override
  public LeafUpdate<Moments> update(Leaf leaf, Moments before) {
    Tensor count = before.count();
    Decay first = Decay.of(b1, leaf, count);
    Decay second = Decay.of(b2, leaf, count);
    Tensor gradient = leaf.gradient();
    Tensor mu = first.average(before.mu(), gradient);
    Tensor nu = second.average(before.nu(), gradient.mul(gradient));

    Rectification rectification = rectification(second, count);
    Tensor tractable = rectification.tractable();
    Tensor numerator = rectification.factor();
    Tensor square = nu;
    if (epsAfterCorrection) {
      square = nu.div(leaf.rounded(second.weight()));
    } else {
      numerator = numerator.mul(where(tractable, sqrt(second.weight()), 1));
    }
    square = square.add(leaf.value(epsRoot, count));
    Tensor root = Numerics.root(square).add(leaf.value(eps, count));
    Tensor divisor = where(tractable, root, 1);
    Tensor step = AdamStep.muHat(leaf, mu, first, nesterov).mul(leaf.rounded(numerator));
    Tensor update = Numerics.isPositive(eps) ? step.div(divisor) : Numerics.quotient(step, divisor);
    return new LeafUpdate<>(update, new Moments(count.add(1), mu, nu));
  }

  /** Whether the variance is tractable, and the factor, which is 1 where it is not. */
  private record Rectification(Tensor tractable, Tensor factor) {}

  private Rectification rectification(Decay second, Tensor count) {
    Tensor steps = Shapes.astype(count, DType.FLOAT64).add(1);
    Tensor longest = div(2, sub(1, second.exact())).sub(1);
    Tensor length = longest.sub(steps.mul(2).mul(second.power()).div(second.weight()));
    Tensor tractable =
        epsAfterCorrection && threshold > SHORTEST
            ? length.ge(threshold)
            : length.gt(Math.max(threshold, SHORTEST));
    // lengths at which the factor is finite, so that no derivative of what is not taken is NaN
    Tensor l = where(tractable, length, SHORTEST + 2);
    Tensor m = where(tractable, longest, SHORTEST + 4);
    Tensor ratio = l.sub(4).mul(l.sub(2)).mul(m).div(m.sub(4).mul(m.sub(2)).mul(l));
    return new Rectification(tractable, where(tractable, sqrt(ratio), 1));
  }

  @Override
  public String toString() {
    return Printed.components(this);
  }
}
