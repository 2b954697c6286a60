package dini.core.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Functions of statistics to 40 digits, by series that the kernels do not use. */
final class SpecialOracle {
  private static final MathContext MORE = new MathContext(90);

  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** Arguments are moved beyond this before an asymptotic series is summed. */
  private static final int FAR = 60;

  static final BigDecimal PI = pi();

  private static final BigDecimal ROOT_PI = PI.sqrt(MORE);

  private static final BigDecimal ROOT_TWO = Oracle.TWO.sqrt(MORE);

  private static final BigDecimal[] BERNOULLI = bernoulli(42);

  private SpecialOracle() {}

  /** Machin: {@code 16 atan(1/5) - 4 atan(1/239)}. */
  private static BigDecimal pi() {
    BigDecimal sixteen = BigDecimal.valueOf(16);
    return sixteen
        .multiply(atanOfInverse(5))
        .subtract(Oracle.TWO.add(Oracle.TWO).multiply(atanOfInverse(239)));
  }

  private static BigDecimal atanOfInverse(int n) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal power = Oracle.ONE.divide(BigDecimal.valueOf(n), MORE);
    for (int k = 0; k < 70; k++) {
      BigDecimal term = power.divide(BigDecimal.valueOf(2 * k + 1), MORE);
      sum = k % 2 == 0 ? sum.add(term) : sum.subtract(term);
      power = power.divide(BigDecimal.valueOf((long) n * n), MORE);
    }
    return sum;
  }

  /** {@code sum over k of binomial(m + 1, k) B(k) = 0}. */
  private static BigDecimal[] bernoulli(int last) {
    BigDecimal[] numbers = new BigDecimal[last + 1];
    numbers[0] = Oracle.ONE;
    for (int m = 1; m <= last; m++) {
      BigDecimal sum = BigDecimal.ZERO;
      BigInteger binomial = BigInteger.ONE;
      for (int k = 0; k < m; k++) {
        sum = sum.add(numbers[k].multiply(new BigDecimal(binomial)), MORE);
        binomial =
            binomial.multiply(BigInteger.valueOf(m + 1 - k)).divide(BigInteger.valueOf(k + 1));
      }
      numbers[m] = sum.negate().divide(BigDecimal.valueOf(m + 1), MORE);
    }
    return numbers;
  }

  /** The Taylor series; for |x| below 7. */
  static BigDecimal erf(BigDecimal x) {
    BigDecimal square = x.multiply(x);
    BigDecimal power = x;
    BigDecimal sum = x;
    for (int k = 1; k < 400; k++) {
      power = power.multiply(square).divide(BigDecimal.valueOf(-k), MORE);
      sum = sum.add(power.divide(BigDecimal.valueOf(2 * k + 1), MORE), MORE);
    }
    return sum.multiply(Oracle.TWO).divide(ROOT_PI, MORE);
  }

  /** From 6 up by its continued fraction. */
  static BigDecimal erfc(BigDecimal x) {
    if (x.compareTo(BigDecimal.valueOf(6)) < 0) {
      return Oracle.ONE.subtract(erf(x));
    }
    BigDecimal fraction = x;
    for (int k = 300; k > 0; k--) {
      fraction = x.add(HALF.multiply(BigDecimal.valueOf(k)).divide(fraction, MORE));
    }
    BigDecimal e = Oracle.exp(x.multiply(x).negate());
    return e.divide(fraction.multiply(ROOT_PI), Oracle.DIGITS);
  }

  /** {@code x erfc(-x / sqrt(2)) / 2}. */
  static BigDecimal gelu(BigDecimal x) {
    BigDecimal scaled = x.negate().divide(ROOT_TWO, MORE);
    return x.multiply(erfc(scaled)).multiply(HALF);
  }

  /** How many terms bring the argument beyond {@link #FAR}. */
  private static int shift(BigDecimal x) {
    return Math.max(FAR - (int) Math.floor(x.doubleValue()), 0);
  }

  static BigDecimal lgamma(BigDecimal x) {
    int n = shift(x);
    BigDecimal product = Oracle.ONE;
    for (int k = 0; k < n; k++) {
      product = product.multiply(x.add(BigDecimal.valueOf(k)).abs(), MORE);
    }
    BigDecimal z = x.add(BigDecimal.valueOf(n));
    BigDecimal sum = z.subtract(HALF).multiply(log(z)).subtract(z);
    sum = sum.add(log(PI.multiply(Oracle.TWO)).multiply(HALF));
    for (int k = 1; k <= 20; k++) {
      BigDecimal bottom = z.pow(2 * k - 1, MORE).multiply(BigDecimal.valueOf(2L * k * (2 * k - 1)));
      sum = sum.add(BERNOULLI[2 * k].divide(bottom, MORE));
    }
    return n == 0 ? sum : sum.subtract(log(product));
  }

  /** The product of the recurrence is beyond the range of double. */
  private static BigDecimal log(BigDecimal x) {
    int digits = x.precision() - x.scale();
    BigDecimal tens = Oracle.log(BigDecimal.TEN).multiply(BigDecimal.valueOf(digits));
    return Oracle.log(x.movePointLeft(digits)).add(tens);
  }

  static BigDecimal digamma(BigDecimal x) {
    int n = shift(x);
    BigDecimal z = x.add(BigDecimal.valueOf(n));
    BigDecimal sum = log(z).subtract(HALF.divide(z, MORE));
    for (int k = 1; k <= 20; k++) {
      BigDecimal bottom = z.pow(2 * k, MORE).multiply(BigDecimal.valueOf(2L * k));
      sum = sum.subtract(BERNOULLI[2 * k].divide(bottom, MORE));
    }
    for (int k = 0; k < n; k++) {
      sum = sum.subtract(Oracle.ONE.divide(x.add(BigDecimal.valueOf(k)), MORE));
    }
    return sum;
  }

  static BigDecimal polygamma(int order, BigDecimal x) {
    int n = shift(x);
    BigDecimal z = x.add(BigDecimal.valueOf(n));
    BigDecimal sum = factorial(order - 1).divide(z.pow(order, MORE), MORE);
    sum = sum.add(factorial(order).multiply(HALF).divide(z.pow(order + 1, MORE), MORE));
    for (int k = 1; k <= 20; k++) {
      BigDecimal top = BERNOULLI[2 * k].multiply(factorial(2 * k + order - 1));
      sum = sum.add(top.divide(factorial(2 * k).multiply(z.pow(2 * k + order, MORE)), MORE));
    }
    for (int k = 0; k < n; k++) {
      BigDecimal term = x.add(BigDecimal.valueOf(k)).pow(order + 1, MORE);
      sum = sum.add(factorial(order).divide(term, MORE));
    }
    return order % 2 == 0 ? sum.negate() : sum;
  }

  private static BigDecimal factorial(int n) {
    BigDecimal product = Oracle.ONE;
    for (int k = 2; k <= n; k++) {
      product = product.multiply(BigDecimal.valueOf(k));
    }
    return product;
  }

  static BigDecimal asinh(BigDecimal x) {
    return Oracle.log(x.add(x.multiply(x).add(Oracle.ONE).sqrt(MORE)));
  }

  static BigDecimal acosh(BigDecimal x) {
    return Oracle.log(x.add(x.multiply(x).subtract(Oracle.ONE).sqrt(MORE)));
  }

  static BigDecimal atanh(BigDecimal x) {
    BigDecimal ratio = Oracle.ONE.add(x).divide(Oracle.ONE.subtract(x), MORE);
    return Oracle.log(ratio).multiply(HALF);
  }

  static BigDecimal exp2(BigDecimal x) {
    return Oracle.exp(x.multiply(Oracle.log(Oracle.TWO)));
  }

  static BigDecimal log2(BigDecimal x) {
    return Oracle.log(x).divide(Oracle.log(Oracle.TWO), Oracle.DIGITS);
  }

  static BigDecimal hypot(BigDecimal x, BigDecimal y) {
    return x.multiply(x).add(y.multiply(y)).sqrt(Oracle.DIGITS);
  }
}
