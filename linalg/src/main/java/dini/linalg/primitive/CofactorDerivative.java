package dini.linalg.primitive;

import dini.linalg.dense.Cofactors;

/**
 * The derivatives of the matrix of cofactors, the gradient of the determinant. That is a polynomial
 * of the elements, so all orders are right at singular matrices too. {@code <C, this>} is the
 * derivative of order k + 1 of the determinant along D1, …, Dk and C, so the transpose in D1 puts C
 * in its place.
 *
 * @param order k
 */
public record CofactorDerivative(int order) implements MatrixDerivative {

  @Override
  public String label() {
    return "cofactors";
  }

  @Override
  public CofactorDerivative of(int other) {
    return new CofactorDerivative(other);
  }

  @Override
  public double[] derivative(int n, double[] a, double[]... directions) {
    Cofactors cofactors = Cofactors.of(a, n);
    return cofactors == null ? null : cofactors.derivative(directions);
  }

  @Override
  public boolean transposes() {
    return false;
  }
}
