package dini.functional.optim;

/**
 * Adam with Nesterov's momentum whose rate grows (Dozat 2016, algorithm 2), as torch has it: {@code
 * x - lr (wg g + wm m') / (sqrt(nuHat) + eps)} with running averages m of gradients and nu of their
 * squares, the latter bias corrected, and
 *
 * <pre>
 * mu_t = b1 (1 - 0.96^(t momentumDecay) / 2)
 * wg = (1 - mu_t) / (1 - mu_1 ... mu_t)
 * wm = mu_(t+1) / (1 - mu_1 ... mu_(t+1))
 * </pre>
 *
 * <p>Optax's, of a constant rate, is {@link AdamRule#withNesterov}.
 *
 * @param descent learning rate, decay and direction
 * @param b1 the rate of the average of gradients, and what the rate of momentum grows to
 * @param b2 the rate of the average of squares
 * @param eps what is added to the root
 * @param momentumDecay how fast the rate of momentum grows from about half of b1
 */
public record NAdamRule(
    Descent descent,
    Hyperparameter b1,
    Hyperparameter b2,
    Hyperparameter eps,
    Hyperparameter momentumDecay)
    implements Rule<NAdamRule> {

  /**
   * Checks what is constant.
   *
   * @throws IllegalArgumentException if a rate is not in [0, 1), or another number is negative
   */
  public NAdamRule {
    Ranges.requireRate("nadam: b1", b1);
    Ranges.requireRate("nadam: b2", b2);
    Ranges.requireNotNegative("nadam: eps", eps);
    Ranges.requireNotNegative("nadam: momentumDecay", momentumDecay);
  }

  @Override
  public NAdamRule with(Descent descent) {
    return new NAdamRule(descent, b1, b2, eps, momentumDecay);
  }

  /**
   * The same rule with another b1.
   *
   * @param b1 the rate of the average of gradients
   * @return the rule
   */
  public NAdamRule withB1(Hyperparameter b1) {
    return new NAdamRule(descent, b1, b2, eps, momentumDecay);
  }

  /**
   * The same rule with another b2.
   *
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public NAdamRule withB2(Hyperparameter b2) {
    return new NAdamRule(descent, b1, b2, eps, momentumDecay);
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what is added to the root
   * @return the rule
   */
  public NAdamRule withEps(double eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what is added to the root
   * @return the rule
   */
  public NAdamRule withEps(Hyperparameter eps) {
    return new NAdamRule(descent, b1, b2, eps, momentumDecay);
  }

  /**
   * The same rule with another momentumDecay.
   *
   * @param momentumDecay how fast the rate of momentum grows from about half of b1
   * @return the rule
   */
  public NAdamRule withMomentumDecay(double momentumDecay) {
    return withMomentumDecay(Hyperparameter.of(momentumDecay));
  }

  /**
   * The same rule with another momentumDecay.
   *
   * @param momentumDecay how fast the rate of momentum grows from about half of b1
   * @return the rule
   */
  public NAdamRule withMomentumDecay(Hyperparameter momentumDecay) {
    return new NAdamRule(descent, b1, b2, eps, momentumDecay);
  }

  /**
   * The same rule with other rates.
   *
   * @param b1 the rate of the average of gradients
   * @param b2 the rate of the average of squares
   * @return the rule
   */
  public NAdamRule withBetas(double b1, double b2) {
    return withB1(Hyperparameter.of(b1)).withB2(Hyperparameter.of(b2));
  }

  /**
   * What this does to gradients before the learning rate.
   *
   * @return the transformation
   */
  public Optimizer<LeafStates<NesterovMoments>> scaler() {
    return Transformations.leafwise(new ScaleByNAdam(b1, b2, eps, momentumDecay));
  }

  @Override
  public Optimizer<ChainState> chain() {
    return descent.around(scaler());
  }
}
