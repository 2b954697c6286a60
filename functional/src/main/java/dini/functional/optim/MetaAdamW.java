package dini.functional.optim;

import dini.core.Tensor;
import java.util.function.UnaryOperator;

/**
 * Adam with decoupled decay with differentiable steps, with the defaults of {@link Preset#TORCH}.
 *
 * @param <X> the tree of parameters
 * @see AdamRule
 */
public final class MetaAdamW<X> extends MetaOptimizer<X> {

  /**
   * Starts with the defaults.
   *
   * @param params the parameters
   */
  public MetaAdamW(X params) {
    this(params, rule -> rule);
  }

  /**
   * Starts with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate
   */
  public MetaAdamW(X params, double lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with a learning rate that has a derivative.
   *
   * @param params the parameters
   * @param lr the learning rate, a floating scalar
   */
  public MetaAdamW(X params, Tensor lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate, a schedule or one for each leaf
   */
  public MetaAdamW(X params, Hyperparameter lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with other hyperparameters: {@code rule -> rule.withLr(lr).withWeightDecay(0.1)}.
   *
   * @param params the parameters
   * @param settings from the defaults to the rule
   */
  public MetaAdamW(X params, UnaryOperator<AdamRule> settings) {
    super(params, settings.apply(Preset.TORCH.adamw()));
  }
}
