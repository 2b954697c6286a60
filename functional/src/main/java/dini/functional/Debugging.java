package dini.functional;

import dini.core.NanException;
import dini.core.trace.NanWatch;
import java.util.function.Supplier;

/**
 * Finding out where a computation goes wrong.
 *
 * <pre>{@code
 * Params g = debugNans(() -> grad(loss, params));
 * }</pre>
 */
public final class Debugging {
  private Debugging() {}

  /**
   * Runs a computation, and throws at the first operation on this thread that gives NaN though its
   * arguments have none. The exception names the operation, the types of its arguments, and the
   * line of the caller's code; it says so if that was in the backward pass of a derivative, where
   * the line is that which asked for the derivative. A solver in {@code customRoot}, a function or
   * rule with {@code customJvp} or {@code customVjp} and a black box may compute in plain Java,
   * where nothing is seen; what they give is looked at as the result of an operation is.
   *
   * <p>Every result is read once more while this runs; elsewhere nothing is. Under {@code vmap} the
   * types are those of all lanes together. An operation that gives NaN for good reason, as {@code
   * mean} of nothing, or on the side of a {@code where} that is not taken, is found like others.
   *
   * @param computation what to run
   * @param <T> what it gives
   * @return what it gave
   * @throws NanException at the first NaN
   */
  public static <T> T debugNans(Supplier<? extends T> computation) {
    return NanWatch.watching(computation);
  }
}
