package dini.core.compile;

import java.util.Optional;

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
    int divisor = row;
    for (int rest = multiple % divisor; rest != 0; ) {
      int next = divisor % rest;
      divisor = rest;
      rest = next;
    }
    long both = (long) multiple / divisor * row;
    boolean powers = dyadic || ending instanceof Ending.Whole;
    boolean fits = both <= Ending.LONGEST_ROW && (!powers || Long.bitCount(both) == 1);
    return fits ? Optional.of(new BlockUnit((int) both, powers)) : Optional.empty();
  }

  /** The length of a block of about so many elements, a power of two. */
  int block(int about) {
    return multiple >= about ? multiple : about / multiple * multiple;
  }
}
