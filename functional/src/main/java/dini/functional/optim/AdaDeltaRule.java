package dini.functional.optim;

import dini.core.Tensor;

/**
 * AdaDelta (Zeiler 2012): {@code x - lr g sqrt((nu + eps) / (mu + eps))} with running averages mu
 * of squared gradients and nu of squared updates.
 *
 * @param descent learning rate, decay and direction
 * @param rho the rate of both averages
 * @param eps what is added under the root
 */
public record AdaDeltaRule(Descent descent, Hyperparameter rho, Hyperparameter eps)
    implements Rule<AdaDeltaRule> {

  /**
   * Checks what is known.
   *
   * @throws IllegalArgumentException if a rate is not in [0, 1), or another number is negative
   */
  public AdaDeltaRule {
    Ranges.requireRate("adaDelta: rho", rho);
    Ranges.requireNotNegative("adaDelta: eps", eps);
  }

  @Override
  public AdaDeltaRule with(Descent descent) {
    return new AdaDeltaRule(descent, rho, eps);
  }

  /**
   * The same rule with another rho.
   *
   * @param rho the rate of both averages
   * @return the rule
   */
  public AdaDeltaRule withRho(double rho) {
    return withRho(Hyperparameter.of(rho));
  }

  /**
   * The same rule with another rho that has a derivative.
   *
   * @param rho the rate of both averages
   * @return the rule
   */
  public AdaDeltaRule withRho(Tensor rho) {
    return withRho(Hyperparameter.of(rho));
  }

  /**
   * The same rule with another rho.
   *
   * @param rho the rate of both averages
   * @return the rule
   */
  public AdaDeltaRule withRho(Hyperparameter rho) {
    return new AdaDeltaRule(descent, rho, eps);
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what is added under the root
   * @return the rule
   */
  public AdaDeltaRule withEps(double eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps that has a derivative.
   *
   * @param eps what is added under the root
   * @return the rule
   */
  public AdaDeltaRule withEps(Tensor eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what is added under the root
   * @return the rule
   */
  public AdaDeltaRule withEps(Hyperparameter eps) {
    return new AdaDeltaRule(descent, rho, eps);
  }

  /**
   * What this does to gradients before the learning rate.
   *
   * @return the transformation
   */
  public Optimizer<LeafStates<Moments>> scaler() {
    return Transformations.leafwise(new ScaleByAdaDelta(rho, eps));
  }

  @Override
  public Optimizer<ChainState> chain() {
    return descent.around(scaler());
  }

  /** The hyperparameters, the same text in every run. */
  @Override
  public String toString() {
    return Printed.components(this);
  }
}
