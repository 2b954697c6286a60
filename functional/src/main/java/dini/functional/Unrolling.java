package dini.functional;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Loops over a state, differentiated through their steps: {@code state = step(state)}, again and
 * again. A plain Java loop is differentiable as it is; these add what a long one needs: memory for
 * fewer steps, a stop on values, someone who watches, and an end by {@link Thread#interrupt}.
 *
 * <pre>{@code
 * UnaryOperator<Tensor> step = x -> x.sub(grad(loss, x).mul(rate));   // rate may carry a derivative
 * Tensor after = unroll(step, x0, 100);
 * Unrolled<Tensor> end =
 *     unrollUntil(step, x -> norm(grad(loss, x)).toDouble() < 1e-6, x0, 10_000);
 * }</pre>
 *
 * <p>The state is a tree of tensors. Derivatives flow through every step that was taken, forward
 * and reverse, to any order, with respect to the first state and whatever the step captured.
 * Conditions and observers see the state as plain values that carry no derivative, and may read
 * them; under {@code vmap} nothing can be read, so a condition that reads is refused there: map the
 * loop with a plain loop over the lanes, or take a fixed number of steps.
 *
 * <p>Every method throws {@link IllegalArgumentException} for a negative number of steps, {@link
 * dini.core.TreeException} where a step returns null, and {@link
 * java.util.concurrent.CancellationException} before the next step, also where steps are computed
 * again, once the thread was interrupted; the thread stays interrupted.
 */
public final class Unrolling {
  private Unrolling() {}

  /**
   * Watches a loop, and may stop it: what {@link dini.core.Observer} is to loops that bring a
   * number down.
   *
   * @param <S> the tree of the state
   */
  @FunctionalInterface
  public interface StepObserver<S> {

    /**
     * Notes where the loop is: called before the first step, with 0 and the first state, and after
     * each. Steps that are computed again for a derivative are not observed again, but a whole loop
     * inside a {@link Checkpoint} is.
     *
     * @param steps how many steps have been taken
     * @param state the state after them, without derivatives
     * @return whether to go on
     */
    boolean proceed(int steps, S state);
  }

  /**
   * The state after some steps. Reverse mode keeps what the derivative of each step needs: memory
   * grows with the number of steps.
   *
   * @param step gives the next state
   * @param init the first state
   * @param steps how many steps to take
   * @param <S> the tree of the state
   * @return the state after them
   */
  public static <S> S unroll(UnaryOperator<S> step, S init, int steps) {
    return Loop.of("unroll", step, steps).run(init).state();
  }

  /**
   * The state after some steps, or fewer if an observer says so.
   *
   * @param step gives the next state
   * @param init the first state
   * @param steps how many steps to take at most
   * @param observer watches, and may stop the loop
   * @param <S> the tree of the state
   * @return the last state, and how many steps led to it
   */
  public static <S> Unrolled<S> unroll(
      UnaryOperator<S> step, S init, int steps, StepObserver<? super S> observer) {
    return Loop.of("unroll", step, steps).observedBy(observer).run(init);
  }

  /**
   * The state after K steps, with memory for {@code 2 sqrt(K)} of them in reverse mode: the loop is
   * cut into segments of {@code sqrt(K)} steps, and each is a {@link Checkpoint}. Each step is
   * computed twice. Values and derivatives have the bits of {@link #unroll(UnaryOperator, Object,
   * int)}, but for reverse mode over reverse mode, where sums are taken in another order.
   *
   * @param step gives the next state; called again with the same state it must do the same again
   * @param init the first state
   * @param steps how many steps to take
   * @param <S> the tree of the state
   * @return the state after them
   */
  public static <S> S unrollCheckpointed(UnaryOperator<S> step, S init, int steps) {
    return Loop.of("unrollCheckpointed", step, steps).checkpointed().run(init).state();
  }

  /**
   * The state after K steps, or fewer if an observer says so, with memory for {@code 2 sqrt(K)} of
   * them in reverse mode.
   *
   * @param step gives the next state; called again with the same state it must do the same again
   * @param init the first state
   * @param steps how many steps to take at most, K
   * @param observer watches, and may stop the loop
   * @param <S> the tree of the state
   * @return the last state, and how many steps led to it
   */
  public static <S> Unrolled<S> unrollCheckpointed(
      UnaryOperator<S> step, S init, int steps, StepObserver<? super S> observer) {
    return Loop.of("unrollCheckpointed", step, steps).checkpointed().observedBy(observer).run(init);
  }

  /**
   * Steps until a condition holds. The derivative is that of as many steps as were taken: the
   * number of steps counts as constant.
   *
   * @param step gives the next state
   * @param stop whether to stop at a state, {@code init} included; it may read values
   * @param init the first state
   * @param maxSteps how many steps to take at most
   * @param <S> the tree of the state
   * @return the last state, how many steps led to it, and whether the condition holds there
   */
  public static <S> Unrolled<S> unrollUntil(
      UnaryOperator<S> step, Predicate<? super S> stop, S init, int maxSteps) {
    return Loop.of("unrollUntil", step, maxSteps).until(stop).run(init);
  }

  /**
   * Steps until a condition holds or an observer says so.
   *
   * @param step gives the next state
   * @param stop whether to stop at a state, {@code init} included; it may read values
   * @param init the first state
   * @param maxSteps how many steps to take at most
   * @param observer watches, and may stop the loop
   * @param <S> the tree of the state
   * @return the last state, how many steps led to it, and whether the loop was told to stop
   */
  public static <S> Unrolled<S> unrollUntil(
      UnaryOperator<S> step,
      Predicate<? super S> stop,
      S init,
      int maxSteps,
      StepObserver<? super S> observer) {
    return Loop.of("unrollUntil", step, maxSteps).until(stop).observedBy(observer).run(init);
  }

  /**
   * Steps until a condition holds, with memory for {@code 2 sqrt(maxSteps)} of them in reverse
   * mode.
   *
   * @param step gives the next state; called again with the same state it must do the same again
   * @param stop whether to stop at a state, {@code init} included; it may read values
   * @param init the first state
   * @param maxSteps how many steps to take at most
   * @param <S> the tree of the state
   * @return the last state, how many steps led to it, and whether the condition holds there
   */
  public static <S> Unrolled<S> unrollUntilCheckpointed(
      UnaryOperator<S> step, Predicate<? super S> stop, S init, int maxSteps) {
    return Loop.of("unrollUntilCheckpointed", step, maxSteps).until(stop).checkpointed().run(init);
  }
}
