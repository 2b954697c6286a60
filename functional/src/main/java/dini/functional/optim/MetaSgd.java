package dini.functional.optim;

import dini.core.Tensor;
import java.util.function.UnaryOperator;

/**
 * Gradient descent with differentiable steps, with the defaults of {@link Preset#TORCH}.
 *
 * @param <X> the tree of parameters
 * @see SgdRule
 */
public final class MetaSgd<X> extends MetaOptimizer<X> {

  /**
   * Starts with the defaults.
   *
   * @param params the parameters
   */
  public MetaSgd(X params) {
    this(params, rule -> rule);
  }

  /**
   * Starts with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate
   */
  public MetaSgd(X params, double lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with a learning rate that has a derivative.
   *
   * @param params the parameters
   * @param lr the learning rate, a floating scalar
   */
  public MetaSgd(X params, Tensor lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate, a schedule or one for each leaf
   */
  public MetaSgd(X params, Hyperparameter lr) {
    this(params, rule -> rule.withLr(lr));
  }

  /**
   * Starts with other hyperparameters: {@code rule -> rule.withLr(lr).withWeightDecay(0.1)}.
   *
   * @param params the parameters
   * @param settings from the defaults to the rule
   */
  public MetaSgd(X params, UnaryOperator<SgdRule> settings) {
    super(params, settings.apply(Preset.TORCH.sgd()));
  }
}
