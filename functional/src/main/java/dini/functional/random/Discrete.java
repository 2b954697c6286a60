package dini.functional.random;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Indexing;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.kernel.RandomKernel;
import dini.functional.primitive.Draw;
import dini.functional.primitive.DrawIntegers;
import dini.functional.primitive.Permute;

/**
 * Random bits, integers, choices and orders. Each function takes a key (see the page of this
 * package); elements are independent of each other.
 */
public final class Discrete {
  private Discrete() {}

  /**
   * Random bits: 64 in every element of an INT64 tensor, 32 in INT32, one in BOOL.
   *
   * @param key the key, which is used up
   * @param type shape and dtype
   * @return a tensor of that type
   * @throws DTypeException if the dtype is a floating one
   */
  public static Tensor bits(Key key, TensorType type) {
    if (type.dtype().isFloating()) {
      throw new DTypeException("bits: expected INT32, INT64 or BOOL, got " + type);
    }
    return new Draw(RandomKernel.BITS, type.shape(), type.dtype()).bind(key.single("bits"));
  }

  /**
   * Random bits, 64 in every element.
   *
   * @param key the key, which is used up
   * @param extents the shape; none for a scalar
   * @return an INT64 tensor
   */
  public static Tensor bits(Key key, int... extents) {
    return bits(key, new TensorType(Shape.of("bits", extents), DType.INT64));
  }

  /**
   * True with probability p, else false.
   *
   * @param key the key, which is used up
   * @param p the probability
   * @param extents the shape; none for a scalar
   * @return a BOOL tensor
   * @throws IllegalArgumentException unless p is from 0 to 1
   */
  public static Tensor bernoulli(Key key, double p, int... extents) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("bernoulli: expected a probability, got " + p);
    }
    key.single("bernoulli");
    TensorType type = new TensorType(Shape.of("bernoulli", extents), DType.FLOAT64);
    return Continuous.uniform(key, type).lt(p);
  }

  /**
   * True with the probabilities p, else false: {@code uniform < p}, so that nothing at or above 1
   * is false, and nothing at or below 0, nor NaN, is true. Carries no derivative.
   *
   * @param key the key, which is used up
   * @param p the probabilities, of a floating dtype
   * @return a BOOL tensor of the shape of p
   * @throws DTypeException if p is not floating
   */
  public static Tensor bernoulli(Key key, Tensor p) {
    if (!p.dtype().isFloating()) {
      throw new DTypeException("bernoulli: expected floating probabilities, got " + p.type());
    }
    key.single("bernoulli");
    return Continuous.uniform(key, p.type()).lt(p);
  }

  /**
   * Rademacher numbers: 1 or -1, as likely. Mean 0, variance 1.
   *
   * @param key the key, which is used up
   * @param type shape and dtype, not BOOL
   * @return a tensor of that type
   * @throws DTypeException if the dtype is BOOL
   */
  public static Tensor rademacher(Key key, TensorType type) {
    if (type.dtype() == DType.BOOL) {
      throw new DTypeException("rademacher: expected a dtype of numbers, got " + type);
    }
    key.single("rademacher");
    Tensor heads = bits(key, new TensorType(type.shape(), DType.BOOL));
    return Comparisons.where(heads, Tensors.full(1, type.dtype()), -1);
  }

  /**
   * Rademacher numbers: 1 or -1, as likely.
   *
   * @param key the key, which is used up
   * @param extents the shape; none for a scalar
   * @return a FLOAT64 tensor
   */
  public static Tensor rademacher(Key key, int... extents) {
    return rademacher(key, new TensorType(Shape.of("rademacher", extents), DType.FLOAT64));
  }

  /**
   * Integers from min to max - 1, all exactly as likely (Lemire 2019, by rejection).
   *
   * @param key the key, which is used up
   * @param shape the shape
   * @param min the least integer
   * @param max the bound, above all integers
   * @return an INT64 tensor
   * @throws IllegalArgumentException unless {@code min < max}
   */
  public static Tensor randint(Key key, Shape shape, long min, long max) {
    if (min >= max) {
      throw new IllegalArgumentException("randint: expected min < max, got " + min + " and " + max);
    }
    return new DrawIntegers(shape, min, max - min).bind(key.single("randint"));
  }

  /**
   * The numbers 0 .. count - 1 in random order, all orders as likely (Fisher and Yates, inside
   * out).
   *
   * @param key the key, which is used up
   * @param count how many
   * @return an INT64 vector
   * @throws IllegalArgumentException if the number is negative
   */
  public static Tensor permutation(Key key, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("permutation: expected a count, got " + count);
    }
    return new Permute(count).bind(key.single("permutation"));
  }

  /**
   * The slices of a tensor along axis 0 in random order. The first k of them are k slices drawn
   * without replacement:
   *
   * <pre>{@code
   * Tensor few = permutation(key, x).get(Index.to(k));
   * }</pre>
   *
   * @param key the key, which is used up
   * @param x the tensor, of rank 1 at least
   * @return a tensor of the type of x; linear in x
   * @throws ShapeException if x is a scalar
   */
  public static Tensor permutation(Key key, Tensor x) {
    return Indexing.take(
        x, permutation(key, x.shape().extent(x.shape().axis("permutation", 0))), 0);
  }

  /**
   * Slices of a tensor along axis 0, drawn with replacement, all as likely.
   *
   * @param key the key, which is used up
   * @param x the tensor, with at least one slice
   * @param extents how many to draw: they replace axis 0
   * @return a tensor of shape {@code extents + x.shape[1:]}; linear in x
   * @throws ShapeException if x is a scalar, or has nothing to choose from
   */
  public static Tensor choice(Key key, Tensor x, int... extents) {
    key.single("choice");
    int count = x.shape().extent(x.shape().axis("choice", 0));
    if (count == 0) {
      throw new ShapeException("choice: nothing to choose from in " + x.type());
    }
    return Indexing.take(x, randint(key, Shape.of("choice", extents), 0, count), 0);
  }

  /**
   * Categories drawn with probabilities {@code softmax(logits)}, by the largest of {@code logits +
   * gumbel} (Maddison, Tarlow and Minka, A* Sampling, NIPS 2014, section 2). A logit of -infinity
   * is a category that never comes. Carries no derivative.
   *
   * @param key the key, which is used up
   * @param logits logarithms of weights, categories along the last axis, of which there is at least
   *     one
   * @return an INT64 tensor of the shape of the logits without the last axis; where logits are NaN,
   *     or all -infinity, the number of categories, which is none of them
   * @throws ShapeException if the logits are a scalar, or there are no categories
   * @throws DTypeException if they are not floating
   */
  public static Tensor categorical(Key key, Tensor logits) {
    key.single("categorical");
    if (!logits.dtype().isFloating()) {
      throw new DTypeException("categorical: expected floating logits, got " + logits.type());
    }
    int last = logits.shape().axis("categorical", -1);
    int count = logits.shape().extent(last);
    if (count == 0) {
      throw new ShapeException("categorical: no categories in " + logits.type());
    }
    Tensor noisy = logits.add(Continuous.gumbel(key, logits.type()));
    Tensor peak = Reductions.max(noisy, new int[] {last}, true);
    Tensor numbers = Tensors.arange(count).astype(DType.INT64);
    Tensor none = Tensors.full(count, DType.INT64);
    Tensor winners = Comparisons.where(noisy.eq(peak), numbers, none);
    Tensor possible = Comparisons.where(peak.gt(Double.NEGATIVE_INFINITY), winners, none);
    return Reductions.min(possible, last);
  }
}
