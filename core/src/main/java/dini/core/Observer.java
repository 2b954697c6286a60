package dini.core;

import java.util.concurrent.CancellationException;

/**
 * Watches an iteration, and may stop it: linear solvers and loops of optimizers take one.
 *
 * <pre>{@code
 * Observer progress =
 *     (iteration, residual) -> {
 *       System.err.printf("\riteration %d, residual %.2e", iteration, residual);
 *       return residual > 1e-3;   // good enough below
 *     };
 * Solution<Tensor> solution = solve(LinearMap.matrix(a), b, cg().withObserver(progress));
 * }</pre>
 *
 * <p>It is called on the thread that iterates: once before the first iteration, with number 0 and
 * the value at the initial guess, and once after each; the loop of an optimizer, which computes the
 * loss where it steps, does not tell the one after its last step. Where an iteration is run several
 * times, lane by lane under {@code vmap} or again for a derivative, each run counts from 0. An
 * exception that it throws ends the iteration and arrives unchanged.
 *
 * <p>The other way to end an iteration, with an observer or without, is {@link Thread#interrupt}:
 * see {@link #throwIfInterrupted}.
 */
@FunctionalInterface
public interface Observer {

  /**
   * Notes where the iteration is.
   *
   * @param iteration how many iterations have been done
   * @param value what the iteration brings down: a residual norm or a loss
   * @return whether to go on; the answer does not matter where the iteration ends by itself
   */
  boolean proceed(int iteration, double value);

  /**
   * What a loop calls in every turn so that {@link Thread#interrupt} ends it: throws if the thread
   * was interrupted, and leaves it so, since others up the stack may have to know. Costs the look
   * at one field.
   *
   * @param loop the name of the loop, for the message
   * @param iteration how many iterations have been done
   * @param value what the iteration brings down
   * @throws CancellationException if the thread was interrupted; {@link Thread#isInterrupted} is
   *     still true then
   */
  static void throwIfInterrupted(String loop, int iteration, double value) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(loop, iteration, ", at " + value);
    }
  }

  /**
   * The same for a loop that brings no number down.
   *
   * @param loop the name of the loop, for the message
   * @param iteration how many iterations have been done
   * @throws CancellationException if the thread was interrupted; {@link Thread#isInterrupted} is
   *     still true then
   */
  static void throwIfInterrupted(String loop, int iteration) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(loop, iteration, "");
    }
  }

  private static CancellationException interrupted(String loop, int iteration, String where) {
    return new CancellationException(
        loop
            + ": the thread was interrupted after "
            + iteration
            + " iterations"
            + where
            + "; it still is: Thread.interrupted() clears that");
  }
}
