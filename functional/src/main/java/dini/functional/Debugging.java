package dini.functional;

import dini.core.NanException;
import dini.core.Tensor;
import dini.core.trace.NanWatch;
import dini.functional.primitive.Printed;
import java.util.Objects;
import java.util.function.Consumer;
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

  /**
   * The tensor itself, whose values are printed to {@link System#out}. See {@link
   * #debugPrint(String, Tensor, Consumer)}.
   *
   * @param label what stands in front of the values
   * @param x the tensor
   * @return the same values
   */
  public static Tensor debugPrint(String label, Tensor x) {
    return debugPrint(label, x, line -> System.out.println(line));
  }

  /**
   * The tensor itself, whose values are shown whenever they are computed: also in functions that
   * are differentiated, mapped or compiled, where they cannot be read.
   *
   * <pre>{@code
   * Function<Tensor, Tensor> f = jit(x -> exp(debugPrint("square", x.mul(x))));
   * f.apply(scalar(2));     // square: 4.0  f64[]
   * }</pre>
   *
   * <p>Its derivative is that of the identity; values are shown, and not their derivatives. Under
   * {@code vmap} all lanes are shown at once, with their axes in front. A compiled function shows
   * them in each run, if its results depend on what this returns, in an order of its own; what does
   * not depend on its arguments is shown once, when it is recorded. What is computed again, as in a
   * checkpoint, is shown again.
   *
   * @param label what stands in front of the values
   * @param x the tensor
   * @param out takes {@code label: values}, on the thread that computes them
   * @return the same values
   */
  public static Tensor debugPrint(String label, Tensor x, Consumer<? super String> out) {
    return new Printed(Objects.requireNonNull(label, "label"), Objects.requireNonNull(out, "out"))
        .bind(x);
  }
}
