package dini.functional;

import dini.core.Program;
import java.util.List;
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
  private final Compilation<List<Object>, Y> compilation;

  /** Safe: a tree is rebuilt in the classes that were taken apart. */
  @SuppressWarnings("unchecked")
  JitBiFunction(BiFunction<? super X, ? super A, ? extends Y> f) {
    this.compilation = new Compilation<>(both -> f.apply((X) both.get(0), (A) both.get(1)));
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
    return compilation.apply(List.of(x, a));
  }

  /**
   * The program that arguments like these are compiled to, after what it does not need was removed.
   *
   * @param x a first argument of the right structure, shapes and dtypes
   * @param a such a second argument
   * @return the program
   */
  public Program program(X x, A a) {
    return compilation.program(List.of(x, a));
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
