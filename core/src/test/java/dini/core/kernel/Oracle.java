package dini.core.kernel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.UnaryOperator;

/** Functions to 40 digits, and the distance of a double from them. */
final class Oracle {

  static final MathContext DIGITS = new MathContext(45);
  static final BigDecimal ONE = BigDecimal.ONE;
  static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** Guard digits for the repeated squaring. */
  private static final MathContext MORE = new MathContext(60);

  private static final BigDecimal NEAR_ZERO = new BigDecimal("0.01");

  private Oracle() {}

  static BigDecimal expm1(BigDecimal x) {
    BigDecimal y = x;
    int halvings = 0;
    while (y.abs().compareTo(NEAR_ZERO) > 0) {
      y = y.divide(TWO, MORE);
      halvings++;
    }
    BigDecimal term = ONE;
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 1; i < 24; i++) {
      term = term.multiply(y, MORE).divide(BigDecimal.valueOf(i), MORE);
      sum = sum.add(term, MORE);
    }
    if (halvings == 0) {
      return sum;
    }
    BigDecimal power = sum.add(ONE);
    for (int i = 0; i < halvings; i++) {
      power = power.multiply(power, MORE);
    }
    return power.subtract(ONE);
  }

  static BigDecimal exp(BigDecimal x) {
    return expm1(x).add(ONE);
  }

  /** One step of Halley's method from a double triples its digits. */
  static BigDecimal log1p(BigDecimal x) {
    BigDecimal y = new BigDecimal(StrictMath.log1p(x.doubleValue()));
    BigDecimal e = expm1(y);
    BigDecimal sum = x.add(e).add(TWO);
    return y.add(x.subtract(e).multiply(TWO).divide(sum, DIGITS));
  }

  static BigDecimal log(BigDecimal x) {
    BigDecimal y = new BigDecimal(StrictMath.log(x.doubleValue()));
    BigDecimal e = exp(y);
    return y.add(x.subtract(e).multiply(TWO).divide(x.add(e), DIGITS));
  }

  static BigDecimal tanh(BigDecimal x) {
    BigDecimal e = expm1(x.add(x));
    return e.divide(e.add(TWO), DIGITS);
  }

  static BigDecimal sigmoid(BigDecimal x) {
    return ONE.divide(ONE.add(exp(x.negate())), DIGITS);
  }

  static BigDecimal softplus(BigDecimal x) {
    return log1p(exp(x));
  }

  static BigDecimal sechSquared(BigDecimal x) {
    BigDecimal e = exp(x);
    BigDecimal sech = TWO.divide(e.add(ONE.divide(e, DIGITS)), DIGITS);
    return sech.multiply(sech);
  }

  /** How many units in the last place of the true value a result is away from it. */
  static double ulps(double result, double x, UnaryOperator<BigDecimal> function) {
    BigDecimal exact = function.apply(new BigDecimal(x));
    BigDecimal error = new BigDecimal(result).subtract(exact).abs();
    return error.divide(new BigDecimal(Math.ulp(exact.doubleValue())), DIGITS).doubleValue();
  }

  static BigDecimal dot(double[] x, double[] y) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      sum = sum.add(new BigDecimal(x[i]).multiply(new BigDecimal(y[i])));
    }
    return sum;
  }
}
