package dini.linalg.primitive;

import dini.linalg.dense.Exponential;

/**
 * The derivatives of the exponential. Every term of one is a product of exponentials of multiples
 * of A with the directions between them, so {@code <C, D^k exp(A)[D1, D2, …]>} is {@code <D^k
 * exp(A')[C, D2', …], D1>}.
 *
 * @param order k
 */
public record ExponentialDerivative(int order) implements MatrixDerivative {

  @Override
  public String label() {
    return "expm";
  }

  @Override
  public ExponentialDerivative of(int other) {
    return new ExponentialDerivative(other);
  }

  @Override
  public double[] derivative(int n, double[] a, double[]... directions) {
    return Exponential.derivative(n, a, directions);
  }

  @Override
  public boolean transposes() {
    return true;
  }
}
