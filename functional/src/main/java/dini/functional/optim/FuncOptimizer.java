package dini.functional.optim;

import dini.core.Observer;
import dini.core.Tensor;
import dini.functional.Transforms;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * An optimizer with its state, for parameters that are passed from step to step: the state begins
 * with the first step. Derivatives flow through the steps.
 *
 * <pre>{@code
 * FuncOptimizer adam = new FuncOptimizer(Optimizers.adam(0.1));
 * for (int k = 0; k < 100; k++) {
 *   params = adam.step(loss, params);
 * }
 * }</pre>
 *
 * <p>As with any holder, a state made inside a function that is being differentiated or mapped ends
 * with the transformation. Not for use by several threads at once.
 */
public final class FuncOptimizer {
  private final Optimizer<?> given;
  private final Optimizer<ChainState> optimizer;
  private Optional<ChainState> state = Optional.empty();
  private int steps;

  /**
   * Starts without state.
   *
   * @param optimizer the optimizer
   * @param <S> the tree of its state
   */
  public <S> FuncOptimizer(Optimizer<S> optimizer) {
    this.given = optimizer;
    this.optimizer = Chain.of(optimizer);
  }

  /**
   * One step along the gradient of a loss.
   *
   * @param loss a function to a floating scalar
   * @param params the parameters before the step
   * @param <X> the tree of parameters, the same at every step
   * @return the parameters after the step
   * @throws java.util.concurrent.CancellationException as {@link #apply}
   */
  public <X> X step(Function<? super X, ? extends Tensor> loss, X params) {
    return apply(Transforms.grad(loss, params), params);
  }

  /**
   * Steps along the gradients of a loss until an observer stops it.
   *
   * <pre>{@code
   * Params fitted = adam.run(loss, params, 1000, (step, value) -> value > 1e-6);
   * }</pre>
   *
   * @param loss a function to a floating scalar
   * @param params the parameters before the first step
   * @param maxSteps how many steps to take at most
   * @param observer is told the number of steps of this run and the loss there, before each step;
   *     if it stops, that step is not taken
   * @param <X> the tree of parameters, the same at every step
   * @return the parameters after the last step
   * @throws IllegalArgumentException if the number of steps is negative
   * @throws java.util.concurrent.CancellationException as {@link #apply}
   * @throws dini.core.TracerException inside vmap, where a loss has no one value
   */
  public <X> X run(
      Function<? super X, ? extends Tensor> loss, X params, int maxSteps, Observer observer) {
    AtomicReference<X> at = new AtomicReference<>(Objects.requireNonNull(params, "params"));
    Descending.run(loss, maxSteps, observer, at::get, slope -> at.set(apply(slope, at.get())));
    return at.get();
  }

  /**
   * One step along a gradient.
   *
   * @param gradients a tree like the parameters, where optionals may be empty
   * @param params the parameters before the step
   * @param <X> the tree of parameters, the same at every step
   * @return the parameters after the step
   * @throws java.util.concurrent.CancellationException if the thread was interrupted; nothing has
   *     changed then, and the thread stays interrupted
   */
  public <X> X apply(X gradients, X params) {
    Observer.throwIfInterrupted("FuncOptimizer", steps);
    ChainState before = state.orElseGet(() -> optimizer.init(params));
    Updates<X, ChainState> step = optimizer.update(gradients, before, params);
    X moved = step.applyTo(params);
    state = Optional.of(step.state());
    steps++;
    return moved;
  }

  /**
   * The state after the last step. An optimizer that is not a chain has it in a chain of one.
   *
   * @return the states of the links of the chain, empty before the first step
   */
  public Optional<ChainState> state() {
    return state;
  }

  /**
   * Goes on from another state.
   *
   * @param state a state that this optimizer had
   */
  public void setState(ChainState state) {
    this.state = Optional.of(Objects.requireNonNull(state, "setState: state is null"));
  }

  /** Forgets the state: the next step is the first. */
  public void clearState() {
    state = Optional.empty();
  }

  /**
   * Another of the same optimizer, in the state of this one.
   *
   * @return the optimizer, which steps by itself from here on
   */
  public FuncOptimizer copy() {
    FuncOptimizer copy = new FuncOptimizer(optimizer);
    copy.state = state;
    return copy;
  }

  /** The optimizer, for debugging. */
  @Override
  public String toString() {
    return "FuncOptimizer[" + Printed.of(given) + "]";
  }
}
