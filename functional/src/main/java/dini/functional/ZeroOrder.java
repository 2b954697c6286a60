package dini.functional;

import dini.core.Tensor;
import dini.functional.random.Distribution;
import dini.functional.random.Key;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Gradients from values alone: for functions that have no derivative, or one that says nothing,
 * such as a count of errors or a simulation. The gradient of {@link #zeroOrder} is estimated from
 * values at points moved at random,
 *
 * <pre>{@code
 * BiFunction<Key, Params, Tensor> loss =
 *     zeroOrder(Net::errors, Method.ANTITHETIC, 64, 0.1, Distribution.NORMAL);
 * Params g = grad(p -> loss.apply(key, p), params);
 * }</pre>
 *
 * and is unbiased for the gradient of f smoothed, {@code E f(θ + σz)}: for normal z exactly so with
 * every {@link Method}; for other z up to terms of the order of σ².
 *
 * <p>Sources: Salimans, Ho, Chen, Sidor and Sutskever, Evolution Strategies as a Scalable
 * Alternative to Reinforcement Learning, 2017, sections 2 and 2.1; Nesterov and Spokoiny, Random
 * Gradient-Free Minimization of Convex Functions, Found. Comput. Math. 17 (2017), section 2.
 */
public final class ZeroOrder {
  private ZeroOrder() {}

  /** Which values an estimate is made of. Each is divided by σ once, so that its scale is right. */
  public enum Method {
    /**
     * {@code mean f(θ + σz) z / σ}. Its variance grows as {@code f(θ)² / σ²}: only for values that
     * average to about 0.
     */
    NAIVE,
    /** {@code mean (f(θ + σz) - f(θ)) z / σ}. No more values than the naive one, but for f(θ). */
    FORWARD,
    /**
     * {@code mean (f(θ + σz) - f(θ - σz)) z / (2σ)}. Two values a sample; the even part of f about
     * θ adds no variance. The one to begin with.
     */
    ANTITHETIC
  }

  /**
   * A function with the values of another, {@code f(θ)} at the point itself, whose derivative is
   * estimated from values. Nothing is drawn, and f is called once, where no derivative is asked
   * for; else it is called once more for all samples ({@code ANTITHETIC}: twice), by {@code vmap}:
   * f must not read values then, see {@link #blackBox}.
   *
   * <p>The derivative is with respect to all tensors of θ that are being differentiated, jointly:
   * each sample moves all of them at once, and no others. It is the linear map {@code θ̇ ->
   * <estimate, θ̇>}, in every mode. What f captures has its ordinary derivative.
   *
   * <p>f is never differentiated with respect to θ. A second derivative is that of the estimate as
   * a function of θ, in which the derivatives of f are estimated again, from independent samples:
   * unbiased for f smoothed twice, at the cost of {@code samples²} values.
   *
   * <p>The same key gives the same bits.
   *
   * @param f a function to a floating scalar
   * @param method which values to use
   * @param samples how many directions
   * @param sigma how far to move: bias falls with it as σ², and variance in the values of f grows
   *     as 1/σ²
   * @param distribution of the directions, of mean 0 and variance 1, which is trusted; its samples
   *     are converted to the dtype of each tensor
   * @param <X> the tree θ
   * @return the function of a key and of θ; it throws {@link dini.core.ShapeException} or {@link
   *     dini.core.DTypeException} if f gives anything but a floating scalar, or the distribution
   *     another shape than was asked for
   * @throws IllegalArgumentException if there is no sample, or sigma is not positive and finite
   */
  public static <X> BiFunction<Key, X, Tensor> zeroOrder(
      Function<? super X, ? extends Tensor> f,
      Method method,
      int samples,
      double sigma,
      Distribution distribution) {
    return new ZeroOrderFunction<>(f, method, samples, sigma, distribution);
  }

  /**
   * {@link #zeroOrder(Function, Method, int, double, Distribution)} applied, for where its argument
   * is to fix the type of a lambda.
   *
   * <pre>{@code
   * Tensor g = grad(
   *     x -> zeroOrder(z -> sum(sign(z)), Method.ANTITHETIC, 64, 0.1, NORMAL, key, x), x0);
   * }</pre>
   *
   * @param f a function to a floating scalar
   * @param method which values to use
   * @param samples how many directions
   * @param sigma how far to move
   * @param distribution of the directions
   * @param key the key, which is used up
   * @param x the point θ
   * @param <X> the tree θ
   * @return {@code f(x)}, with the estimated derivative
   */
  public static <X> Tensor zeroOrder(
      Function<? super X, ? extends Tensor> f,
      Method method,
      int samples,
      double sigma,
      Distribution distribution,
      Key key,
      X x) {
    return ZeroOrder.<X>zeroOrder(f, method, samples, sigma, distribution).apply(key, x);
  }

  /**
   * Any Java code that computes a number from the values of tensors, as a function that {@link
   * #zeroOrder} takes, and {@code vmap} too. It runs on plain tensors, which it can read, lane by
   * lane, one after the other on the calling thread.
   *
   * <pre>{@code
   * Function<Tensor, Tensor> f = blackBox(x -> simulator.run(x.toArray()));
   * Tensor g = grad(x -> zeroOrder(f, Method.ANTITHETIC, 32, 0.01, NORMAL, key, x), x0);
   * }</pre>
   *
   * @param f the code; its result should depend on its argument alone
   * @param <X> the tree of its argument
   * @return the function, to a FLOAT64 scalar; where it is differentiated itself, not by {@code
   *     zeroOrder}, and where it reads a captured value that is being differentiated, it throws
   *     {@link dini.core.TracerException}
   */
  public static <X> Function<X, Tensor> blackBox(ToDoubleFunction<? super X> f) {
    return new BlackBox<>(f);
  }
}
