package dini.linalg.primitive;

import static dini.core.Elementwise.neg;
import static dini.core.Elementwise.sub;
import static dini.core.Products.matmul;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Single;
import dini.linalg.SingularMatrixException;
import dini.linalg.dense.LuFactorization;

/**
 * {@code X = op(A)^-1 B} by LU; see {@link Systems} for the shapes. {@code X' = op(A)^-1 (B' -
 * op(A') X)}; the transpose in B is the solve with the transposed matrix.
 *
 * @param transposed whether op is the transpose
 * @param failure what becomes of a singular matrix
 * @param operation what the user called, for messages
 */
public record DenseSolve(boolean transposed, Failure failure, String operation) implements Single {

  /** The solution for a right-hand side of any rank. */
  public static Tensor solve(Tensor a, Tensor b) {
    return Systems.apply("solve", new DenseSolve(false, Failure.THROW, "solve"), a, b);
  }

  /** Refuses, in the name of an operation made of solves, what {@link #solve} refuses. */
  public static void check(String operation, Tensor a, Tensor b) {
    Systems.require(operation, a.type(), b.type());
  }

  /** The inverses of matrices. */
  public static Tensor inverse(String operation, Tensor a) {
    TensorType type = Matrices.requireSquare(operation, a.type());
    Tensor identity = Tensors.eye(Matrices.rows(type.shape()), type.dtype());
    return Systems.apply(operation, new DenseSolve(false, Failure.THROW, operation), a, identity);
  }

  @Override
  public String label() {
    return "solve";
  }

  @Override
  public String parameters() {
    String flag = transposed ? "transposed" : "";
    return flag + (flag.isEmpty() || failure == Failure.THROW ? "" : ", ") + failure.text();
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
    Systems.forEach(a.shape(), b.shape(), new Factored(a, b, out, n, k));
    return out;
  }

  /** Keeps the last factorization, for the right-hand sides that share its matrix. */
  private final class Factored implements Systems.Lane {
    private final DenseTensor a;
    private final DenseTensor b;
    private final DenseTensor out;
    private final int n;
    private final int k;
    private int factored = -1;
    private LuFactorization lu;

    Factored(DenseTensor a, DenseTensor b, DenseTensor out, int n, int k) {
      this.a = a;
      this.b = b;
      this.out = out;
      this.n = n;
      this.k = k;
    }

    @Override
    public void solve(int matrix, int columns) {
      if (matrix != factored) {
        lu = factor(matrix);
        factored = matrix;
      }
      if (lu == null) {
        Matrices.writeNaN(out, columns * n * k, n * k);
        return;
      }
      double[] x = Matrices.room(out, n * k);
      lu.solve(transposed, k, Matrices.view(b, columns * n * k, n * k), x);
      Matrices.write(x, out, columns * n * k);
    }

    /** The factors, or null if the result is NaN. */
    private LuFactorization factor(int matrix) {
      LuFactorization factors = LuFactorization.of(Matrices.view(a, matrix * n * n, n * n), n, n);
      if (factors == null) {
        return null;
      }
      int weak = factors.weakPivot();
      if (weak < 0) {
        return factors;
      }
      if (failure == Failure.NAN) {
        return null;
      }
      throw new SingularMatrixException(
          operation
              + ": the matrix ("
              + n
              + ", "
              + n
              + ")"
              + Matrices.place(Matrices.lead(a.shape(), 2), matrix)
              + " is singular: pivot "
              + weak
              + " of LU is "
              + factors.pivot(weak)
              + ", zero to rounding; look for dependent rows or columns, or add a multiple of the"
              + " identity");
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor right = tangents[1];
    if (tangents[0] != null) {
      Tensor moved = matmul(tangents[0], result, transposed, false);
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
      null, new DenseSolve(!transposed, failure, operation).bind(operands[0], cotangent)
    };
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new DenseSolve(transposed, Failure.NAN, operation)
        .bind(Systems.batched(size, arguments, batched));
  }
}
