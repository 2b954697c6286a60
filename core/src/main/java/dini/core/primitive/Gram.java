package dini.core.primitive;

import static dini.core.primitive.MatMul.matmul;

import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Kernels;

/** {@code A' (A u)} for a matrix A and a vector u, in one pass over A. */
public enum Gram implements Single {
  GRAM;

  @Override
  public String label() {
    return "gram";
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType a = arguments[0];
    TensorType u = arguments[1];
    if (a.dtype() != u.dtype()) {
      throw Mismatch.of("gram", a, u);
    }
    if (!a.dtype().isFloating()) {
      throw new DTypeException("gram: needs a floating dtype, got " + a + " and " + u);
    }
    if (a.shape().rank() != 2
        || u.shape().rank() != 1
        || a.shape().extent(1) != u.shape().extent(0)) {
      throw new ShapeException(
          "gram: expected a matrix (m, n) and a vector (n,), got " + a + " and " + u);
    }
    return u;
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor a = arguments[0];
    DenseTensor u = arguments[1];
    DenseTensor out = DenseTensor.allocate(type(a.type(), u.type()));
    int m = a.shape().extent(0);
    int n = a.shape().extent(1);
    if (a.data() instanceof double[] x) {
      Kernels.chosen().gram(m, n, x, 0, u.doubles(), 0, out.doubles(), 0);
    } else {
      Kernels.chosen().gram(m, n, a.floats(), 0, u.floats(), 0, out.floats(), 0);
    }
    return out;
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor a = primals[0];
    Tensor u = primals[1];
    Tensor through = tangents[1] == null ? null : bind(a, tangents[1]);
    if (tangents[0] == null) {
      return through;
    }
    Tensor da = tangents[0];
    Tensor matrix =
        Elementwise.add(
            matmul(matmul(a, u, false, false), da, false, false),
            matmul(matmul(da, u, false, false), a, false, false));
    return through == null ? matrix : Elementwise.add(matrix, through);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    if (Linear.is(operands[0])) {
      throw Linear.notLinear(this, 0);
    }
    return new Tensor[] {null, bind(operands[0], cotangent)};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new MatMul(false, false)
        .mapped(
            size,
            new Tensor[] {new MatMul(false, false).mapped(size, arguments, batched), arguments[0]},
            new boolean[] {true, batched[0]});
  }
}
