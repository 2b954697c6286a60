package dini.functional.optim;

import dini.core.Tensor;

/**
 * Rectified Adam (Liu et al. 2020): Adam's update times a factor that grows with the length of the
 * average of squares; while that is too short for its variance to exist, {@code x - lr muHat}.
 *
 * @param descent learning rate, decay and direction
 * @param b1 the rate of the average of gradients
 * @param b2 the rate of the average of squares
 * @param eps what is added to the root
 * @param epsRoot what is added under the root
 * @param threshold the length beyond which the update is rectified; where it is below 4, 4 counts
 * @param epsAfterCorrection whether eps joins the root after its bias is corrected; then a length
 *     of exactly the threshold suffices
 * @param nesterov whether mu looks one step ahead
 */
public record RAdamRule(
    Descent descent,
    Hyperparameter b1,
    Hyperparameter b2,
    Hyperparameter eps,
    Hyperparameter epsRoot,
    double threshold,
    boolean epsAfterCorrection,
    boolean nesterov)
    implements Rule<RAdamRule> {

  /**
   * Checks what is known.
   *
   * @throws IllegalArgumentException if a rate is not in [0, 1), or another number is negative
   */
  public RAdamRule {
    Ranges.requireRate("rAdam: b1", b1);
    Ranges.requireRate("rAdam: b2", b2);
    Ranges.requireNotNegative("rAdam: eps", eps);
    Ranges.requireNotNegative("rAdam: epsRoot", epsRoot);
  }

  @Override
  public RAdamRule with(Descent descent) {
    return new RAdamRule(descent, b1, b2, eps, epsRoot, threshold, epsAfterCorrection, nesterov);
  }

  /**
   * The same rule with another b1.
   *
   * @param b1 the rate of the average of gradients
   * @return the rule
   */
  public RAdamRule withB1(double b1) {
    return withB1(Hyperparameter.of(b1));
  }

  /**
   * The same rule with another b1 that has a derivative.
   *
   * @param b1 the rate of the average of gradients
   * @return the rule
   */
  public RAdamRule withB1(Tensor b1) {
    return withB1(Hyperparameter.of(b1));
  }

  /**
   * The same rule with another b1.
   *
   * @param b1 the rate of the average of gradients
   * @return the rule
   */
  public RAdamRule withB1(Hyperparameter b1) {
    return new RAdamRule(descent, b1, b2, eps, epsRoot, threshold, epsAfterCorrection, nesterov);
  }

  /**
   * The same rule with another b2.
   *
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public RAdamRule withB2(double b2) {
    return withB2(Hyperparameter.of(b2));
  }

  /**
   * The same rule with another b2 that has a derivative.
   *
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public RAdamRule withB2(Tensor b2) {
    return withB2(Hyperparameter.of(b2));
  }

  /**
   * The same rule with another b2.
   *
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public RAdamRule withB2(Hyperparameter b2) {
    return new RAdamRule(descent, b1, b2, eps, epsRoot, threshold, epsAfterCorrection, nesterov);
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what is added to the root
   * @return the rule
   */
  public RAdamRule withEps(double eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps that has a derivative.
   *
   * @param eps what is added to the root
   * @return the rule
   */
  public RAdamRule withEps(Tensor eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what is added to the root
   * @return the rule
   */
  public RAdamRule withEps(Hyperparameter eps) {
    return new RAdamRule(descent, b1, b2, eps, epsRoot, threshold, epsAfterCorrection, nesterov);
  }

  /**
   * The same rule with another epsRoot.
   *
   * @param epsRoot what is added under the root
   * @return the rule
   */
  public RAdamRule withEpsRoot(double epsRoot) {
    return withEpsRoot(Hyperparameter.of(epsRoot));
  }

  /**
   * The same rule with another epsRoot that has a derivative.
   *
   * @param epsRoot what is added under the root
   * @return the rule
   */
  public RAdamRule withEpsRoot(Tensor epsRoot) {
    return withEpsRoot(Hyperparameter.of(epsRoot));
  }

  /**
   * The same rule with another epsRoot.
   *
   * @param epsRoot what is added under the root
   * @return the rule
   */
  public RAdamRule withEpsRoot(Hyperparameter epsRoot) {
    return new RAdamRule(descent, b1, b2, eps, epsRoot, threshold, epsAfterCorrection, nesterov);
  }

  /**
   * The same rule with another threshold.
   *
   * @param threshold the length beyond which the update is rectified; where it is below 4, 4 counts
   * @return the rule
   */
  public RAdamRule withThreshold(double threshold) {
    return new RAdamRule(descent, b1, b2, eps, epsRoot, threshold, epsAfterCorrection, nesterov);
  }

  /**
   * The same rule with another epsAfterCorrection.
   *
   * @param epsAfterCorrection whether eps joins the root after its bias is corrected; then a length
   *     of exactly the threshold suffices
   * @return the rule
   */
  public RAdamRule withEpsAfterCorrection(boolean epsAfterCorrection) {
    return new RAdamRule(descent, b1, b2, eps, epsRoot, threshold, epsAfterCorrection, nesterov);
  }

  /**
   * The same rule with another nesterov.
   *
   * @param nesterov whether mu looks one step ahead
   * @return the rule
   */
  public RAdamRule withNesterov(boolean nesterov) {
    return new RAdamRule(descent, b1, b2, eps, epsRoot, threshold, epsAfterCorrection, nesterov);
  }

  /**
   * The same rule with other rates.
   *
   * @param b1 the rate of the average of gradients
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public RAdamRule withBetas(double b1, double b2) {
    return withB1(Hyperparameter.of(b1)).withB2(Hyperparameter.of(b2));
  }

  /**
   * The same rule with rates that have derivatives.
   *
   * @param b1 the rate of the average of gradients
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public RAdamRule withBetas(Tensor b1, Tensor b2) {
    return withB1(Hyperparameter.of(b1)).withB2(Hyperparameter.of(b2));
  }

  /**
   * What this does to gradients before the learning rate.
   *
   * @return the transformation
   */
  public Optimizer<LeafStates<Moments>> scaler() {
    return Transformations.leafwise(
        new ScaleByRAdam(b1, b2, eps, epsRoot, threshold, epsAfterCorrection, nesterov));
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
