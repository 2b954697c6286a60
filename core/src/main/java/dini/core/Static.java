package dini.core;

import java.util.Objects;

/**
 * Wraps static data in a tree: it has no derivative and passes through every transformation
 * unchanged.
 *
 * <p>A tree that is differentiated or batched may carry values of any class this way, for instance
 * a configuration record or a list of column names. Two calls with {@linkplain Object#equals equal}
 * static data count as the same call, so {@code T} should have value equality and must not be
 * changed while it is wrapped.
 *
 * @param value the data, not null
 * @param <T> the class of the data
 */
public record Static<T>(T value) {

  /** Wraps {@code value}. */
  public Static {
    Objects.requireNonNull(value, "value");
  }
}
