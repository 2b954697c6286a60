package dini.functional.optim;

/**
 * Where the defaults stand. Libraries agree on the algorithms and differ in their numbers and in
 * details:
 *
 * <table>
 * <caption>What differs</caption>
 * <tr><th></th><th>TORCH</th><th>TORCHOPT</th><th>OPTAX</th></tr>
 * <tr><td>adamw: weightDecay</td><td>1e-2</td><td>1e-2</td><td>1e-4</td></tr>
 * <tr><td>adagrad: divisor</td><td>sqrt(s) + 1e-10</td><td>the same</td><td>sqrt(s + 1e-7)</td></tr>
 * <tr><td>adagrad: initialAccumulator</td><td>0</td><td>0</td><td>0.1</td></tr>
 * <tr><td>rmsprop: decay</td><td>0.99</td><td>0.99</td><td>0.9</td></tr>
 * <tr><td>rmsprop: divisor</td><td>sqrt(nu) + 1e-8</td><td>the same</td><td>sqrt(nu + 1e-8)</td></tr>
 * <tr><td>rmsprop: trace</td><td>of updates</td><td>the same</td><td>of lr times updates</td></tr>
 * <tr><td>adadelta: lr</td><td>1</td><td>1e-3</td><td>1</td></tr>
 * <tr><td>adamax: lr, eps</td><td>2e-3, 1e-8</td><td>1e-3, 1e-6</td><td>1e-3, 1e-8</td></tr>
 * <tr><td>radam: eps</td><td>1e-8</td><td>1e-6</td><td>1e-8</td></tr>
 * <tr><td>radam: eps joins</td><td>the root of nu</td><td>the same</td><td>that of nu / (1 - b2^t)</td></tr>
 * <tr><td>radam: rectified if</td><td>length &gt; 5</td><td>the same</td><td>length &ge; 5</td></tr>
 * </table>
 *
 * <p>Learning rates that a library asks for are 1e-3 here, 1e-2 for adagrad and rmsprop, and 1 for
 * adadelta.
 *
 * <pre>{@code
 * RmsPropRule rule = Preset.OPTAX.rmsprop().withLr(0.05).withMomentum(0.9);
 * }</pre>
 */
public enum Preset {
  /** torch.optim, and the classes of TorchOpt. The default of this library. */
  TORCH,

  /** The functions of TorchOpt, which differ from its classes in three of them. */
  TORCHOPT,

  /** Optax. */
  OPTAX;

  private static final Hyperparameter ZERO = Hyperparameter.of(0);
  private static final Hyperparameter B1 = Hyperparameter.of(0.9);
  private static final Hyperparameter B2 = Hyperparameter.of(0.999);
  private static final Hyperparameter EPS = Hyperparameter.of(1e-8);

  /**
   * Gradient descent without momentum.
   *
   * @return lr 1e-3, momentum 0, dampening 0
   */
  public SgdRule sgd() {
    return new SgdRule(Descent.rate(1e-3), ZERO, ZERO, false);
  }

  /**
   * Adam.
   *
   * @return lr 1e-3, b1 0.9, b2 0.999, eps 1e-8, epsRoot 0
   */
  public AdamRule adam() {
    return new AdamRule(Descent.rate(1e-3), B1, B2, EPS, ZERO, false, false);
  }

  /**
   * Adam with decoupled decay.
   *
   * @return as {@link #adam}, weightDecay 1e-2, or 1e-4 for Optax
   */
  public AdamRule adamw() {
    return adam().withDecoupled(true).withWeightDecay(this == OPTAX ? 1e-4 : 1e-2);
  }

  /**
   * AdaGrad.
   *
   * @return lr 1e-2, lrDecay 0; the rest in the table
   */
  public AdaGradRule adagrad() {
    boolean optax = this == OPTAX;
    return new AdaGradRule(
        Descent.rate(1e-2),
        ZERO,
        Hyperparameter.of(optax ? 0.1 : 0),
        Hyperparameter.of(optax ? 1e-7 : 1e-10),
        optax);
  }

  /**
   * RMSProp.
   *
   * @return lr 1e-2, eps 1e-8, momentum 0, initialScale 0, not centered; the rest in the table
   */
  public RmsPropRule rmsprop() {
    boolean optax = this == OPTAX;
    Hyperparameter decay = Hyperparameter.of(optax ? 0.9 : 0.99);
    return new RmsPropRule(
        Descent.rate(1e-2), decay, EPS, ZERO, ZERO, false, false, optax, false, optax);
  }

  /**
   * AdaDelta.
   *
   * @return rho 0.9, eps 1e-6; lr in the table
   */
  public AdaDeltaRule adadelta() {
    return new AdaDeltaRule(
        Descent.rate(this == TORCHOPT ? 1e-3 : 1), Hyperparameter.of(0.9), Hyperparameter.of(1e-6));
  }

  /**
   * AdaMax.
   *
   * @return b1 0.9, b2 0.999; lr and eps in the table
   */
  public AdaMaxRule adamax() {
    double lr = this == TORCH ? 2e-3 : 1e-3;
    return new AdaMaxRule(Descent.rate(lr), B1, B2, epsOfMoments());
  }

  /**
   * Rectified Adam.
   *
   * @return lr 1e-3, b1 0.9, b2 0.999, threshold 5; the rest in the table
   */
  public RAdamRule radam() {
    return new RAdamRule(Descent.rate(1e-3), B1, B2, epsOfMoments(), ZERO, 5, this == OPTAX, false);
  }

  private Hyperparameter epsOfMoments() {
    return this == TORCHOPT ? Hyperparameter.of(1e-6) : EPS;
  }

  /**
   * NAdam.
   *
   * @return lr 2e-3, b1 0.9, b2 0.999, eps 1e-8, momentumDecay 4e-3
   * @throws UnsupportedOperationException unless this is {@link #TORCH}
   */
  public NAdamRule nadam() {
    requireTorch("nadam", "Optax's is adam().withNesterov(true)");
    return new NAdamRule(Descent.rate(2e-3), B1, B2, EPS, Hyperparameter.of(4e-3));
  }

  /**
   * AMSGrad.
   *
   * @return lr 1e-3, b1 0.9, b2 0.999, eps 1e-8
   * @throws UnsupportedOperationException unless this is {@link #TORCH}
   */
  public AmsgradRule amsgrad() {
    requireTorch("amsgrad", "Optax's takes the maximum of other averages");
    return new AmsgradRule(Descent.rate(1e-3), B1, B2, EPS);
  }

  /**
   * Rprop.
   *
   * @return lr 1e-2, shrink 0.5, grow 1.2, smallest 1e-6, largest 50
   * @throws UnsupportedOperationException unless this is {@link #TORCH}
   */
  public RpropRule rprop() {
    requireTorch("rprop", "Optax's takes every step one later");
    return new RpropRule(
        Descent.rate(1e-2),
        Hyperparameter.of(0.5),
        Hyperparameter.of(1.2),
        Hyperparameter.of(1e-6),
        Hyperparameter.of(50));
  }

  private void requireTorch(String name, String optax) {
    if (this != TORCH) {
      throw new UnsupportedOperationException(
          name + ": only Preset.TORCH has it, this is " + this + "; " + optax);
    }
  }
}
