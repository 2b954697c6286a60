package dini.core;

import dini.core.primitive.Unary;
import dini.core.trace.Bind;

/**
 * Smooth functions of each element that networks put between layers; {@link Elementwise} has relu,
 * sigmoid, softplus and tanh. Bounds are meant as there; FLOAT32 is computed in double and rounded.
 * Derivatives of every order are right where the functions saturate, at the infinities too.
 *
 * <p>Errors: {@link DTypeException} for a dtype that is not floating, naming the operation.
 */
public final class Activations {
  private Activations() {}

  /**
   * {@code x P(Z < x)} for a normal Z, that is {@code x erfc(-x / sqrt(2)) / 2}; -0 at -infinity.
   * Within 5 ulp, but for subnormal results. Derivative {@code P(Z < x) + x p(x)} with the density
   * p of Z. Source: Hendrycks and Gimpel, Gaussian Error Linear Units (2016); {@link #geluTanh} is
   * their approximation, which is what JAX computes unless told otherwise.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor gelu(Tensor x) {
    return Bind.bind(Unary.GELU, x);
  }

  /**
   * {@code x (1 + tanh(sqrt(2 / π) (x + 0.044715 x^3))) / 2}: the approximation of {@link #gelu}
   * that many networks were trained with, off by up to 5e-4; -0 at -infinity. Its error is that of
   * rounding the argument of tanh, a relative {@code 4e-16 (1 + |x|^3)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor geluTanh(Tensor x) {
    return Bind.bind(Unary.GELU_TANH, x);
  }

  /**
   * {@code x sigmoid(x)}, also called swish; -0 at -infinity. Within 4 ulp, but for subnormal
   * results. Derivative {@code sigmoid(x) + x sigmoid'(x)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor silu(Tensor x) {
    return Bind.bind(Unary.SILU, x);
  }

  /**
   * {@code log(sigmoid(x)) = -softplus(-x)}, without overflow: x where it is very negative, and -0
   * at +infinity. Within 2 ulp. Derivative {@code sigmoid(-x)}.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor logSigmoid(Tensor x) {
    Unary.SOFTPLUS.check("logSigmoid", x.type());
    return Elementwise.neg(Elementwise.softplus(Elementwise.neg(x)));
  }
}
