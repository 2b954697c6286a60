package dini.functional.random;

import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.functional.primitive.Keyed;

/**
 * What random numbers are a function of: two words of 32 bits. Immutable; made by {@link Keys}, and
 * used once (see the page of this package).
 *
 * <p>Several keys are one too, a batch: a tree of one tensor for {@code vmap} to map over, of which
 * {@link #get} takes one.
 *
 * @param words the words, an INT32 tensor of shape (2,), or of shape (n, 2) for a batch of n keys
 */
public record Key(Tensor words) {

  /**
   * One of a batch of keys.
   *
   * @param i its number, negative from the end
   * @return the key
   * @throws dini.core.IndexException if there is no such key
   * @throws ShapeException if this is one key
   */
  public Key get(int i) {
    if (words.rank() < 2) {
      throw new ShapeException("get: this is one key, not a batch of them; split makes a batch");
    }
    return new Key(words.get(i));
  }

  /**
   * The shape of a batch of keys.
   *
   * @return the shape of the words without their last axis; () for one key
   */
  public Shape shape() {
    return words.rank() == 0 ? words.shape() : words.shape().remove(words.rank() - 1);
  }

  /** The words, if this is one key. */
  Tensor single(String operation) {
    if (words.rank() > 1) {
      throw new ShapeException(
          operation
              + ": expected one key, got a batch of shape "
              + shape()
              + "; take one with get, or map over them with vmap");
    }
    Keyed.batch(operation, words.type());
    return words;
  }
}
