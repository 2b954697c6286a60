package dini.functional;

import dini.core.Program;
import java.util.function.BiFunction;

/**
 * A function of two arguments that is compiled when it is first called with a signature: what
 * {@link Jit#jit} makes of one.
 *
 * @param <X> the tree of its first argument
 * @param <A> the tree of its second argument
 * @param <Y> the tree of its result
 */
public final class JitBiFunction<X, A, Y> implements BiFunction<X, A, Y> {
  private final Compilation<Both<X, A>, Y> compilation;

  /** Two arguments as one. */
  record Both<X, A>(X x, A a) {}

  JitBiFunction(BiFunction<? super X, ? super A, ? extends Y> f) {
    this.compilation = new Compilation<>(both -> f.apply(both.x, both.a));
  }

  /**
   * The value of the function.
   *
   * @param x its first argument
   * @param a its second argument
   * @return the value, with the bits that the function itself gives
   */
  @Override
  public Y apply(X x, A a) {
    return compilation.apply(new Both<>(x, a));
  }

  /**
   * The program that arguments like these are compiled to, after what it does not need was removed.
   *
   * @param x a first argument of the right structure, shapes and dtypes
   * @param a such a second argument
   * @return the program
   */
  public Program program(X x, A a) {
    return compilation.program(new Both<>(x, a));
  }

  /**
   * The compiled programs, by signature.
   *
   * @return the cache of this function
   */
  public JitCache cache() {
    return compilation.cache();
  }
}
