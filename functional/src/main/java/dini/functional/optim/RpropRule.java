package dini.functional.optim;

/**
 * Resilient backpropagation (Riedmiller and Braun 1993), as torch has it: each element has a step
 * size of its own, which grows while the sign of its gradient stays and shrinks where it changes.
 *
 * <pre>
 * size' = size grow     where g and the last g have one sign
 * size' = size shrink   where their signs differ; g then counts as 0, here and in the next step
 * size' = size          where one of them is 0
 * x' = x - sign(g) size'   with size' cut to [smallest, largest]
 * </pre>
 *
 * <p>The learning rate is the size of the first step. Only signs of gradients count: the derivative
 * with respect to anything they depend on is 0, that with respect to the hyperparameters is not.
 *
 * @param descent first step size, decay and direction
 * @param shrink the factor where the sign changes
 * @param grow the factor where it stays
 * @param smallest the least step size
 * @param largest the largest step size
 */
public record RpropRule(
    Descent descent,
    Hyperparameter shrink,
    Hyperparameter grow,
    Hyperparameter smallest,
    Hyperparameter largest)
    implements Rule<RpropRule> {

  /**
   * Checks what is constant.
   *
   * @throws IllegalArgumentException if {@code shrink} is not in [0, 1), another number is
   *     negative, or the learning rate a schedule, of which only the first value would count
   */
  public RpropRule {
    Ranges.requireRate("rprop: shrink", shrink);
    Ranges.requireNotNegative("rprop: grow", grow);
    Ranges.requireNotNegative("rprop: smallest", smallest);
    Ranges.requireNotNegative("rprop: largest", largest);
    if (descent.lr().isScheduled()) {
      throw new IllegalArgumentException(
          "rprop: lr is the size of the first step only; expected a number or a tensor, got a"
              + " schedule");
    }
  }

  @Override
  public RpropRule with(Descent descent) {
    return new RpropRule(descent, shrink, grow, smallest, largest);
  }

  /**
   * The same rule with another shrink.
   *
   * @param shrink the factor where the sign changes
   * @return the rule
   */
  public RpropRule withShrink(double shrink) {
    return withShrink(Hyperparameter.of(shrink));
  }

  /**
   * The same rule with another shrink.
   *
   * @param shrink the factor where the sign changes
   * @return the rule
   */
  public RpropRule withShrink(Hyperparameter shrink) {
    return new RpropRule(descent, shrink, grow, smallest, largest);
  }

  /**
   * The same rule with another grow.
   *
   * @param grow the factor where it stays
   * @return the rule
   */
  public RpropRule withGrow(double grow) {
    return withGrow(Hyperparameter.of(grow));
  }

  /**
   * The same rule with another grow.
   *
   * @param grow the factor where it stays
   * @return the rule
   */
  public RpropRule withGrow(Hyperparameter grow) {
    return new RpropRule(descent, shrink, grow, smallest, largest);
  }

  /**
   * The same rule with another smallest.
   *
   * @param smallest the least step size
   * @return the rule
   */
  public RpropRule withSmallest(double smallest) {
    return withSmallest(Hyperparameter.of(smallest));
  }

  /**
   * The same rule with another smallest.
   *
   * @param smallest the least step size
   * @return the rule
   */
  public RpropRule withSmallest(Hyperparameter smallest) {
    return new RpropRule(descent, shrink, grow, smallest, largest);
  }

  /**
   * The same rule with another largest.
   *
   * @param largest the largest step size
   * @return the rule
   */
  public RpropRule withLargest(double largest) {
    return withLargest(Hyperparameter.of(largest));
  }

  /**
   * The same rule with another largest.
   *
   * @param largest the largest step size
   * @return the rule
   */
  public RpropRule withLargest(Hyperparameter largest) {
    return new RpropRule(descent, shrink, grow, smallest, largest);
  }

  /**
   * What this does to gradients: {@code sign(g) size'}.
   *
   * @return the transformation
   */
  public Optimizer<LeafStates<StepSizes>> scaler() {
    return Transformations.leafwise(
        new ScaleByRprop(descent.lr(), shrink, grow, smallest, largest));
  }

  @Override
  public Optimizer<ChainState> chain() {
    return descent.withLr(Hyperparameter.of(1)).around(scaler());
  }
}
