package dini.core.primitive;

import java.util.Arrays;

/** An immutable list of ints, as a static parameter. */
public final class Ints {
  private final int[] values;

  private Ints(int[] values) {
    this.values = values;
  }

  /** The list of the given values. */
  public static Ints of(int... values) {
    return new Ints(values.clone());
  }

  /** The number of values. */
  public int size() {
    return values.length;
  }

  /** Value i. */
  public int get(int i) {
    return values[i];
  }

  /** The values, in a fresh array. */
  public int[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ints that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
