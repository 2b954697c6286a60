package dini.functional;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Compilation of functions.
 *
 * <p>{@code jit(f)} runs f once for each signature (structure, shapes, dtypes, static data) to
 * record its {@link dini.core.Program}, removes what is not needed or said twice, and from then on
 * runs the program: chains of elementwise operations block by block, without tensors in between,
 * and everything else into arrays that every call uses again. It pays where a function is called
 * often: for small tensors, where operations cost less than their bookkeeping, and for large ones,
 * where memory is what takes time.
 *
 * <pre>{@code
 * Function<Tensor, ValueAndGrad<Tensor>> step = jit(x -> valueAndGrad(loss, x));
 * ValueAndGrad<Tensor> first = step.apply(x0);      // records and compiles
 * ValueAndGrad<Tensor> second = step.apply(x1);     // runs
 * }</pre>
 *
 * <p>The results have the bits that f itself gives, derivatives of every order included; only those
 * of a {@link ScanOptions#withSnapshots scan with snapshots} are sums in another order.
 *
 * <p>What f does is recorded once: it must be a function of its argument. Tensors and numbers that
 * it captures are constants of the program, so what they are later makes no difference; what it
 * prints, it prints while it is recorded. It cannot read values of tensors: an {@code if} or {@code
 * toDouble()} on one that depends on the argument is a {@link dini.core.TracerException}; numbers
 * that shall decide are static (components of type {@code int}, {@code boolean}, enums, … of
 * records), or the choice is made by {@code where}, {@code cond} or {@code whileLoop}. The solver
 * of a {@link Implicit#customRoot customRoot} is called as it is, on values, and may be any Java.
 * Nor does {@code x.equals(t)} compare values while f is recorded: it asks, without an error,
 * whether both are the same object; {@code all(eq(x, t))} is the comparison that is recorded.
 *
 * <p>Inside {@code grad}, {@code jvp} or another recording, where the argument is being
 * differentiated, {@code jit(f)} is f: compile the outermost function, as {@code jit(grad(f))}.
 * Inside {@code vmap} it compiles the function of all lanes.
 *
 * <p>Any number of threads may call a compiled function.
 */
public final class Jit {
  private Jit() {}

  /**
   * A function, compiled.
   *
   * @param f the function
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the function with the same values, bit for bit
   */
  public static <X, Y> JitFunction<X, Y> jit(Function<? super X, ? extends Y> f) {
    return new JitFunction<>(f);
  }

  /**
   * A function of two arguments, compiled.
   *
   * @param f the function
   * @param <X> the tree of its first argument
   * @param <A> the tree of its second argument
   * @param <Y> the tree of its result
   * @return the function with the same values, bit for bit
   */
  public static <X, A, Y> JitBiFunction<X, A, Y> jit(
      BiFunction<? super X, ? super A, ? extends Y> f) {
    return new JitBiFunction<>(f);
  }
}
