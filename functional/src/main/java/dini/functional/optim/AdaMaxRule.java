package dini.functional.optim;

import dini.core.Tensor;

/**
 * AdaMax (Kingma and Ba 2015, section 7.1): {@code x - lr muHat / nu} with a running average mu of
 * gradients, bias corrected, and {@code nu' = max(b2 nu, |g| + eps)}.
 *
 * @param descent learning rate, decay and direction
 * @param b1 the rate of the average of gradients
 * @param b2 the rate at which the maximum fades
 * @param eps what is added to the size of the gradient
 */
public record AdaMaxRule(Descent descent, Hyperparameter b1, Hyperparameter b2, Hyperparameter eps)
    implements Rule<AdaMaxRule> {

  /**
   * Checks what is known.
   *
   * @throws IllegalArgumentException if a rate is not in [0, 1), or another number is negative
   */
  public AdaMaxRule {
    Ranges.requireRate("adaMax: b1", b1);
    Ranges.requireRate("adaMax: b2", b2);
    Ranges.requireNotNegative("adaMax: eps", eps);
  }

  @Override
  public AdaMaxRule with(Descent descent) {
    return new AdaMaxRule(descent, b1, b2, eps);
  }

  /**
   * The same rule with another b1.
   *
   * @param b1 the rate of the average of gradients
   * @return the rule
   */
  public AdaMaxRule withB1(double b1) {
    return withB1(Hyperparameter.of(b1));
  }

  /**
   * The same rule with another b1 that has a derivative.
   *
   * @param b1 the rate of the average of gradients
   * @return the rule
   */
  public AdaMaxRule withB1(Tensor b1) {
    return withB1(Hyperparameter.of(b1));
  }

  /**
   * The same rule with another b1.
   *
   * @param b1 the rate of the average of gradients
   * @return the rule
   */
  public AdaMaxRule withB1(Hyperparameter b1) {
    return new AdaMaxRule(descent, b1, b2, eps);
  }

  /**
   * The same rule with another b2.
   *
   * @param b2 the rate at which the maximum fades
   * @return the rule
   */
  public AdaMaxRule withB2(double b2) {
    return withB2(Hyperparameter.of(b2));
  }

  /**
   * The same rule with another b2 that has a derivative.
   *
   * @param b2 the rate at which the maximum fades
   * @return the rule
   */
  public AdaMaxRule withB2(Tensor b2) {
    return withB2(Hyperparameter.of(b2));
  }

  /**
   * The same rule with another b2.
   *
   * @param b2 the rate at which the maximum fades
   * @return the rule
   */
  public AdaMaxRule withB2(Hyperparameter b2) {
    return new AdaMaxRule(descent, b1, b2, eps);
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what is added to the size of the gradient
   * @return the rule
   */
  public AdaMaxRule withEps(double eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps that has a derivative.
   *
   * @param eps what is added to the size of the gradient
   * @return the rule
   */
  public AdaMaxRule withEps(Tensor eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what is added to the size of the gradient
   * @return the rule
   */
  public AdaMaxRule withEps(Hyperparameter eps) {
    return new AdaMaxRule(descent, b1, b2, eps);
  }

  /**
   * The same rule with other rates.
   *
   * @param b1 the rate of the average of gradients
   * @param b2 the rate at which the maximum fades
   * @return the rule
   */
  public AdaMaxRule withBetas(double b1, double b2) {
    return withB1(Hyperparameter.of(b1)).withB2(Hyperparameter.of(b2));
  }

  /**
   * The same rule with rates that have derivatives.
   *
   * @param b1 the rate of the average of gradients
   * @param b2 the rate at which the maximum fades
   * @return the rule
   */
  public AdaMaxRule withBetas(Tensor b1, Tensor b2) {
    return withB1(Hyperparameter.of(b1)).withB2(Hyperparameter.of(b2));
  }

  /**
   * What this does to gradients before the learning rate.
   *
   * @return the transformation
   */
  public Optimizer<LeafStates<Moments>> scaler() {
    return Transformations.leafwise(new ScaleByAdaMax(b1, b2, eps));
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
