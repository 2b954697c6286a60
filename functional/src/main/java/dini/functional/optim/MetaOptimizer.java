package dini.functional.optim;

/**
 * An optimizer whose steps are differentiable: parameters and state after any number of steps are
 * functions of the parameters at first, of the hyperparameters, and of whatever the losses depend
 * on.
 *
 * <pre>{@code
 * Tensor metaGradient = grad(
 *     x -> {
 *       MetaOptimizer<Params> inner = new MetaAdam<>(params, 0.1);
 *       for (int k = 0; k < 5; k++) {
 *         inner.step(p -> innerLoss(p, x));
 *       }
 *       return outerLoss(inner.params());
 *     },
 *     x0);
 * }</pre>
 *
 * @param <X> the tree of parameters
 */
public non-sealed class MetaOptimizer<X> extends OptimizerHolder<X> {

  /**
   * Starts at parameters.
   *
   * @param params the parameters, through which derivatives flow too
   * @param optimizer the optimizer, with a state of its own
   * @param <S> the tree of its state
   */
  public <S> MetaOptimizer(X params, Optimizer<S> optimizer) {
    super(params, optimizer);
  }

  @Override
  public final MetaOptimizer<X> copy() {
    MetaOptimizer<X> copy = new MetaOptimizer<>(params(), optimizer());
    copy.setState(state());
    return copy;
  }

  @Override
  final <T> T kept(T tree) {
    return tree;
  }
}
