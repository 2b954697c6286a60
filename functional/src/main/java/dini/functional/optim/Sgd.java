package dini.functional.optim;

import java.util.function.UnaryOperator;

/**
 * Gradient descent with steps that carry no derivative, with the defaults of {@link Preset#TORCH}.
 *
 * @param <X> the tree of parameters
 * @see SgdRule
 */
public final class Sgd<X> extends PlainOptimizer<X> {

  /**
   * Starts with the defaults.
   *
   * @param params the parameters
   */
  public Sgd(X params) {
    this(params, rule -> rule);
  }

  /**
   * Starts with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate
   */
  public Sgd(X params, double lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate, a schedule or one for each leaf
   */
  public Sgd(X params, Hyperparameter lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with other hyperparameters: {@code rule -> rule.withLr(lr).withWeightDecay(0.1)}.
   *
   * @param params the parameters
   * @param settings from the defaults to the rule
   */
  public Sgd(X params, UnaryOperator<SgdRule> settings) {
    super(params, settings.apply(Preset.TORCH.sgd()));
  }
}
