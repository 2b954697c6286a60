package dini.linalg.primitive;

import static dini.core.Elementwise.neg;
import static dini.core.Elementwise.sub;
import static dini.core.Products.matmul;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Kernels;
import dini.core.primitive.Linear;
import dini.core.primitive.Single;
import dini.linalg.SingularMatrixException;
import dini.linalg.dense.Triangles;

/**
 * {@code X = op(T)^-1 B} with one triangle T of a matrix; neither the other triangle nor a unit
 * diagonal is read, and they have no derivative. See {@link Systems} for the shapes.
 *
 * @param lower whether T is the lower triangle of the matrix as stored
 * @param transposed whether op is the transpose
 * @param unitDiagonal whether the diagonal of T counts as ones
 * @param failure what becomes of a zero on the diagonal
 * @param operation what the user called, for messages
 */
public record TriangularSolve(
    boolean lower, boolean transposed, boolean unitDiagonal, Failure failure, String operation)
    implements Single {
  /** The operation of that name. */
  public TriangularSolve(boolean lower, boolean transposed, boolean unitDiagonal, Failure failure) {
    this(lower, transposed, unitDiagonal, failure, "triangularSolve");
  }

  /** The solution for a right-hand side of any rank. */
  public static Tensor solve(
      String operation,
      Tensor a,
      Tensor b,
      boolean lower,
      boolean transposed,
      boolean unitDiagonal) {
    TriangularSolve solver =
        new TriangularSolve(lower, transposed, unitDiagonal, Failure.THROW, operation);
    return Systems.apply(operation, solver, a, b);
  }

  @Override
  public String label() {
    return "triangularSolve";
  }

  @Override
  public String parameters() {
    return (lower ? "lower" : "upper")
        + (transposed ? ", transposed" : "")
        + (unitDiagonal ? ", unitDiagonal" : "")
        + (failure == Failure.THROW ? "" : ", " + failure.text());
  }

  @Override
  public TensorType type(TensorType... arguments) {
    return Systems.type(operation, arguments[0], arguments[1]);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor a = arguments[0];
    DenseTensor b = arguments[1];
    DenseTensor out = DenseTensor.allocate(type(a.type(), b.type()));
    int n = Matrices.rows(b.shape());
    int k = Matrices.columns(b.shape());
    Systems.forEach(
        a.shape(),
        b.shape(),
        (matrix, columns) -> {
          double[] t = Matrices.view(a, matrix * n * n, n * n);
          int zero = zeroOnDiagonal(t, n);
          if (zero >= 0 && failure == Failure.THROW) {
            throw new SingularMatrixException(
                operation
                    + ": the matrix ("
                    + n
                    + ", "
                    + n
                    + ")"
                    + Matrices.place(Matrices.lead(a.shape(), 2), matrix)
                    + " is singular: element "
                    + zero
                    + " of its diagonal is 0; a unit diagonal must be declared, not stored");
          }
          if (zero >= 0) {
            Matrices.writeNaN(out, columns * n * k, n * k);
            return;
          }
          double[] x = Matrices.read(b, columns * n * k, n * k);
          Triangles.solve(Kernels.chosen(), lower, transposed, unitDiagonal, n, k, t, x);
          Matrices.write(x, out, columns * n * k);
        });
    return out;
  }

  private int zeroOnDiagonal(double[] t, int n) {
    for (int i = 0; i < n && !unitDiagonal; i++) {
      if (t[i * n + i] == 0) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor right = tangents[1];
    if (tangents[0] != null) {
      int strict = unitDiagonal ? 1 : 0;
      Tensor triangle =
          lower ? Matrices.lower(tangents[0], -strict) : Matrices.upper(tangents[0], strict);
      Tensor moved = matmul(triangle, result, transposed, false);
      right = right == null ? neg(moved) : sub(right, moved);
    }
    return bind(primals[0], right);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    if (Linear.is(operands[0])) {
      throw Linear.notLinear(this, 0);
    }
    return new Tensor[] {
      null,
      new TriangularSolve(lower, !transposed, unitDiagonal, failure, operation)
          .bind(operands[0], cotangent)
    };
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new TriangularSolve(lower, transposed, unitDiagonal, Failure.NAN, operation)
        .bind(Systems.batched(size, arguments, batched));
  }
}
