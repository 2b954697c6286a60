package dini.linalg.primitive;

import static dini.core.Elementwise.mul;

import dini.core.Reductions;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Single;
import dini.linalg.dense.Cofactors;

/** The determinant; its derivative is {@code <C, A'>} with C the {@link CofactorDerivative}. */
public enum Determinant implements Single {
  /** The only one. */
  DETERMINANT;

  @Override
  public String label() {
    return "det";
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType a = Matrices.requireSquare(label(), arguments[0]);
    return new TensorType(Matrices.lead(a.shape(), 2), a.dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor a = arguments[0];
    DenseTensor out = DenseTensor.allocate(type(a.type()));
    int n = Matrices.rows(a.shape());
    int count = out.shape().size();
    for (int i = 0; i < count; i++) {
      double value = Cofactors.determinant(Matrices.view(a, i * n * n, n * n), n);
      Matrices.write(new double[] {value}, out, i);
    }
    return out;
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor cofactors = new CofactorDerivative(0).bind(primals[0]);
    return Reductions.sum(mul(cofactors, tangents[0]), -2, -1);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    throw Linear.notLinear(this, 0);
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return bind(arguments[0]);
  }
}
