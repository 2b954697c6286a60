package dini.functional.random;

import dini.core.DType;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.primitive.FoldIn;
import dini.functional.primitive.SplitKey;

/**
 * Makes keys. The keys made from one are as good as independent of each other and of it.
 *
 * <p>As in JAX, {@code split(key, n).get(i)} and {@code foldIn(key, i)} are the same key: split a
 * key, or fold numbers into it, but not both.
 */
public final class Keys {
  private Keys() {}

  /**
   * The key of a seed: its upper and its lower 32 bits. Nearby seeds are as good as any.
   *
   * @param seed any number
   * @return the key
   */
  public static Key key(long seed) {
    return new Key(Tensors.ints((int) (seed >>> 32), (int) seed));
  }

  /**
   * Two new keys: {@code split(key, 2)}.
   *
   * @param key the key, which is used up
   * @return a batch of two keys, {@code get(0)} and {@code get(1)}
   */
  public static Key split(Key key) {
    return split(key, 2);
  }

  /**
   * New keys. The first ones do not depend on how many there are.
   *
   * @param key the key, which is used up
   * @param count how many
   * @return a batch of keys, to be taken one by one with {@link Key#get}, or mapped over
   * @throws IllegalArgumentException if the number is negative
   * @throws dini.core.ShapeException if this is a batch of keys already
   */
  public static Key split(Key key, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("split: expected a number of keys, got " + count);
    }
    return new Key(new SplitKey(count).bind(key.single("split")));
  }

  /**
   * A new key for a number, such as that of a step of a loop. Different numbers give different
   * keys.
   *
   * @param key the key, which may be used again to fold in other numbers, but for nothing else
   * @param number the number
   * @return the key
   */
  public static Key foldIn(Key key, long number) {
    return foldIn(key, Tensors.longs(number).reshape());
  }

  /**
   * A new key for a number that is a tensor, as inside {@code vmap}.
   *
   * @param key the key
   * @param number an INT32 or INT64 scalar
   * @return the key
   * @throws dini.core.DTypeException if the number is no integer
   * @throws dini.core.ShapeException if it is no scalar
   */
  public static Key foldIn(Key key, Tensor number) {
    Tensor wide = number.dtype() == DType.INT32 ? number.astype(DType.INT64) : number;
    return new Key(FoldIn.FOLD_IN.bind(key.single("foldIn"), wide));
  }
}
