package dini.functional;

import java.util.function.Function;

/**
 * The value of a function and its pullback.
 *
 * @param value the value
 * @param pullback takes a cotangent, a tree like the value, to the cotangent of the argument; it
 *     may be called any number of times
 * @param <X> the tree of the argument
 * @param <Y> the tree of the result
 */
public record Vjp<X, Y>(Y value, Function<Y, X> pullback) {
  @Override
  public String toString() {
    return "Vjp[value=" + value + "]";
  }
}
