package dini.linalg.primitive;

import static dini.core.Elementwise.add;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.sub;
import static dini.core.Products.matmul;
import static dini.core.Shapes.expandDims;

import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Single;
import dini.core.trace.Bind;
import dini.linalg.dense.Cofactors;

/**
 * The determinant and its first two derivatives as operations, right also where the matrix is
 * singular: the determinant is a polynomial of its elements. The third derivative divides by the
 * determinant and is NaN at a singular matrix.
 */
public enum Determinant implements Single {
  /** {@code det A}. */
  DETERMINANT("det"),
  /** The matrix C of cofactors: the gradient of the determinant. */
  COFACTORS("cofactors"),
  /** The derivative of C along D, of (A, D): linear in D, and its own transpose. */
  COFACTORS_TANGENT("cofactorsTangent");

  private final String label;

  Determinant(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType a = Matrices.requireSquare(label, arguments[0]);
    if (this == COFACTORS_TANGENT && !arguments[1].equals(a)) {
      throw new ShapeException(
          label + ": expected twice the same type, got " + a + " and " + arguments[1]);
    }
    return this == DETERMINANT ? new TensorType(Matrices.lead(a.shape(), 2), a.dtype()) : a;
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor a = arguments[0];
    TensorType[] types = Bind.types(arguments);
    DenseTensor out = DenseTensor.allocate(type(types));
    int n = Matrices.rows(a.shape());
    int count = Matrices.lead(a.shape(), 2).size();
    int size = this == DETERMINANT ? 1 : n * n;
    for (int i = 0; i < count; i++) {
      double[] matrix = Matrices.read(a, i * n * n, n * n);
      double[] result = null;
      if (Matrices.isFinite(matrix)) {
        result =
            switch (this) {
              case DETERMINANT -> new double[] {Cofactors.determinant(matrix, n)};
              case COFACTORS -> cofactors(Cofactors.of(matrix, n), null);
              case COFACTORS_TANGENT ->
                  cofactors(Cofactors.of(matrix, n), Matrices.read(arguments[1], i * n * n, n * n));
            };
      }
      if (result == null) {
        Matrices.writeNaN(out, i * size, size);
      } else {
        Matrices.write(result, out, i * size);
      }
    }
    return out;
  }

  private static double[] cofactors(Cofactors cofactors, double[] direction) {
    if (cofactors == null) {
      return null;
    }
    return direction == null ? cofactors.matrix() : cofactors.derivative(direction);
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor a = primals[0];
    Tensor da = tangents[0];
    return switch (this) {
      case DETERMINANT -> inner(COFACTORS.bind(a), da);
      case COFACTORS -> COFACTORS_TANGENT.bind(a, da);
      case COFACTORS_TANGENT -> {
        Tensor linear = tangents[1] == null ? null : bind(a, tangents[1]);
        Tensor curved = da == null ? null : secondOrder(a, primals[1], result, da);
        yield linear == null ? curved : curved == null ? linear : add(linear, curved);
      }
    };
  }

  /** The derivative of {@code T = (<C, D> C - C D' C) / det} in A. */
  private static Tensor secondOrder(Tensor a, Tensor d, Tensor t, Tensor da) {
    Tensor c = COFACTORS.bind(a);
    Tensor dc = COFACTORS_TANGENT.bind(a, da);
    Tensor numerator = add(scaled(inner(dc, d), c), scaled(inner(c, d), dc));
    Tensor crossed =
        add(matmul(matmul(dc, d, false, true), c), matmul(matmul(c, d, false, true), dc));
    Tensor moved = scaled(inner(c, da), t);
    return div(sub(sub(numerator, crossed), moved), column(DETERMINANT.bind(a)));
  }

  private static Tensor inner(Tensor x, Tensor y) {
    return Reductions.sum(mul(x, y), -2, -1);
  }

  private static Tensor scaled(Tensor factors, Tensor x) {
    return mul(column(factors), x);
  }

  private static Tensor column(Tensor factors) {
    return expandDims(expandDims(factors, -1), -1);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    if (this != COFACTORS_TANGENT || Linear.is(operands[0])) {
      throw Linear.notLinear(this, 0);
    }
    return new Tensor[] {null, bind(operands[0], cotangent)};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    Tensor[] all = arguments.clone();
    for (int i = 0; i < all.length; i++) {
      if (!batched[i]) {
        Shape shape = arguments[i].shape().insert(0, size);
        all[i] = Shapes.broadcastTo(arguments[i], shape);
      }
    }
    return bind(all);
  }
}
