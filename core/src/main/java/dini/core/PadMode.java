package dini.core;

/** What stands around a tensor that is padded by its own elements; a, b, c, d are its elements. */
public enum PadMode {
  /** The nearest element: {@code a a | a b c d | d d}. */
  EDGE,
  /** Mirrored at the outermost elements: {@code c b | a b c d | c b}. One element is repeated. */
  REFLECT,
  /** Mirrored at the edge: {@code b a | a b c d | d c}. */
  SYMMETRIC,
  /** Continued periodically: {@code c d | a b c d | a b}. */
  WRAP;

  /** The position in an axis of extent n, not 0, that is read at position {@code at} from it. */
  int position(int at, int n) {
    return switch (this) {
      case EDGE -> Math.clamp(at, 0, n - 1);
      case WRAP -> Math.floorMod(at, n);
      case REFLECT -> {
        int period = Math.max(1, 2 * (n - 1));
        int folded = Math.floorMod(at, period);
        yield folded < n ? folded : period - folded;
      }
      case SYMMETRIC -> {
        int folded = Math.floorMod(at, 2 * n);
        yield folded < n ? folded : 2 * n - 1 - folded;
      }
    };
  }
}
