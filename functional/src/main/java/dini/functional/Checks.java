package dini.functional;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Tests of derivatives, for those who write functions and rules: they throw {@link AssertionError}
 * where a derivative is not the limit of differences, or where two ways to the same number
 * disagree.
 *
 * <pre>{@code
 * checkGrads(x -> sum(tanh(x)), x0, 2);                    // first and second order, all modes
 * checkGrads(x -> loop(x), x0, 2, Mode.FORWARD);           // what has no reverse mode
 * checkRule(customJvp(f, rule), f, x0);                    // a rule of one's own
 * }</pre>
 *
 * <p>Directions are drawn at random from a seed, and one direction at a time is checked: a wrong
 * derivative shows in almost every one. A failure names the order, the modes, both numbers, and the
 * seed. Choose points where the function is smooth: at a kink the differences see both sides.
 *
 * <p>Source: {@code jax.test_util.check_grads}.
 */
public final class Checks {
  private Checks() {}

  /** How a derivative is computed. */
  public enum Mode {
    /** By {@link Transforms#jvp}. */
    FORWARD,
    /** By {@link Transforms#vjp}. */
    REVERSE
  }

  /**
   * Compares derivatives of a function, in some modes and their combinations, with differences.
   *
   * @param f the function
   * @param x where to check
   * @param order up to which order, at least 1; with both modes the work doubles with each
   * @param modes which modes to take at each order; none stands for all
   * @param <X> the tree of arguments
   * @throws AssertionError if a derivative is off by more than the tolerance
   */
  public static <X> void checkGrads(Function<? super X, ?> f, X x, int order, Mode... modes) {
    checkGrads(CheckOptions.standard(), f, x, order, modes);
  }

  /**
   * Compares derivatives of a function with differences of fourth order along a random direction:
   * the tangent in forward mode, its inner product with a random cotangent in reverse mode. The
   * derivative along a direction, and the pullback of a cotangent, are functions again, which are
   * checked up to the order.
   *
   * @param options tolerance, step and seed
   * @param f the function
   * @param x where to check
   * @param order up to which order, at least 1
   * @param modes which modes to take at each order; none stands for all
   * @param <X> the tree of arguments
   * @throws AssertionError if a derivative is off by more than the tolerance
   */
  public static <X> void checkGrads(
      CheckOptions options, Function<? super X, ?> f, X x, int order, Mode... modes) {
    if (order < 1) {
      throw new IllegalArgumentException("checkGrads: order " + order + "; expected 1 or more");
    }
    Set<Mode> all = modes.length == 0 ? EnumSet.allOf(Mode.class) : EnumSet.of(modes[0], modes);
    GradientCheck.of("checkGrads", options, f, x).upTo(order, all);
  }

  /**
   * Checks the laws of a function with a derivative of its own: value and tangent are those of the
   * function and its differences, the tangent is linear in the direction, and the pullback is the
   * transpose of that, {@code <u, Jv> = <J'u, v>}.
   *
   * @param function the function, as {@link CustomDerivatives} gives it
   * @param x where to check
   * @param <X> the tree of arguments
   * @throws AssertionError if a law does not hold
   */
  public static <X> void checkRule(Function<? super X, ?> function, X x) {
    GradientCheck check = GradientCheck.of("checkRule", CheckOptions.standard(), function, x);
    check.upTo(1, EnumSet.of(Mode.FORWARD));
    check.laws();
  }

  /**
   * Checks the laws of a function with a derivative of its own, and that it agrees with the
   * derivative of another function, in value and both modes.
   *
   * @param function the function, as {@link CustomDerivatives} gives it
   * @param reference a function of the same values, differentiated by its operations
   * @param x where to check
   * @param <X> the tree of arguments
   * @throws AssertionError if a law does not hold, or the two disagree
   */
  public static <X> void checkRule(
      Function<? super X, ?> function, Function<? super X, ?> reference, X x) {
    checkRule(function, x);
    GradientCheck.of("checkRule", CheckOptions.standard(), function, x)
        .agreesWith(GradientCheck.of("checkRule", CheckOptions.standard(), reference, x));
  }
}
