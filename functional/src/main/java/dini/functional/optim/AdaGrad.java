package dini.functional.optim;

import java.util.function.UnaryOperator;

/**
 * AdaGrad with steps that carry no derivative, with the defaults of {@link Preset#TORCH}.
 *
 * @param <X> the tree of parameters
 * @see AdaGradRule
 */
public final class AdaGrad<X> extends PlainOptimizer<X> {

  /**
   * Starts with the defaults.
   *
   * @param params the parameters
   */
  public AdaGrad(X params) {
    this(params, rule -> rule);
  }

  /**
   * Starts with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate
   */
  public AdaGrad(X params, double lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate, a schedule or one for each leaf
   */
  public AdaGrad(X params, Hyperparameter lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with other hyperparameters: {@code rule -> rule.withLr(lr).withWeightDecay(0.1)}.
   *
   * @param params the parameters
   * @param settings from the defaults to the rule
   */
  public AdaGrad(X params, UnaryOperator<AdaGradRule> settings) {
    super(params, settings.apply(Preset.TORCH.adagrad()));
  }
}
