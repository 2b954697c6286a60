package dini.functional.random;

import dini.core.Shape;
import dini.core.Tensor;

/**
 * How to draw independent numbers of mean 0 and variance 1, from a key and for a shape.
 *
 * <p>A distribution of one's own is a lambda made of the functions of this package, so that it can
 * be mapped over keys:
 *
 * <pre>{@code
 * Distribution flat = (key, shape) -> uniform(key, shape, -Math.sqrt(3), Math.sqrt(3));
 * }</pre>
 */
@FunctionalInterface
public interface Distribution {
  /** Normal numbers. */
  Distribution NORMAL = (key, shape) -> Continuous.normal(key, shape.toArray());

  /** 1 or -1, as likely. */
  Distribution RADEMACHER = (key, shape) -> Discrete.rademacher(key, shape.toArray());

  /**
   * Draws.
   *
   * @param key the key, which is used up
   * @param shape the shape
   * @return a tensor of that shape
   */
  Tensor sample(Key key, Shape shape);
}
