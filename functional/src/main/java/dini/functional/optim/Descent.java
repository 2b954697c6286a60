package dini.functional.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What all optimizers have.
 *
 * @param lr the learning rate: what the update is multiplied by before it is subtracted
 * @param weightDecay the multiple of the parameters that is added to the gradient
 * @param decayMask which leaves decay, by name
 * @param maximize whether the gradient is turned round first, before the decay is added
 */
public record Descent(
    Hyperparameter lr, Hyperparameter weightDecay, Predicate<String> decayMask, boolean maximize) {

  /**
   * Checks what is known.
   *
   * @throws IllegalArgumentException if the learning rate is NaN, or the decay is negative or NaN
   */
  public Descent {
    Ranges.requireNumber("lr", lr);
    Objects.requireNonNull(decayMask, "decayMask");
    Ranges.requireNotNegative("weightDecay", weightDecay);
  }

  /** Without decay. */
  static Descent rate(double lr) {
    return new Descent(Hyperparameter.of(lr), Hyperparameter.of(0), EveryLeaf.MASK, false);
  }

  /**
   * The same with another learning rate.
   *
   * @param lr the learning rate
   * @return the values
   */
  public Descent withLr(Hyperparameter lr) {
    return new Descent(lr, weightDecay, decayMask, maximize);
  }

  /**
   * The same with another decay.
   *
   * @param weightDecay the multiple of the parameters that is added to the gradient
   * @return the values
   */
  public Descent withWeightDecay(Hyperparameter weightDecay) {
    return new Descent(lr, weightDecay, decayMask, maximize);
  }

  /**
   * The same with the decay of other leaves.
   *
   * @param decayMask which leaves decay, by name
   * @return the values
   */
  public Descent withDecayMask(Predicate<String> decayMask) {
    return new Descent(lr, weightDecay, decayMask, maximize);
  }

  /**
   * The same in the other direction, or not.
   *
   * @param maximize whether the gradient is turned round first
   * @return the values
   */
  public Descent withMaximize(boolean maximize) {
    return new Descent(lr, weightDecay, decayMask, maximize);
  }

  /** Turned round, decayed, transformed, and multiplied by the learning rate. */
  Optimizer<ChainState> around(Optimizer<?>... scalers) {
    List<Optimizer<?>> links = start();
    addDecay(links);
    links.addAll(List.of(scalers));
    links.add(step());
    return new Chain(links);
  }

  /** The same with something after the learning rate. */
  Optimizer<ChainState> followed(Optimizer<?> scaler, Optimizer<?> last) {
    List<Optimizer<?>> links = start();
    addDecay(links);
    links.addAll(List.of(scaler, step(), last));
    return new Chain(links);
  }

  /** The same where the decay is not scaled but added after it. */
  Optimizer<ChainState> decoupled(Optimizer<?> scaler) {
    List<Optimizer<?>> links = start();
    links.add(scaler);
    addDecay(links);
    links.add(step());
    return new Chain(links);
  }

  private List<Optimizer<?>> start() {
    List<Optimizer<?>> links = new ArrayList<>();
    if (maximize) {
      links.add(Transformations.maximize());
    }
    return links;
  }

  private void addDecay(List<Optimizer<?>> links) {
    if (!Numerics.isConstant(weightDecay, 0)) {
      links.add(Transformations.addDecayedWeights(weightDecay, decayMask));
    }
  }

  private Optimizer<?> step() {
    return Transformations.scaleByLearningRate(lr);
  }

  /** The hyperparameters, the same text in every run. */
  @Override
  public String toString() {
    return Printed.components(this);
  }
}
