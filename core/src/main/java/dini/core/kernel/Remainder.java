package dini.core.kernel;

/** Division with the quotient rounded down, as in NumPy and Python; Java's % is exact. */
final class Remainder {
  private Remainder() {}

  /** {@code x - floor(x / y) y}, of the sign of y even where it is 0. */
  static double mod(double x, double y) {
    double r = x % y;
    if (r == 0.0) {
      return Math.copySign(0.0, y);
    }
    return r < 0.0 != y < 0.0 ? r + y : r;
  }

  /** {@code floor(x / y)} of the exact quotient; {@code x / y} for y = 0. */
  static double floorDiv(double x, double y) {
    if (y == 0.0) {
      return x / y;
    }
    double r = x % y;
    double quotient = (x - r) / y;
    if (r != 0.0 && r < 0.0 != y < 0.0) {
      quotient -= 1.0;
    }
    return quotient == 0.0 ? Math.copySign(0.0, x / y) : Math.rint(quotient);
  }
}
