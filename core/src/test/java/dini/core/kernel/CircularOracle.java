package dini.core.kernel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Circular functions and their inverses to 40 digits, for every double. */
final class CircularOracle {
  private static final MathContext MORE = new MathContext(90);

  /** The largest double has 309 digits before the point. */
  private static final MathContext HUGE = new MathContext(430);

  private static final BigDecimal HALF_PI = pi().divide(Oracle.TWO, HUGE);

  private CircularOracle() {}

  /** Machin: {@code 16 atan(1/5) - 4 atan(1/239)}. */
  private static BigDecimal pi() {
    BigDecimal first = atanOfInverse(5).multiply(BigDecimal.valueOf(16));
    return first.subtract(atanOfInverse(239).multiply(BigDecimal.valueOf(4)));
  }

  private static BigDecimal atanOfInverse(int n) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal power = Oracle.ONE.divide(BigDecimal.valueOf(n), HUGE);
    for (int k = 0; k < 310; k++) {
      BigDecimal term = power.divide(BigDecimal.valueOf(2 * k + 1), HUGE);
      sum = k % 2 == 0 ? sum.add(term) : sum.subtract(term);
      power = power.divide(BigDecimal.valueOf((long) n * n), HUGE);
    }
    return sum;
  }

  /** {@code sin(x + turn pi / 2)}. */
  private static BigDecimal sine(BigDecimal x, int turn) {
    BigDecimal k = x.divide(HALF_PI, HUGE).setScale(0, RoundingMode.HALF_EVEN);
    BigDecimal r = x.subtract(k.multiply(HALF_PI)).round(MORE);
    int quadrant = k.toBigInteger().intValue() + turn & 3;
    BigDecimal square = r.multiply(r).negate();
    BigDecimal term = quadrant % 2 == 0 ? r : Oracle.ONE;
    BigDecimal sum = term;
    for (int i = quadrant % 2 == 0 ? 3 : 2; i < 50; i += 2) {
      term = term.multiply(square).divide(BigDecimal.valueOf((long) i * (i - 1)), MORE);
      sum = sum.add(term, MORE);
    }
    return quadrant < 2 ? sum : sum.negate();
  }

  static BigDecimal sin(BigDecimal x) {
    return sine(x, 0);
  }

  static BigDecimal cos(BigDecimal x) {
    return sine(x, 1);
  }

  static BigDecimal tan(BigDecimal x) {
    return sin(x).divide(cos(x), MORE);
  }

  /** One step of a method of third order from a double triples its digits. */
  static BigDecimal atan(BigDecimal x) {
    BigDecimal y = new BigDecimal(StrictMath.atan(x.doubleValue()));
    for (int i = 0; i < 2; i++) {
      BigDecimal sine = sin(y);
      BigDecimal cosine = cos(y);
      // y + sin(exact - y) cos(exact - y) by tan of the difference
      BigDecimal top = x.multiply(cosine).subtract(sine);
      BigDecimal bottom = cosine.add(x.multiply(sine));
      y = y.add(top.divide(bottom, MORE), MORE);
    }
    return y;
  }

  static BigDecimal asin(BigDecimal x) {
    BigDecimal rest = Oracle.ONE.subtract(x.multiply(x));
    return rest.signum() == 0
        ? HALF_PI.multiply(x).round(MORE)
        : atan(x.divide(rest.sqrt(MORE), MORE));
  }

  static BigDecimal acos(BigDecimal x) {
    return HALF_PI.subtract(asin(x));
  }

  /** The angle of (x, y). */
  static BigDecimal atan2(BigDecimal y, BigDecimal x) {
    BigDecimal angle = atan(y.divide(x, MORE));
    BigDecimal turn = HALF_PI.multiply(Oracle.TWO);
    return x.signum() > 0 ? angle : y.signum() < 0 ? angle.subtract(turn) : angle.add(turn);
  }
}
