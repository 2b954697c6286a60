package dini.functional.optim;

import dini.core.Tensor;

/**
 * Stochastic gradient descent: {@code x - lr u}, where u is the gradient or a trace of gradients:
 * {@code trace' = momentum trace + (1 - dampening) g}. Dampening begins with the second step; with
 * Nesterov's momentum {@code u = g + momentum trace'}.
 *
 * @param descent learning rate, decay and direction
 * @param momentum the part of the trace that is kept; 0 for no trace
 * @param dampening what is taken off the gradient where it joins the trace
 * @param nesterov whether the update looks one step ahead
 */
public record SgdRule(
    Descent descent, Hyperparameter momentum, Hyperparameter dampening, boolean nesterov)
    implements Rule<SgdRule> {

  /**
   * Checks what is known.
   *
   * @throws IllegalArgumentException if the momentum is negative or NaN, or the dampening NaN
   */
  public SgdRule {
    Ranges.requireNotNegative("sgd: momentum", momentum);
    Ranges.requireNumber("sgd: dampening", dampening);
  }

  @Override
  public SgdRule with(Descent descent) {
    return new SgdRule(descent, momentum, dampening, nesterov);
  }

  /**
   * The same rule with another momentum.
   *
   * @param momentum the part of the trace that is kept; 0 for no trace
   * @return the rule
   */
  public SgdRule withMomentum(double momentum) {
    return withMomentum(Hyperparameter.of(momentum));
  }

  /**
   * The same rule with another momentum that has a derivative.
   *
   * @param momentum the part of the trace that is kept; 0 for no trace
   * @return the rule
   */
  public SgdRule withMomentum(Tensor momentum) {
    return withMomentum(Hyperparameter.of(momentum));
  }

  /**
   * The same rule with another momentum.
   *
   * @param momentum the part of the trace that is kept; 0 for no trace
   * @return the rule
   */
  public SgdRule withMomentum(Hyperparameter momentum) {
    return new SgdRule(descent, momentum, dampening, nesterov);
  }

  /**
   * The same rule with another dampening.
   *
   * @param dampening what is taken off the gradient where it joins the trace
   * @return the rule
   */
  public SgdRule withDampening(double dampening) {
    return withDampening(Hyperparameter.of(dampening));
  }

  /**
   * The same rule with another dampening that has a derivative.
   *
   * @param dampening what is taken off the gradient where it joins the trace
   * @return the rule
   */
  public SgdRule withDampening(Tensor dampening) {
    return withDampening(Hyperparameter.of(dampening));
  }

  /**
   * The same rule with another dampening.
   *
   * @param dampening what is taken off the gradient where it joins the trace
   * @return the rule
   */
  public SgdRule withDampening(Hyperparameter dampening) {
    return new SgdRule(descent, momentum, dampening, nesterov);
  }

  /**
   * The same rule with another nesterov.
   *
   * @param nesterov whether the update looks one step ahead
   * @return the rule
   */
  public SgdRule withNesterov(boolean nesterov) {
    return new SgdRule(descent, momentum, dampening, nesterov);
  }

  @Override
  public Optimizer<ChainState> chain() {
    return Numerics.isConstant(momentum, 0)
        ? descent.around()
        : descent.around(Transformations.trace(momentum, dampening, nesterov));
  }

  /** The hyperparameters, the same text in every run. */
  @Override
  public String toString() {
    return Printed.components(this);
  }
}
