package dini.functional.optim;

/**
 * AMSGrad (Reddi, Kale and Kumar 2018), as torch has it: Adam that divides by the largest average
 * of squares so far, {@code x - lr muHat / (sqrt(max nu / (1 - b2^t)) + eps)}.
 *
 * <p>Optax's takes the maximum of the corrected averages {@code nu / (1 - b2^t)} instead.
 *
 * @param descent learning rate, decay and direction
 * @param b1 the rate of the average of gradients
 * @param b2 the rate of the average of squares
 * @param eps what is added to the root
 */
public record AmsgradRule(Descent descent, Hyperparameter b1, Hyperparameter b2, Hyperparameter eps)
    implements Rule<AmsgradRule> {

  /**
   * Checks what is constant.
   *
   * @throws IllegalArgumentException if a rate is not in [0, 1), or another number is negative
   */
  public AmsgradRule {
    Ranges.requireRate("amsgrad: b1", b1);
    Ranges.requireRate("amsgrad: b2", b2);
    Ranges.requireNotNegative("amsgrad: eps", eps);
  }

  @Override
  public AmsgradRule with(Descent descent) {
    return new AmsgradRule(descent, b1, b2, eps);
  }

  /**
   * The same rule with another b1.
   *
   * @param b1 the rate of the average of gradients
   * @return the rule
   */
  public AmsgradRule withB1(Hyperparameter b1) {
    return new AmsgradRule(descent, b1, b2, eps);
  }

  /**
   * The same rule with another b2.
   *
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public AmsgradRule withB2(Hyperparameter b2) {
    return new AmsgradRule(descent, b1, b2, eps);
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what is added to the root
   * @return the rule
   */
  public AmsgradRule withEps(double eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what is added to the root
   * @return the rule
   */
  public AmsgradRule withEps(Hyperparameter eps) {
    return new AmsgradRule(descent, b1, b2, eps);
  }

  /**
   * The same rule with other rates.
   *
   * @param b1 the rate of the average of gradients
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public AmsgradRule withBetas(double b1, double b2) {
    return withB1(Hyperparameter.of(b1)).withB2(Hyperparameter.of(b2));
  }

  /**
   * What this does to gradients before the learning rate.
   *
   * @return the transformation
   */
  public Optimizer<LeafStates<LargestMoments>> scaler() {
    return Transformations.leafwise(new ScaleByAmsgrad(b1, b2, eps));
  }

  @Override
  public Optimizer<ChainState> chain() {
    return descent.around(scaler());
  }
}
