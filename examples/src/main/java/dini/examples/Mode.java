package dini.examples;

import static dini.functional.Jit.jit;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a task is run.
 *
 * @param compiled whether its function is compiled, or run operation by operation
 * @param once whether it is run once only, and not again for the times of later calls
 */
record Mode(boolean compiled, boolean once) {
  static final Mode EAGER = new Mode(false, false);
  static final Mode JIT = new Mode(true, false);

  /** The function as this mode runs it. */
  <X, Y> Function<X, Y> of(Function<X, Y> f) {
    return compiled ? jit(f) : f;
  }

  /** The function as this mode runs it. */
  <X, A, Y> BiFunction<X, A, Y> of(BiFunction<X, A, Y> f) {
    return compiled ? jit(f) : f;
  }

  /** The times of later calls; NaN if there are none. */
  Stopwatch.Times time(Supplier<?> call) {
    return once ? new Stopwatch.Times(Double.NaN, Double.NaN) : Stopwatch.time(call);
  }
}
