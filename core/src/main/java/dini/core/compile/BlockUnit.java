package dini.core.compile;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the reductions of a chain ask of its blocks.
 *
 * @param multiple blocks have a multiple of so many elements
 * @param dyadic blocks have a power of two of elements, so that they fill those of a sum
 */
record BlockUnit(int multiple, boolean dyadic) {
  static final BlockUnit ANY = new BlockUnit(1, false);

  /** What a chain with one more reduction asks, if both can be had. */
  Optional<BlockUnit> with(Ending ending) {
    int row = ending.row();
    long both = (long) multiple / divisor(multiple, row) * row;
    boolean powers = dyadic || ending instanceof Ending.Whole;
    boolean fits = both <= Ending.LONGEST_ROW && (!powers || Long.bitCount(both) == 1);
    return fits ? Optional.of(new BlockUnit((int) both, powers)) : Optional.empty();
  }

  /** The length of a block of about so many elements; that number is a power of two. */
  int block(int about) {
    return multiple >= about ? multiple : about / multiple * multiple;
  }

  /** The longest block of some lengths that divides how many elements stand together. */
  OptionalInt within(int together, int shortest, int longest) {
    for (int length = Math.min(longest, together); length >= shortest; length--) {
      if (together % length == 0
          && length % multiple == 0
          && (!dyadic || Integer.bitCount(length) == 1)) {
        return OptionalInt.of(length);
      }
    }
    return OptionalInt.empty();
  }

  /** The greatest common divisor; that of 0 and x is x. */
  static int divisor(int x, int y) {
    return x == 0 ? y : divisor(y % x, x);
  }
}
