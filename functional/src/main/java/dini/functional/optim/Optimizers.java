package dini.functional.optim;

import dini.core.Tensor;

/**
 * Whole optimizers with the defaults of {@link Preset#TORCH}. Each is a {@link Rule}, to be refined
 * with its {@code with} methods.
 *
 * <pre>{@code
 * Tensor hypergradient = grad(
 *     lr -> {
 *       FuncOptimizer adam = new FuncOptimizer(Optimizers.adam(lr));
 *       Params p = params;
 *       for (int k = 0; k < 5; k++) {
 *         p = adam.step(loss, p);
 *       }
 *       return validation(p);
 *     },
 *     lr0);
 * Optimizer<ChainState> annealed = Optimizers.adam(Schedules.cosine(0.1, 1000)).withEps(1e-6);
 * }</pre>
 */
public final class Optimizers {
  private Optimizers() {}

  /**
   * Gradient descent.
   *
   * @return the rule, without momentum and with a learning rate of 1e-3
   */
  public static SgdRule sgd() {
    return Preset.TORCH.sgd();
  }

  /**
   * Gradient descent.
   *
   * @param lr the learning rate
   * @return the rule, without momentum
   */
  public static SgdRule sgd(double lr) {
    return Preset.TORCH.sgd().withLr(lr);
  }

  /**
   * Gradient descent.
   *
   * @param lr the learning rate, a floating scalar, through which derivatives flow
   * @return the rule, without momentum
   */
  public static SgdRule sgd(Tensor lr) {
    return Preset.TORCH.sgd().withLr(lr);
  }

  /**
   * Gradient descent.
   *
   * @param lr the learning rate, a schedule or one for each leaf
   * @return the rule, without momentum
   */
  public static SgdRule sgd(Hyperparameter lr) {
    return Preset.TORCH.sgd().withLr(lr);
  }

  /**
   * Adam.
   *
   * @return the rule, with a learning rate of 1e-3
   */
  public static AdamRule adam() {
    return Preset.TORCH.adam();
  }

  /**
   * Adam.
   *
   * @param lr the learning rate
   * @return the rule
   */
  public static AdamRule adam(double lr) {
    return Preset.TORCH.adam().withLr(lr);
  }

  /**
   * Adam.
   *
   * @param lr the learning rate, a floating scalar, through which derivatives flow
   * @return the rule
   */
  public static AdamRule adam(Tensor lr) {
    return Preset.TORCH.adam().withLr(lr);
  }

  /**
   * Adam.
   *
   * @param lr the learning rate, a schedule or one for each leaf
   * @return the rule
   */
  public static AdamRule adam(Hyperparameter lr) {
    return Preset.TORCH.adam().withLr(lr);
  }

  /**
   * Adam with decoupled decay of 1e-2.
   *
   * @return the rule, with a learning rate of 1e-3
   */
  public static AdamRule adamw() {
    return Preset.TORCH.adamw();
  }

  /**
   * Adam with decoupled decay of 1e-2.
   *
   * @param lr the learning rate
   * @return the rule
   */
  public static AdamRule adamw(double lr) {
    return Preset.TORCH.adamw().withLr(lr);
  }

  /**
   * Adam with decoupled decay of 1e-2.
   *
   * @param lr the learning rate, a floating scalar, through which derivatives flow
   * @return the rule
   */
  public static AdamRule adamw(Tensor lr) {
    return Preset.TORCH.adamw().withLr(lr);
  }

  /**
   * Adam with decoupled decay of 1e-2.
   *
   * @param lr the learning rate, a schedule or one for each leaf
   * @return the rule
   */
  public static AdamRule adamw(Hyperparameter lr) {
    return Preset.TORCH.adamw().withLr(lr);
  }

  /**
   * AdaGrad.
   *
   * @return the rule, with a learning rate of 1e-2
   */
  public static AdaGradRule adagrad() {
    return Preset.TORCH.adagrad();
  }

  /**
   * AdaGrad.
   *
   * @param lr the learning rate
   * @return the rule
   */
  public static AdaGradRule adagrad(double lr) {
    return Preset.TORCH.adagrad().withLr(lr);
  }

  /**
   * AdaGrad.
   *
   * @param lr the learning rate, a floating scalar, through which derivatives flow
   * @return the rule
   */
  public static AdaGradRule adagrad(Tensor lr) {
    return Preset.TORCH.adagrad().withLr(lr);
  }

  /**
   * AdaGrad.
   *
   * @param lr the learning rate, a schedule or one for each leaf
   * @return the rule
   */
  public static AdaGradRule adagrad(Hyperparameter lr) {
    return Preset.TORCH.adagrad().withLr(lr);
  }

  /**
   * RMSProp.
   *
   * @return the rule, without momentum, not centered and with a learning rate of 1e-2
   */
  public static RmsPropRule rmsprop() {
    return Preset.TORCH.rmsprop();
  }

  /**
   * RMSProp.
   *
   * @param lr the learning rate
   * @return the rule, without momentum, not centered
   */
  public static RmsPropRule rmsprop(double lr) {
    return Preset.TORCH.rmsprop().withLr(lr);
  }

  /**
   * RMSProp.
   *
   * @param lr the learning rate, a floating scalar, through which derivatives flow
   * @return the rule, without momentum, not centered
   */
  public static RmsPropRule rmsprop(Tensor lr) {
    return Preset.TORCH.rmsprop().withLr(lr);
  }

  /**
   * RMSProp.
   *
   * @param lr the learning rate, a schedule or one for each leaf
   * @return the rule, without momentum, not centered
   */
  public static RmsPropRule rmsprop(Hyperparameter lr) {
    return Preset.TORCH.rmsprop().withLr(lr);
  }

  /**
   * AdaDelta.
   *
   * @return the rule, with a learning rate of 1
   */
  public static AdaDeltaRule adadelta() {
    return Preset.TORCH.adadelta();
  }

  /**
   * AdaDelta.
   *
   * @param lr the learning rate, 1 in the paper
   * @return the rule
   */
  public static AdaDeltaRule adadelta(double lr) {
    return Preset.TORCH.adadelta().withLr(lr);
  }

  /**
   * AdaDelta.
   *
   * @param lr the learning rate, a floating scalar, through which derivatives flow
   * @return the rule
   */
  public static AdaDeltaRule adadelta(Tensor lr) {
    return Preset.TORCH.adadelta().withLr(lr);
  }

  /**
   * AdaDelta.
   *
   * @param lr the learning rate, a schedule or one for each leaf
   * @return the rule
   */
  public static AdaDeltaRule adadelta(Hyperparameter lr) {
    return Preset.TORCH.adadelta().withLr(lr);
  }

  /**
   * AdaMax.
   *
   * @return the rule, with a learning rate of 2e-3
   */
  public static AdaMaxRule adamax() {
    return Preset.TORCH.adamax();
  }

  /**
   * AdaMax.
   *
   * @param lr the learning rate
   * @return the rule
   */
  public static AdaMaxRule adamax(double lr) {
    return Preset.TORCH.adamax().withLr(lr);
  }

  /**
   * AdaMax.
   *
   * @param lr the learning rate, a floating scalar, through which derivatives flow
   * @return the rule
   */
  public static AdaMaxRule adamax(Tensor lr) {
    return Preset.TORCH.adamax().withLr(lr);
  }

  /**
   * AdaMax.
   *
   * @param lr the learning rate, a schedule or one for each leaf
   * @return the rule
   */
  public static AdaMaxRule adamax(Hyperparameter lr) {
    return Preset.TORCH.adamax().withLr(lr);
  }

  /**
   * Rectified Adam.
   *
   * @return the rule, with a learning rate of 1e-3
   */
  public static RAdamRule radam() {
    return Preset.TORCH.radam();
  }

  /**
   * Rectified Adam.
   *
   * @param lr the learning rate
   * @return the rule
   */
  public static RAdamRule radam(double lr) {
    return Preset.TORCH.radam().withLr(lr);
  }

  /**
   * Rectified Adam.
   *
   * @param lr the learning rate, a floating scalar, through which derivatives flow
   * @return the rule
   */
  public static RAdamRule radam(Tensor lr) {
    return Preset.TORCH.radam().withLr(lr);
  }

  /**
   * Rectified Adam.
   *
   * @param lr the learning rate, a schedule or one for each leaf
   * @return the rule
   */
  public static RAdamRule radam(Hyperparameter lr) {
    return Preset.TORCH.radam().withLr(lr);
  }

  /**
   * NAdam.
   *
   * @param lr the learning rate
   * @return the rule
   */
  public static NAdamRule nadam(double lr) {
    return Preset.TORCH.nadam().withLr(lr);
  }

  /**
   * NAdam.
   *
   * @param lr the learning rate, a floating scalar, through which derivatives flow
   * @return the rule
   */
  public static NAdamRule nadam(Tensor lr) {
    return Preset.TORCH.nadam().withLr(lr);
  }

  /**
   * NAdam.
   *
   * @param lr the learning rate, a schedule or one for each leaf
   * @return the rule
   */
  public static NAdamRule nadam(Hyperparameter lr) {
    return Preset.TORCH.nadam().withLr(lr);
  }

  /**
   * AMSGrad.
   *
   * @param lr the learning rate
   * @return the rule
   */
  public static AmsgradRule amsgrad(double lr) {
    return Preset.TORCH.amsgrad().withLr(lr);
  }

  /**
   * AMSGrad.
   *
   * @param lr the learning rate, a floating scalar, through which derivatives flow
   * @return the rule
   */
  public static AmsgradRule amsgrad(Tensor lr) {
    return Preset.TORCH.amsgrad().withLr(lr);
  }

  /**
   * AMSGrad.
   *
   * @param lr the learning rate, a schedule or one for each leaf
   * @return the rule
   */
  public static AmsgradRule amsgrad(Hyperparameter lr) {
    return Preset.TORCH.amsgrad().withLr(lr);
  }

  /**
   * Rprop.
   *
   * @param lr the size of the first step
   * @return the rule
   */
  public static RpropRule rprop(double lr) {
    return Preset.TORCH.rprop().withLr(lr);
  }

  /**
   * Rprop.
   *
   * @param lr the size of the first step, a floating scalar, through which derivatives flow
   * @return the rule
   */
  public static RpropRule rprop(Tensor lr) {
    return Preset.TORCH.rprop().withLr(lr);
  }

  /**
   * Rprop.
   *
   * @param lr the size of the first step, one for each leaf
   * @return the rule
   */
  public static RpropRule rprop(Hyperparameter lr) {
    return Preset.TORCH.rprop().withLr(lr);
  }
}
