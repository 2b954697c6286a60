package dini.functional.optim;

import java.util.function.UnaryOperator;

/**
 * Rectified Adam with steps that carry no derivative, with the defaults of {@link Preset#TORCH}.
 *
 * @param <X> the tree of parameters
 * @see RAdamRule
 */
public final class RAdam<X> extends PlainOptimizer<X> {

  /**
   * Starts with the defaults.
   *
   * @param params the parameters
   */
  public RAdam(X params) {
    this(params, rule -> rule);
  }

  /**
   * Starts with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate
   */
  public RAdam(X params, double lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate, a schedule or one for each leaf
   */
  public RAdam(X params, Hyperparameter lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with other hyperparameters: {@code rule -> rule.withLr(lr).withWeightDecay(0.1)}.
   *
   * @param params the parameters
   * @param settings from the defaults to the rule
   */
  public RAdam(X params, UnaryOperator<RAdamRule> settings) {
    super(params, settings.apply(Preset.TORCH.radam()));
  }
}
