package dini.functional.optim;

import dini.core.Elementwise;
import dini.core.Trees;

/**
 * An optimizer whose steps carry no derivative: parameters and state are constants to every
 * transformation.
 *
 * <pre>{@code
 * PlainOptimizer<Params> adam = new Adam<>(params, 0.01);
 * for (Batch batch : batches) {
 *   adam.step(p -> loss(p, batch));
 * }
 * Params trained = adam.params();
 * }</pre>
 *
 * @param <X> the tree of parameters
 */
public non-sealed class PlainOptimizer<X> extends OptimizerHolder<X> {

  /**
   * Starts at parameters.
   *
   * @param params the parameters
   * @param optimizer the optimizer, with a state of its own
   * @param <S> the tree of its state
   */
  public <S> PlainOptimizer(X params, Optimizer<S> optimizer) {
    super(params, optimizer);
  }

  @Override
  public final PlainOptimizer<X> copy() {
    PlainOptimizer<X> copy = new PlainOptimizer<>(params(), optimizer());
    copy.setState(state());
    return copy;
  }

  @Override
  final <T> T kept(T tree) {
    return Trees.treeMap(Elementwise::stopGradient, tree);
  }
}
