package dini.functional.optim;

import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;

/**
 * AdaGrad (Duchi, Hazan and Singer 2011): {@code x - lr / (1 + t lrDecay) g / (sqrt(s) + eps)} with
 * s the sum of all squares, or {@code sqrt(s + eps)} for the divisor; t counts from 0.
 *
 * @param descent learning rate, decay and direction
 * @param lrDecay how fast the learning rate falls
 * @param initialAccumulator s before the first step
 * @param eps what keeps the divisor from 0
 * @param epsInRoot whether it is added under the root
 */
public record AdaGradRule(
    Descent descent,
    Hyperparameter lrDecay,
    Hyperparameter initialAccumulator,
    Hyperparameter eps,
    boolean epsInRoot)
    implements Rule<AdaGradRule> {

  /**
   * Checks what is known.
   *
   * @throws IllegalArgumentException if a rate is not in [0, 1), or another number is negative
   */
  public AdaGradRule {
    Ranges.requireNotNegative("adaGrad: lrDecay", lrDecay);
    Ranges.requireNotNegative("adaGrad: initialAccumulator", initialAccumulator);
    Ranges.requireNotNegative("adaGrad: eps", eps);
  }

  @Override
  public AdaGradRule with(Descent descent) {
    return new AdaGradRule(descent, lrDecay, initialAccumulator, eps, epsInRoot);
  }

  /**
   * The same rule with another lrDecay.
   *
   * @param lrDecay how fast the learning rate falls
   * @return the rule
   */
  public AdaGradRule withLrDecay(double lrDecay) {
    return withLrDecay(Hyperparameter.of(lrDecay));
  }

  /**
   * The same rule with another lrDecay that has a derivative.
   *
   * @param lrDecay how fast the learning rate falls
   * @return the rule
   */
  public AdaGradRule withLrDecay(Tensor lrDecay) {
    return withLrDecay(Hyperparameter.of(lrDecay));
  }

  /**
   * The same rule with another lrDecay.
   *
   * @param lrDecay how fast the learning rate falls
   * @return the rule
   */
  public AdaGradRule withLrDecay(Hyperparameter lrDecay) {
    return new AdaGradRule(descent, lrDecay, initialAccumulator, eps, epsInRoot);
  }

  /**
   * The same rule with another initialAccumulator.
   *
   * @param initialAccumulator s before the first step
   * @return the rule
   */
  public AdaGradRule withInitialAccumulator(double initialAccumulator) {
    return withInitialAccumulator(Hyperparameter.of(initialAccumulator));
  }

  /**
   * The same rule with another initialAccumulator that has a derivative.
   *
   * @param initialAccumulator s before the first step
   * @return the rule
   */
  public AdaGradRule withInitialAccumulator(Tensor initialAccumulator) {
    return withInitialAccumulator(Hyperparameter.of(initialAccumulator));
  }

  /**
   * The same rule with another initialAccumulator.
   *
   * @param initialAccumulator s before the first step
   * @return the rule
   */
  public AdaGradRule withInitialAccumulator(Hyperparameter initialAccumulator) {
    return new AdaGradRule(descent, lrDecay, initialAccumulator, eps, epsInRoot);
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what keeps the divisor from 0
   * @return the rule
   */
  public AdaGradRule withEps(double eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps that has a derivative.
   *
   * @param eps what keeps the divisor from 0
   * @return the rule
   */
  public AdaGradRule withEps(Tensor eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what keeps the divisor from 0
   * @return the rule
   */
  public AdaGradRule withEps(Hyperparameter eps) {
    return new AdaGradRule(descent, lrDecay, initialAccumulator, eps, epsInRoot);
  }

  /**
   * The same rule with another epsInRoot.
   *
   * @param epsInRoot whether it is added under the root
   * @return the rule
   */
  public AdaGradRule withEpsInRoot(boolean epsInRoot) {
    return new AdaGradRule(descent, lrDecay, initialAccumulator, eps, epsInRoot);
  }

  /**
   * What this does to gradients before the learning rate.
   *
   * @return the transformation
   */
  public Optimizer<LeafStates<Average>> scaler() {
    return Transformations.leafwise(new ScaleByRss(initialAccumulator, eps, epsInRoot));
  }

  @Override
  public Optimizer<ChainState> chain() {
    if (Numerics.isConstant(lrDecay, 0)) {
      return descent.around(scaler());
    }
    Optimizer<?> falling =
        new Counted(
            "divideByCount(" + Printed.of(lrDecay) + ")",
            true,
            (leaf, count) -> {
              Tensor steps = Shapes.astype(count, DType.FLOAT64);
              Tensor divisor = leaf.exact(lrDecay, count).mul(steps).add(1);
              return leaf.gradient().div(leaf.rounded(divisor));
            });
    return descent.around(scaler(), falling);
  }

  /** The hyperparameters, the same text in every run. */
  @Override
  public String toString() {
    return Printed.components(this);
  }
}
