package dini.functional.optim;

import dini.core.Tensor;

/**
 * Adam (Kingma and Ba 2015): {@code x - lr muHat / (sqrt(nuHat + epsRoot) + eps)} with running
 * averages mu of gradients and nu of their squares, hats for the bias corrected. With decoupled
 * decay it is AdamW (Loshchilov and Hutter 2019): {@code weightDecay x} is added behind the
 * quotient, not to the gradient.
 *
 * <p>The derivative is exact in FLOAT64 and finite at a zero gradient, where it is that of {@code
 * muHat / eps}, also with {@code epsRoot = 0}.
 *
 * @param descent learning rate, decay and direction
 * @param b1 the rate of the average of gradients
 * @param b2 the rate of the average of squares
 * @param eps what is added to the root
 * @param epsRoot what is added under the root
 * @param nesterov whether mu looks one step ahead (Dozat 2016)
 * @param decoupled whether the decay is added after the quotient
 */
public record AdamRule(
    Descent descent,
    Hyperparameter b1,
    Hyperparameter b2,
    Hyperparameter eps,
    Hyperparameter epsRoot,
    boolean nesterov,
    boolean decoupled)
    implements Rule<AdamRule> {

  /**
   * Checks what is known.
   *
   * @throws IllegalArgumentException if a rate is not in [0, 1), or another number is negative
   */
  public AdamRule {
    Ranges.requireRate("adam: b1", b1);
    Ranges.requireRate("adam: b2", b2);
    Ranges.requireNotNegative("adam: eps", eps);
    Ranges.requireNotNegative("adam: epsRoot", epsRoot);
  }

  @Override
  public AdamRule with(Descent descent) {
    return new AdamRule(descent, b1, b2, eps, epsRoot, nesterov, decoupled);
  }

  /**
   * The same rule with another b1.
   *
   * @param b1 the rate of the average of gradients
   * @return the rule
   */
  public AdamRule withB1(double b1) {
    return withB1(Hyperparameter.of(b1));
  }

  /**
   * The same rule with another b1 that has a derivative.
   *
   * @param b1 the rate of the average of gradients
   * @return the rule
   */
  public AdamRule withB1(Tensor b1) {
    return withB1(Hyperparameter.of(b1));
  }

  /**
   * The same rule with another b1.
   *
   * @param b1 the rate of the average of gradients
   * @return the rule
   */
  public AdamRule withB1(Hyperparameter b1) {
    return new AdamRule(descent, b1, b2, eps, epsRoot, nesterov, decoupled);
  }

  /**
   * The same rule with another b2.
   *
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public AdamRule withB2(double b2) {
    return withB2(Hyperparameter.of(b2));
  }

  /**
   * The same rule with another b2 that has a derivative.
   *
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public AdamRule withB2(Tensor b2) {
    return withB2(Hyperparameter.of(b2));
  }

  /**
   * The same rule with another b2.
   *
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public AdamRule withB2(Hyperparameter b2) {
    return new AdamRule(descent, b1, b2, eps, epsRoot, nesterov, decoupled);
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what is added to the root
   * @return the rule
   */
  public AdamRule withEps(double eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps that has a derivative.
   *
   * @param eps what is added to the root
   * @return the rule
   */
  public AdamRule withEps(Tensor eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what is added to the root
   * @return the rule
   */
  public AdamRule withEps(Hyperparameter eps) {
    return new AdamRule(descent, b1, b2, eps, epsRoot, nesterov, decoupled);
  }

  /**
   * The same rule with another epsRoot.
   *
   * @param epsRoot what is added under the root
   * @return the rule
   */
  public AdamRule withEpsRoot(double epsRoot) {
    return withEpsRoot(Hyperparameter.of(epsRoot));
  }

  /**
   * The same rule with another epsRoot that has a derivative.
   *
   * @param epsRoot what is added under the root
   * @return the rule
   */
  public AdamRule withEpsRoot(Tensor epsRoot) {
    return withEpsRoot(Hyperparameter.of(epsRoot));
  }

  /**
   * The same rule with another epsRoot.
   *
   * @param epsRoot what is added under the root
   * @return the rule
   */
  public AdamRule withEpsRoot(Hyperparameter epsRoot) {
    return new AdamRule(descent, b1, b2, eps, epsRoot, nesterov, decoupled);
  }

  /**
   * The same rule with another nesterov.
   *
   * @param nesterov whether mu looks one step ahead (Dozat 2016)
   * @return the rule
   */
  public AdamRule withNesterov(boolean nesterov) {
    return new AdamRule(descent, b1, b2, eps, epsRoot, nesterov, decoupled);
  }

  /**
   * The same rule with another decoupled.
   *
   * @param decoupled whether the decay is added after the quotient
   * @return the rule
   */
  public AdamRule withDecoupled(boolean decoupled) {
    return new AdamRule(descent, b1, b2, eps, epsRoot, nesterov, decoupled);
  }

  /**
   * The same rule with other rates.
   *
   * @param b1 the rate of the average of gradients
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public AdamRule withBetas(double b1, double b2) {
    return withB1(Hyperparameter.of(b1)).withB2(Hyperparameter.of(b2));
  }

  /**
   * The same rule with rates that have derivatives.
   *
   * @param b1 the rate of the average of gradients
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public AdamRule withBetas(Tensor b1, Tensor b2) {
    return withB1(Hyperparameter.of(b1)).withB2(Hyperparameter.of(b2));
  }

  /**
   * What this does to gradients before decoupled decay and learning rate.
   *
   * @return the transformation
   */
  public Optimizer<LeafStates<Moments>> scaler() {
    return Transformations.leafwise(new ScaleByAdam(b1, b2, eps, epsRoot, nesterov));
  }

  @Override
  public Optimizer<ChainState> chain() {
    return decoupled ? descent.decoupled(scaler()) : descent.around(scaler());
  }

  /** The hyperparameters, the same text in every run. */
  @Override
  public String toString() {
    return Printed.components(this);
  }
}
