package dini.functional.optim;

import dini.core.Tensor;
import java.util.function.UnaryOperator;

/**
 * Rectified Adam with differentiable steps, with the defaults of {@link Preset#TORCH}.
 *
 * @param <X> the tree of parameters
 * @see RAdamRule
 */
public final class MetaRAdam<X> extends MetaOptimizer<X> {

  /**
   * Starts with the defaults.
   *
   * @param params the parameters
   */
  public MetaRAdam(X params) {
    this(params, rule -> rule);
  }

  /**
   * Starts with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate
   */
  public MetaRAdam(X params, double lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with a learning rate that has a derivative.
   *
   * @param params the parameters
   * @param lr the learning rate, a floating scalar
   */
  public MetaRAdam(X params, Tensor lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate, a schedule or one for each leaf
   */
  public MetaRAdam(X params, Hyperparameter lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with other hyperparameters: {@code rule -> rule.withLr(lr).withWeightDecay(0.1)}.
   *
   * @param params the parameters
   * @param settings from the defaults to the rule
   */
  public MetaRAdam(X params, UnaryOperator<RAdamRule> settings) {
    super(params, settings.apply(Preset.TORCH.radam()));
  }
}
