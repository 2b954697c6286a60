package dini.functional;

import dini.core.Program;
import java.util.function.Function;

/**
 * A function that is compiled when it is first called with a signature: what {@link Jit#jit} makes
 * of a function.
 *
 * @param <X> the tree of its argument
 * @param <Y> the tree of its result
 */
public final class JitFunction<X, Y> implements Function<X, Y> {
  private final Compilation<X, Y> compilation;

  JitFunction(Function<? super X, ? extends Y> f) {
    this.compilation = new Compilation<>(f);
  }

  /**
   * The value of the function.
   *
   * @param x its argument
   * @return the value, with the bits that the function itself gives
   */
  @Override
  public Y apply(X x) {
    return compilation.apply(x);
  }

  /**
   * The program that an argument like this one is compiled to, after what it does not need was
   * removed.
   *
   * @param example an argument of the right structure, shapes and dtypes
   * @return the program
   */
  public Program program(X example) {
    return compilation.program(example);
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
