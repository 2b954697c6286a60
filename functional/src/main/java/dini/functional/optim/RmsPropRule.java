package dini.functional.optim;

import dini.core.Tensor;

/**
 * RMSProp (Tieleman and Hinton 2012): {@code x - lr g / (sqrt(nu) + eps)} with nu a running average
 * of squares, or {@code sqrt(nu + eps)} for the divisor. Centered, nu is the running variance. With
 * momentum a trace of these updates is subtracted.
 *
 * @param descent learning rate, decay and direction
 * @param decay the rate of the average
 * @param eps what keeps the divisor from 0
 * @param momentum the part of the trace that is kept; 0 for no trace
 * @param initialScale nu before the first step
 * @param nesterov whether the trace looks one step ahead
 * @param centered whether nu is the variance
 * @param epsInRoot whether eps is added under the root
 * @param biasCorrection whether nu is divided by {@code 1 - decay^t}
 * @param lrBeforeTrace whether the trace is of updates times the learning rate
 */
public record RmsPropRule(
    Descent descent,
    Hyperparameter decay,
    Hyperparameter eps,
    Hyperparameter momentum,
    Hyperparameter initialScale,
    boolean nesterov,
    boolean centered,
    boolean epsInRoot,
    boolean biasCorrection,
    boolean lrBeforeTrace)
    implements Rule<RmsPropRule> {

  /**
   * Checks what is known.
   *
   * @throws IllegalArgumentException if a rate is not in [0, 1), or another number is negative
   */
  public RmsPropRule {
    Ranges.requireRate("rmsProp: decay", decay);
    Ranges.requireNotNegative("rmsProp: eps", eps);
    Ranges.requireNotNegative("rmsProp: momentum", momentum);
    Ranges.requireNotNegative("rmsProp: initialScale", initialScale);
  }

  @Override
  public RmsPropRule with(Descent descent) {
    return new RmsPropRule(
        descent,
        decay,
        eps,
        momentum,
        initialScale,
        nesterov,
        centered,
        epsInRoot,
        biasCorrection,
        lrBeforeTrace);
  }

  /**
   * The same rule with another decay.
   *
   * @param decay the rate of the average
   * @return the rule
   */
  public RmsPropRule withDecay(double decay) {
    return withDecay(Hyperparameter.of(decay));
  }

  /**
   * The same rule with another decay that has a derivative.
   *
   * @param decay the rate of the average
   * @return the rule
   */
  public RmsPropRule withDecay(Tensor decay) {
    return withDecay(Hyperparameter.of(decay));
  }

  /**
   * The same rule with another decay.
   *
   * @param decay the rate of the average
   * @return the rule
   */
  public RmsPropRule withDecay(Hyperparameter decay) {
    return new RmsPropRule(
        descent,
        decay,
        eps,
        momentum,
        initialScale,
        nesterov,
        centered,
        epsInRoot,
        biasCorrection,
        lrBeforeTrace);
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what keeps the divisor from 0
   * @return the rule
   */
  public RmsPropRule withEps(double eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps that has a derivative.
   *
   * @param eps what keeps the divisor from 0
   * @return the rule
   */
  public RmsPropRule withEps(Tensor eps) {
    return withEps(Hyperparameter.of(eps));
  }

  /**
   * The same rule with another eps.
   *
   * @param eps what keeps the divisor from 0
   * @return the rule
   */
  public RmsPropRule withEps(Hyperparameter eps) {
    return new RmsPropRule(
        descent,
        decay,
        eps,
        momentum,
        initialScale,
        nesterov,
        centered,
        epsInRoot,
        biasCorrection,
        lrBeforeTrace);
  }

  /**
   * The same rule with another momentum.
   *
   * @param momentum the part of the trace that is kept; 0 for no trace
   * @return the rule
   */
  public RmsPropRule withMomentum(double momentum) {
    return withMomentum(Hyperparameter.of(momentum));
  }

  /**
   * The same rule with another momentum that has a derivative.
   *
   * @param momentum the part of the trace that is kept; 0 for no trace
   * @return the rule
   */
  public RmsPropRule withMomentum(Tensor momentum) {
    return withMomentum(Hyperparameter.of(momentum));
  }

  /**
   * The same rule with another momentum.
   *
   * @param momentum the part of the trace that is kept; 0 for no trace
   * @return the rule
   */
  public RmsPropRule withMomentum(Hyperparameter momentum) {
    return new RmsPropRule(
        descent,
        decay,
        eps,
        momentum,
        initialScale,
        nesterov,
        centered,
        epsInRoot,
        biasCorrection,
        lrBeforeTrace);
  }

  /**
   * The same rule with another initialScale.
   *
   * @param initialScale nu before the first step
   * @return the rule
   */
  public RmsPropRule withInitialScale(double initialScale) {
    return withInitialScale(Hyperparameter.of(initialScale));
  }

  /**
   * The same rule with another initialScale that has a derivative.
   *
   * @param initialScale nu before the first step
   * @return the rule
   */
  public RmsPropRule withInitialScale(Tensor initialScale) {
    return withInitialScale(Hyperparameter.of(initialScale));
  }

  /**
   * The same rule with another initialScale.
   *
   * @param initialScale nu before the first step
   * @return the rule
   */
  public RmsPropRule withInitialScale(Hyperparameter initialScale) {
    return new RmsPropRule(
        descent,
        decay,
        eps,
        momentum,
        initialScale,
        nesterov,
        centered,
        epsInRoot,
        biasCorrection,
        lrBeforeTrace);
  }

  /**
   * The same rule with another nesterov.
   *
   * @param nesterov whether the trace looks one step ahead
   * @return the rule
   */
  public RmsPropRule withNesterov(boolean nesterov) {
    return new RmsPropRule(
        descent,
        decay,
        eps,
        momentum,
        initialScale,
        nesterov,
        centered,
        epsInRoot,
        biasCorrection,
        lrBeforeTrace);
  }

  /**
   * The same rule with another centered.
   *
   * @param centered whether nu is the variance
   * @return the rule
   */
  public RmsPropRule withCentered(boolean centered) {
    return new RmsPropRule(
        descent,
        decay,
        eps,
        momentum,
        initialScale,
        nesterov,
        centered,
        epsInRoot,
        biasCorrection,
        lrBeforeTrace);
  }

  /**
   * The same rule with another epsInRoot.
   *
   * @param epsInRoot whether eps is added under the root
   * @return the rule
   */
  public RmsPropRule withEpsInRoot(boolean epsInRoot) {
    return new RmsPropRule(
        descent,
        decay,
        eps,
        momentum,
        initialScale,
        nesterov,
        centered,
        epsInRoot,
        biasCorrection,
        lrBeforeTrace);
  }

  /**
   * The same rule with another biasCorrection.
   *
   * @param biasCorrection whether nu is divided by {@code 1 - decay^t}
   * @return the rule
   */
  public RmsPropRule withBiasCorrection(boolean biasCorrection) {
    return new RmsPropRule(
        descent,
        decay,
        eps,
        momentum,
        initialScale,
        nesterov,
        centered,
        epsInRoot,
        biasCorrection,
        lrBeforeTrace);
  }

  /**
   * The same rule with another lrBeforeTrace.
   *
   * @param lrBeforeTrace whether the trace is of updates times the learning rate
   * @return the rule
   */
  public RmsPropRule withLrBeforeTrace(boolean lrBeforeTrace) {
    return new RmsPropRule(
        descent,
        decay,
        eps,
        momentum,
        initialScale,
        nesterov,
        centered,
        epsInRoot,
        biasCorrection,
        lrBeforeTrace);
  }

  /**
   * What this does to gradients before trace and learning rate.
   *
   * @return the transformation
   */
  public Optimizer<?> scaler() {
    return centered ? scaleByStddev() : scaleByRms();
  }

  Optimizer<LeafStates<Average>> scaleByRms() {
    return Transformations.leafwise(
        new ScaleByRms(decay, eps, initialScale, epsInRoot, biasCorrection));
  }

  Optimizer<LeafStates<CenteredMoments>> scaleByStddev() {
    return Transformations.leafwise(
        new ScaleByStddev(decay, eps, initialScale, epsInRoot, biasCorrection));
  }

  @Override
  public Optimizer<ChainState> chain() {
    if (Numerics.isConstant(momentum, 0)) {
      return descent.around(scaler());
    }
    Optimizer<?> trace = Transformations.trace(momentum, Hyperparameter.of(0), nesterov);
    return lrBeforeTrace ? descent.followed(scaler(), trace) : descent.around(scaler(), trace);
  }

  /** The hyperparameters, the same text in every run. */
  @Override
  public String toString() {
    return Printed.components(this);
  }
}
