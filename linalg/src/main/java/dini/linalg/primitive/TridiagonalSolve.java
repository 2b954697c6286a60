package dini.linalg.primitive;

import static dini.core.Elementwise.add;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.neg;
import static dini.core.Elementwise.sub;
import static dini.core.Shapes.expandDims;

import dini.core.DTypeException;
import dini.core.Index;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Single;
import dini.linalg.SingularMatrixException;
import dini.linalg.dense.Tridiagonal;
import java.util.Arrays;

/**
 * {@code X = op(T)^-1 B} of (lower, middle, upper, B) with T of three diagonals (…, n), B (…, n,
 * k); see {@link Systems} for the leading axes. {@code X' = op(T)^-1 (B' - op(T') X)}; the
 * transpose in B is the solve with the transposed matrix.
 *
 * @param transposed whether op is the transpose
 * @param failure what becomes of a singular matrix
 */
public record TridiagonalSolve(boolean transposed, Failure failure) implements Single {

  /** The solution for diagonals and a right-hand side of any rank, all of which broadcast. */
  public static Tensor solve(Tensor lower, Tensor middle, Tensor upper, Tensor b) {
    TridiagonalSolve solver = new TridiagonalSolve(false, Failure.THROW);
    for (Tensor each : new Tensor[] {lower, middle, upper, b}) {
      if (each.rank() == 0) {
        throw new ShapeException(
            solver.label()
                + ": expected three diagonals and right-hand sides, got "
                + lower.type()
                + ", "
                + middle.type()
                + ", "
                + upper.type()
                + " and "
                + b.type());
      }
    }
    Shape diagonals =
        Broadcast.shape(
            solver.label(),
            Broadcast.shape(solver.label(), lower.shape(), middle.shape()),
            upper.shape());
    requireRows(solver.label(), diagonals, b.shape(), b.shape().extent(b.rank() == 1 ? 0 : -2));
    Tensor columns = b.rank() == 1 ? expandDims(b, 1) : b;
    Shape lead =
        Broadcast.shape(
            solver.label(), Matrices.lead(diagonals, 1), Matrices.lead(columns.shape(), 2));
    int n = Matrices.rows(columns.shape());
    int k = Matrices.columns(columns.shape());
    Tensor x =
        solver.bind(
            Shapes.broadcastTo(lower, diagonals),
            Shapes.broadcastTo(middle, diagonals),
            Shapes.broadcastTo(upper, diagonals),
            Shapes.broadcastTo(columns, Matrices.with(lead, n, k)));
    return b.rank() == 1 ? Shapes.squeeze(x, -1) : x;
  }

  @Override
  public String label() {
    return "tridiagonalSolve";
  }

  @Override
  public String parameters() {
    String flag = transposed ? "transposed" : "";
    return flag + (flag.isEmpty() || failure == Failure.THROW ? "" : ", ") + failure.text();
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType middle = arguments[1];
    TensorType b = Matrices.require(label(), arguments[3]);
    for (TensorType each : arguments) {
      if (each.dtype() != b.dtype()) {
        throw new DTypeException(
            label() + ": " + middle + " and " + each + ": dtypes differ; convert one with astype");
      }
    }
    if (!arguments[0].equals(middle) || !arguments[2].equals(middle)) {
      throw new ShapeException(
          label()
              + ": expected three diagonals of one type, got "
              + arguments[0]
              + ", "
              + middle
              + " and "
              + arguments[2]);
    }
    requireRows(label(), middle.shape(), b.shape(), Matrices.rows(b.shape()));
    return b;
  }

  private static void requireRows(String operation, Shape diagonals, Shape b, int rows) {
    if (diagonals.rank() < 1 || Matrices.columns(diagonals) != rows) {
      throw new ShapeException(
          operation
              + ": diagonals "
              + diagonals
              + " and right-hand side "
              + b
              + " do not fit: the matrix and b must have as many rows");
    }
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    TensorType[] types = Arrays.stream(arguments).map(DenseTensor::type).toArray(TensorType[]::new);
    DenseTensor out = DenseTensor.allocate(type(types));
    DenseTensor b = arguments[3];
    int n = Matrices.rows(b.shape());
    int k = Matrices.columns(b.shape());
    Shape lead = Matrices.lead(types[1].shape(), 1);
    Systems.forEach(
        Matrices.with(lead, n, 1),
        b.shape(),
        (matrix, columns) -> {
          Tridiagonal factors = factor(arguments, matrix, n, lead);
          if (factors == null) {
            Matrices.writeNaN(out, columns * n * k, n * k);
            return;
          }
          double[] x = Matrices.read(b, columns * n * k, n * k);
          for (int j = 0; j < k; j++) {
            factors.solve(transposed, x, j, k);
          }
          Matrices.write(x, out, columns * n * k);
        });
    return out;
  }

  /** The factors, or null if the result is NaN. */
  private Tridiagonal factor(DenseTensor[] arguments, int matrix, int n, Shape lead) {
    double[][] diagonals = new double[3][];
    for (int i = 0; i < 3; i++) {
      diagonals[i] = Matrices.read(arguments[i], matrix * n, n);
    }
    if (n > 0) {
      // what is not read may be anything
      diagonals[0][0] = 0;
      diagonals[2][n - 1] = 0;
    }
    for (double[] diagonal : diagonals) {
      if (!Matrices.isFinite(diagonal)) {
        return null;
      }
    }
    Tridiagonal factors = Tridiagonal.of(diagonals[0], diagonals[1], diagonals[2]);
    int weak = factors.weakPivot();
    if (weak < 0) {
      return factors;
    }
    if (failure == Failure.NAN) {
      return null;
    }
    throw new SingularMatrixException(
        label()
            + ": the matrix with diagonals of "
            + n
            + Matrices.place(lead, matrix)
            + " is singular: pivot "
            + weak
            + " of LU is "
            + factors.pivot(weak)
            + ", zero to rounding; look for dependent rows or columns, or add a multiple of the"
            + " identity");
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor right = tangents[3];
    Tensor moved = moved(tangents, result);
    if (moved != null) {
      right = right == null ? neg(moved) : sub(right, moved);
    }
    return bind(primals[0], primals[1], primals[2], right);
  }

  /** {@code op(T') X}, null for zero. */
  private Tensor moved(Tensor[] tangents, Tensor x) {
    Tensor sum = null;
    for (int i = 0; i < 3; i++) {
      if (tangents[i] != null) {
        Tensor diagonal = expandDims(tangents[i], -1);
        // row i of op(T') has the lower diagonal left of the middle, or transposed the upper
        int by = transposed ? i - 1 : 1 - i;
        Tensor term = transposed ? shifted(mul(diagonal, x), by) : mul(diagonal, shifted(x, by));
        sum = sum == null ? term : add(sum, term);
      }
    }
    return sum;
  }

  /** Rows moved down by 1, 0 or -1, with a row of zeros where one is missing. */
  private static Tensor shifted(Tensor x, int by) {
    if (by == 0) {
      return x;
    }
    int[] before = new int[x.rank()];
    int[] after = new int[x.rank()];
    before[x.rank() - 2] = by > 0 ? 1 : 0;
    after[x.rank() - 2] = by > 0 ? 0 : 1;
    int n = Matrices.rows(x.shape());
    Index[] indices = new Index[x.rank()];
    Arrays.fill(indices, Index.all());
    indices[x.rank() - 2] = by > 0 ? Index.range(0, n) : Index.range(1, n + 1);
    return Shapes.slice(Shapes.pad(x, before, after, 0), indices);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    for (int i = 0; i < 3; i++) {
      if (Linear.is(operands[i])) {
        throw Linear.notLinear(this, i);
      }
    }
    Tensor pulled =
        new TridiagonalSolve(!transposed, failure)
            .bind(operands[0], operands[1], operands[2], cotangent);
    return new Tensor[] {null, null, null, pulled};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    boolean any = batched[0] || batched[1] || batched[2];
    Tensor[] all = new Tensor[4];
    for (int i = 0; i < 3; i++) {
      Tensor diagonal = arguments[i];
      if (any && !batched[i]) {
        diagonal = Shapes.broadcastTo(diagonal, diagonal.shape().insert(0, size));
      }
      Tensor[] pair = {expandDims(diagonal, -1), arguments[3]};
      Tensor[] fitted = Systems.batched(size, pair, new boolean[] {any, batched[3]});
      all[i] = Shapes.squeeze(fitted[0], -1);
      all[3] = fitted[1];
    }
    return new TridiagonalSolve(transposed, Failure.NAN).bind(all);
  }
}
