package dini.functional.optim;

import dini.core.Tensor;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A whole optimizer given by its hyperparameters: an immutable value that is changed with its
 * {@code with} methods. {@link Preset} has the defaults.
 *
 * <pre>{@code
 * AdamRule rule = Optimizers.adam(0.05).withBetas(0.8, 0.95).withWeightDecay(0.1);
 * }</pre>
 *
 * @param <R> the rule itself
 */
public sealed interface Rule<R extends Rule<R>> extends Optimizer<ChainState>
    permits SgdRule,
        AdamRule,
        AdaGradRule,
        RmsPropRule,
        AdaDeltaRule,
        AdaMaxRule,
        RAdamRule,
        NAdamRule,
        AmsgradRule,
        RpropRule {

  /**
   * Learning rate, decay and direction.
   *
   * @return the values
   */
  Descent descent();

  /**
   * The same rule with other values of these.
   *
   * @param descent the values
   * @return the rule
   */
  R with(Descent descent);

  /**
   * The chain of transformations that this is.
   *
   * @return the same optimizer
   */
  Optimizer<ChainState> chain();

  /**
   * The same rule with another learning rate.
   *
   * @param lr the learning rate
   * @return the rule
   */
  default R withLr(double lr) {
    return withLr(Hyperparameter.of(lr));
  }

  /**
   * The same rule with a learning rate that has a derivative.
   *
   * @param lr the learning rate, a floating scalar
   * @return the rule
   */
  default R withLr(Tensor lr) {
    return withLr(Hyperparameter.of(lr));
  }

  /**
   * The same rule with another learning rate.
   *
   * @param lr the learning rate; a {@link Schedule} is read at the count before the step
   * @return the rule
   */
  default R withLr(Hyperparameter lr) {
    return with(descent().withLr(lr));
  }

  /**
   * The same rule with another decay.
   *
   * @param weightDecay the multiple of the parameters that is added to the gradient
   * @return the rule
   */
  default R withWeightDecay(double weightDecay) {
    return withWeightDecay(Hyperparameter.of(weightDecay));
  }

  /**
   * The same rule with a decay that has a derivative.
   *
   * @param weightDecay the multiple of the parameters that is added to the gradient
   * @return the rule
   */
  default R withWeightDecay(Tensor weightDecay) {
    return withWeightDecay(Hyperparameter.of(weightDecay));
  }

  /**
   * The same rule with another decay.
   *
   * @param weightDecay the multiple of the parameters that is added to the gradient
   * @return the rule
   */
  default R withWeightDecay(Hyperparameter weightDecay) {
    return with(descent().withWeightDecay(weightDecay));
  }

  /**
   * The same rule with the decay of some leaves only, {@code Set.of("w", "layers[0].w")::contains}
   * for instance.
   *
   * @param decayMask which leaves decay, by name
   * @return the rule
   */
  default R withDecayMask(Predicate<String> decayMask) {
    return with(descent().withDecayMask(decayMask));
  }

  /**
   * The same rule with the decay of some leaves only. Unlike a predicate this refuses a name that
   * is none: before the first step.
   *
   * @param names the leaves that decay, or the parts of the tree all of whose leaves do, as {@link
   *     LeafNames} has them
   * @return the rule
   */
  default R withDecayMask(Set<String> names) {
    return withDecayMask(new LeafNames(names));
  }

  /**
   * The same rule uphill, or not.
   *
   * @param maximize whether it maximizes
   * @return the rule
   */
  default R withMaximize(boolean maximize) {
    return with(descent().withMaximize(maximize));
  }

  @Override
  default ChainState initLeaves(SequencedMap<String, Tensor> params) {
    return chain().initLeaves(params);
  }

  @Override
  default Updates<SequencedMap<String, Tensor>, ChainState> updateLeaves(
      SequencedMap<String, Tensor> gradients,
      ChainState state,
      SequencedMap<String, Tensor> params) {
    return chain().updateLeaves(gradients, state, params);
  }
}
