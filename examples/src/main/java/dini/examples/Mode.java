package dini.examples;

import static dini.functional.Jit.jit;

import java.util.function.BiFunction;
import java.util.function.Function;

/** How a task is run. */
enum Mode {
  /** Operation by operation. */
  EAGER,
  /** Compiled. */
  JIT;

  /** The function as this mode runs it. */
  <X, Y> Function<X, Y> of(Function<X, Y> f) {
    return this == JIT ? jit(f) : f;
  }

  /** The function as this mode runs it. */
  <X, A, Y> BiFunction<X, A, Y> of(BiFunction<X, A, Y> f) {
    return this == JIT ? jit(f) : f;
  }
}
