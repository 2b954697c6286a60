package dini.functional.optim;

import dini.core.Observer;
import dini.core.Tensor;
import dini.core.Trees;
import dini.functional.Transforms;
import dini.functional.ValueAndGrad;
import java.util.Objects;
import java.util.function.Function;

/**
 * Parameters, an optimizer and its state in one mutable object, for code that steps from one to the
 * next by name. {@link MetaOptimizer} keeps the derivatives of its steps, {@link PlainOptimizer}
 * does not. Not for use by several threads at once.
 *
 * <p>A holder that steps inside a function that is being differentiated or mapped holds what that
 * function knows: using it after the transformation ended is a {@link dini.core.TracerException}.
 * Make it inside, or set its parameters and state again.
 *
 * @param <X> the tree of parameters
 */
public abstract sealed class OptimizerHolder<X> permits MetaOptimizer, PlainOptimizer {
  private final Optimizer<?> given;
  private final Optimizer<ChainState> optimizer;
  private X params;
  private ChainState state;
  private int steps;

  <S> OptimizerHolder(X params, Optimizer<S> optimizer) {
    this.given = optimizer;
    this.optimizer = Chain.of(optimizer);
    this.params = kept(Objects.requireNonNull(params, "params"));
    this.state = this.optimizer.init(this.params);
  }

  /** What is kept of parameters or a state. */
  abstract <T> T kept(T tree);

  /** The optimizer as it was given: the rule where it is one. */
  final Optimizer<?> optimizer() {
    return given;
  }

  /**
   * Another holder of the same optimizer, at the parameters and in the state of this one.
   *
   * @return the holder, which steps by itself from here on
   */
  public abstract OptimizerHolder<X> copy();

  /**
   * The parameters now.
   *
   * @return a tree
   */
  public final X params() {
    return params;
  }

  /**
   * The state of the optimizer now. One that is not a chain has it in a chain of one.
   *
   * @return the states of the links of the chain
   */
  public final ChainState state() {
    return state;
  }

  /**
   * Goes on from other parameters.
   *
   * @param params a tree like the parameters now, of the same types
   * @throws dini.core.TreeException if it has another structure
   * @throws dini.core.ShapeException if a leaf has another shape
   * @throws dini.core.DTypeException if a leaf has another dtype
   */
  public final void setParams(X params) {
    Objects.requireNonNull(params, "setParams: params is null");
    NamedLeaves.requireLike("setParams", this.params, params);
    this.params = kept(params);
  }

  /**
   * Goes on from another state.
   *
   * @param state a state that this optimizer had
   * @throws dini.core.TreeException if it is that of another optimizer or of other parameters
   * @throws dini.core.ShapeException if a leaf has another shape
   * @throws dini.core.DTypeException if a leaf has another dtype
   */
  public final void setState(ChainState state) {
    Objects.requireNonNull(state, "setState: state is null");
    NamedLeaves.requireLike("setState", optimizer.init(params), state);
    this.state = kept(state);
  }

  /**
   * One step along the gradient of a loss at the parameters.
   *
   * @param loss a function to a floating scalar
   * @return the loss before the step
   * @throws java.util.concurrent.CancellationException as {@link #apply}
   */
  public final Tensor step(Function<? super X, ? extends Tensor> loss) {
    ValueAndGrad<X> at = Transforms.valueAndGrad(Objects.requireNonNull(loss, "loss"), params);
    apply(at.grad());
    return kept(at.value());
  }

  /**
   * Steps along the gradients of a loss until an observer stops it.
   *
   * <pre>{@code
   * int steps = new Adam<>(params, 0.1).run(loss, 1000, (step, value) -> value > 1e-6);
   * }</pre>
   *
   * @param loss a function to a floating scalar
   * @param maxSteps how many steps to take at most
   * @param observer is told the number of steps of this run and the loss there, before each step;
   *     if it stops, that step is not taken
   * @return the number of steps
   * @throws IllegalArgumentException if the number of steps is negative
   * @throws java.util.concurrent.CancellationException as {@link #apply}
   * @throws dini.core.TracerException inside vmap, where a loss has no one value
   */
  public final int run(
      Function<? super X, ? extends Tensor> loss, int maxSteps, Observer observer) {
    return Descending.run(loss, maxSteps, observer, this::params, this::apply);
  }

  /**
   * One step along a gradient.
   *
   * @param gradients a tree like the parameters, where optionals may be empty
   * @throws java.util.concurrent.CancellationException if the thread was interrupted; nothing has
   *     changed then, and the thread stays interrupted
   */
  public final void apply(X gradients) {
    Observer.throwIfInterrupted(getClass().getSimpleName(), steps);
    Updates<X, ChainState> step = optimizer.update(gradients, state, params);
    params = kept(step.applyTo(params));
    state = kept(step.state());
    steps++;
  }

  /** What it holds, for debugging. */
  @Override
  public final String toString() {
    return getClass().getSimpleName()
        + "["
        + Printed.of(given)
        + ", "
        + Trees.treeNamed(params)
        + "]";
  }
}
