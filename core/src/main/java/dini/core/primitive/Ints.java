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

  /** Whether every value is this one. */
  public boolean isAll(int value) {
    return Arrays.stream(values).allMatch(each -> each == value);
  }

  /** The values with their signs changed. */
  public Ints negated() {
    return new Ints(Arrays.stream(values).map(value -> -value).toArray());
  }

  /** The sums with another list of the same size. */
  public Ints plus(Ints other) {
    int[] sums = values.clone();
    Arrays.setAll(sums, i -> values[i] + other.values[i]);
    return new Ints(sums);
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
