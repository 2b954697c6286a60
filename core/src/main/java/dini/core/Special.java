package dini.core;

import dini.core.primitive.Binary;
import dini.core.primitive.Polygamma;
import dini.core.primitive.Unary;
import dini.core.trace.Bind;

/**
 * Functions of probability and statistics, element by element. Operands of two broadcast as in
 * {@link Elementwise}. Error bounds are in units in the last place of FLOAT64, and tests hold them
 * against series of 40 digits; FLOAT32 is computed in double and rounded.
 *
 * <p>Errors: {@link DTypeException} for a dtype that is not floating and {@link ShapeException},
 * naming the operation and what came.
 */
public final class Special {
  private Special() {}

  /**
   * The error function, {@code 2 / sqrt(π)} times the integral of {@code exp(-t^2)} from 0 to x; 1
   * and -1 at the infinities. Within 3 ulp. Derivative {@code 2 / sqrt(π) exp(-x^2)}.
   *
   * <pre>{@code
   * Tensor p = erf(x.div(Math.sqrt(2))).add(1).mul(0.5);   // P(Z < x) of a normal Z
   * }</pre>
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor erf(Tensor x) {
    return Bind.bind(Unary.ERF, x);
  }

  /**
   * {@code 1 - erf(x)}, with all digits where erf is nearly 1; 0 from 27.23 up. Within 4 ulp, but
   * for subnormal results. Derivative {@code -2 / sqrt(π) exp(-x^2)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor erfc(Tensor x) {
    return Bind.bind(Unary.ERFC, x);
  }

  /**
   * The inverse of erf: infinite at 1 and -1, NaN beyond; +0 at both zeros, as in SciPy. Within 5
   * ulp: the quantile of the normal distribution by Wichura, Algorithm AS 241 (1988). Derivative
   * {@code sqrt(π) / 2 exp(erfInv(x)^2)}, infinite at both ends.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor erfInv(Tensor x) {
    return Bind.bind(Unary.ERF_INV, x);
  }

  /**
   * {@code log |Γ(x)|}; +infinity at 0, the negative integers and +infinity, -infinity at
   * -infinity. Within 3 ulp for positive x, also near the zeros at 1 and 2; for negative x {@code
   * 1e-15 (1 + |x| log(1 + |x|))} may be lost beside 4 ulp, which shows near its zeros there.
   * Derivative {@link #digamma}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor lgamma(Tensor x) {
    return Bind.bind(Unary.LGAMMA, x);
  }

  /**
   * The derivative of {@link #lgamma}: -infinity at 0, +infinity at -0, NaN at the negative
   * integers and -infinity. Within 3 ulp for positive x, also near the zero at 1.46163; for
   * negative x within 4 ulp of the larger of {@code digamma(1 - x)} and {@code π / tan(πx)}, of
   * which it is the difference. Derivative {@link #polygamma polygamma(1, x)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor digamma(Tensor x) {
    return Bind.bind(Unary.DIGAMMA, x);
  }

  /**
   * The derivative of order n of {@link #digamma}: {@code (-1)^(n+1) n!} times the sum of {@code (x
   * + k)^-(n+1)} over k from 0; trigamma for n = 1, digamma itself for n = 0. At 0 and the negative
   * integers +infinity for odd n; for even n of the sign opposite to that of the zero, and NaN at
   * the negative integers. 0 at +infinity.
   *
   * <p>Within 8 + n / 2 ulp for positive x, and for negative x of odd n; for even n, whose zeros
   * lie between the poles, of the largest term of the sum. By the formula of Euler and Maclaurin
   * (NIST Handbook of Mathematical Functions, 25.11.7), in about 10 + n terms. Derivative {@code
   * polygamma(n + 1, x)}.
   *
   * @param n the order, from 0 to 170
   * @param x the argument
   * @return the result, of the shape and dtype of x
   * @throws IllegalArgumentException if the order is out of range
   */
  public static Tensor polygamma(int n, Tensor x) {
    if (n != 0) {
      return Bind.bind(new Polygamma(n), x);
    }
    Unary.DIGAMMA.check("polygamma", x.type());
    return digamma(x);
  }

  /**
   * {@code x log(y)}, and 0 where x is 0, whatever y but NaN. Within 2 ulp. Derivatives {@code
   * log(y)} and {@code x / y}; at (0, 0) they are -infinity and 0.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor xlogy(Tensor x, Tensor y) {
    return Bind.bind(Binary.XLOGY, x, y);
  }

  /**
   * {@code x log(1 + y)}, and 0 where x is 0, whatever y but NaN. Within 2 ulp. Derivatives {@code
   * log1p(y)} and {@code x / (1 + y)}; at (0, -1) they are -infinity and 0.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor xlog1py(Tensor x, Tensor y) {
    return Bind.bind(Binary.XLOG1PY, x, y);
  }

  /**
   * {@code log(e^x + e^y)}, without overflow; also where both are the same infinity. Within 2 ulp
   * of the larger of result and arguments. Derivatives {@code sigmoid(x - y)} and {@code sigmoid(y
   * - x)}; 1/2 each where both are the same infinity. See {@link Reductions#logSumExp} for more
   * terms.
   *
   * @param x the first argument
   * @param y the second argument
   * @return the result, of the common shape
   */
  public static Tensor logAddExp(Tensor x, Tensor y) {
    return Bind.bind(Binary.LOG_ADD_EXP, x, y);
  }
}
