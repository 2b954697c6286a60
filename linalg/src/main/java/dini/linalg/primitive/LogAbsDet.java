package dini.linalg.primitive;

import dini.core.Reductions;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import dini.core.trace.Bind;
import dini.linalg.dense.LuFactorization;

/**
 * The sign of the determinant and the logarithm of its magnitude: (0, -infinity) for a singular
 * matrix. {@code log|det A|' = trace(A^-1 A')}; the sign has derivative 0.
 *
 * @param failure what becomes of a singular matrix in the derivative, which is not defined there
 * @param operation what the user called, for messages
 */
public record LogAbsDet(Failure failure, String operation) implements Rules {

  @Override
  public String label() {
    return "slogdet";
  }

  @Override
  public String parameters() {
    return failure.text();
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    TensorType a = Matrices.requireSquare(operation, arguments[0]);
    TensorType scalars = new TensorType(Matrices.lead(a.shape(), 2), a.dtype());
    return new TensorType[] {scalars, scalars};
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    DenseTensor a = arguments[0];
    TensorType type = types(new TensorType[] {a.type()})[0];
    DenseTensor sign = DenseTensor.allocate(type);
    DenseTensor log = DenseTensor.allocate(type);
    int n = Matrices.rows(a.shape());
    int count = type.shape().size();
    for (int i = 0; i < count; i++) {
      LuFactorization lu = LuFactorization.of(Matrices.view(a, i * n * n, n * n), n, n);
      if (lu == null) {
        Matrices.writeNaN(sign, i, 1);
        Matrices.writeNaN(log, i, 1);
        continue;
      }
      double signs = lu.sign();
      double sum = 0;
      for (int k = 0; k < n; k++) {
        signs *= Math.signum(lu.pivot(k));
        sum += StrictMath.log(Math.abs(lu.pivot(k)));
      }
      Matrices.write(new double[] {signs}, sign, i);
      Matrices.write(new double[] {sum}, log, i);
    }
    return new DenseTensor[] {sign, log};
  }

  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    Tensor quotient = new DenseSolve(false, failure, operation).bind(primals[0], tangents[0]);
    return new Tensor[] {null, Reductions.sum(Matrices.diagonal(quotient), -1)};
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    throw Linear.notLinear(this, 0);
  }

  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    return Bind.bindAll(new LogAbsDet(Failure.NAN, operation), arguments);
  }
}
