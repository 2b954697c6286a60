package dini.linalg.primitive;

import static dini.core.Comparisons.where;
import static dini.core.Elementwise.mul;
import static dini.core.Products.matmul;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Single;
import dini.linalg.NotPositiveDefiniteException;
import dini.linalg.dense.CholeskyFactorization;

/**
 * The lower factor L of {@code (A + A')/2 = L L'}. {@code L' = L phi(L^-1 S L^-T)} with S the
 * symmetric part of the tangent, and phi the lower triangle with half of the diagonal.
 *
 * @param failure what becomes of a matrix that is not positive definite
 */
public record Cholesky(Failure failure) implements Single {

  @Override
  public String label() {
    return "cholesky";
  }

  @Override
  public String parameters() {
    return failure.text();
  }

  @Override
  public TensorType type(TensorType... arguments) {
    return Matrices.requireSquare(label(), arguments[0]);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor a = arguments[0];
    DenseTensor out = DenseTensor.allocate(type(a.type()));
    int n = Matrices.rows(a.shape());
    int count = Matrices.lead(a.shape(), 2).size();
    for (int i = 0; i < count; i++) {
      double[] values = Matrices.room(out, n * n);
      Matrices.symmetric(Matrices.view(a, i * n * n, n * n), values, n);
      if (CholeskyFactorization.of(values, n) != null) {
        Matrices.write(values, out, i * n * n);
        continue;
      }
      // what is left of the values in the array tells nothing
      Matrices.symmetric(Matrices.view(a, i * n * n, n * n), values, n);
      if (failure == Failure.THROW && Matrices.isFinite(values)) {
        throw notPositive(values, n, Matrices.place(Matrices.lead(a.shape(), 2), i));
      }
      Matrices.writeNaN(out, i * n * n, n * n);
    }
    return out;
  }

  private static NotPositiveDefiniteException notPositive(double[] a, int n, String place) {
    CholeskyFactorization.BadPivot pivot = CholeskyFactorization.badPivot(a, n);
    return new NotPositiveDefiniteException(
        "cholesky: the matrix ("
            + n
            + ", "
            + n
            + ")"
            + place
            + " is not positive definite: pivot "
            + pivot.position()
            + " is "
            + pivot.value()
            + "; add a multiple of the identity, or use solve, lu or eigh, which do not need it");
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Single solve = new TriangularSolve(true, false, false, failure);
    Tensor half = solve.bind(result, Matrices.symmetric(tangents[0]));
    Tensor middle = solve.bind(result, Matrices.transpose(half));
    Tensor halved = where(Matrices.mask(middle, 0, 0), mul(middle, 0.5), middle);
    return matmul(result, Matrices.lower(halved, 0));
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    throw Linear.notLinear(this, 0);
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new Cholesky(Failure.NAN).bind(arguments[0]);
  }
}
