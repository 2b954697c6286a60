package dini.linalg.primitive;

import static dini.core.Elementwise.sub;
import static dini.core.Products.matmul;

import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import dini.core.trace.Bind;
import dini.linalg.dense.QrFactorization;

/**
 * {@code A = Q R} of matrices (m, n) with m >= n, reduced, with a diagonal of R that is not
 * negative. With {@code C = A' R^-1}, {@code M = Q'C} and the skew matrix {@code W = low(M) -
 * low(M)'}: {@code Q' = C - Q (M - W)}, {@code R' = (M - W) R}.
 *
 * @param failure what becomes of a matrix of lower rank in the derivative, which is not defined
 *     there
 */
public record QrDecomposition(Failure failure) implements Rules {

  @Override
  public String label() {
    return "qr";
  }

  @Override
  public String parameters() {
    return failure.text();
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    TensorType a = Matrices.require(label(), arguments[0]);
    int n = Matrices.columns(a.shape());
    if (Matrices.rows(a.shape()) < n) {
      throw new ShapeException(label() + ": more columns than rows: " + a);
    }
    Shape lead = Matrices.lead(a.shape(), 2);
    return new TensorType[] {a, new TensorType(Matrices.with(lead, n, n), a.dtype())};
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    DenseTensor a = arguments[0];
    TensorType[] types = types(new TensorType[] {a.type()});
    DenseTensor q = DenseTensor.allocate(types[0]);
    DenseTensor r = DenseTensor.allocate(types[1]);
    int m = Matrices.rows(a.shape());
    int n = Matrices.columns(a.shape());
    int count = Matrices.lead(a.shape(), 2).size();
    for (int i = 0; i < count; i++) {
      double[] values = Matrices.read(a, i * m * n, m * n);
      if (Matrices.isFinite(values)) {
        QrFactorization factors = QrFactorization.of(values, m, n);
        Matrices.write(factors.q(), q, i * m * n);
        Matrices.write(factors.r(), r, i * n * n);
      } else {
        Matrices.writeNaN(q, i * m * n, m * n);
        Matrices.writeNaN(r, i * n * n, n * n);
      }
    }
    return new DenseTensor[] {q, r};
  }

  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    Tensor q = results[0];
    Tensor r = results[1];
    Tensor c =
        Matrices.transpose(
            new TriangularSolve(false, true, false, failure)
                .bind(r, Matrices.transpose(tangents[0])));
    Tensor m = matmul(q, c, true, false);
    Tensor low = Matrices.lower(m, -1);
    Tensor upper = sub(m, sub(low, Matrices.transpose(low)));
    return new Tensor[] {sub(c, matmul(q, upper)), matmul(upper, r)};
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    throw Linear.notLinear(this, 0);
  }

  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    return Bind.bindAll(new QrDecomposition(Failure.NAN), arguments);
  }
}
