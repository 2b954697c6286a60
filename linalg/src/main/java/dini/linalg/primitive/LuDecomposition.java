package dini.linalg.primitive;

import static dini.core.Elementwise.add;
import static dini.core.Elementwise.mul;
import static dini.core.Products.matmul;

import dini.core.Index;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import dini.core.trace.Bind;
import dini.linalg.dense.LuFactorization;
import java.util.Arrays;

/**
 * {@code A = P L U} with a permutation matrix P, L (m, k) with a unit diagonal, U (k, n), k the
 * smaller extent. With {@code M = L^-1 P' A' U^-1}: {@code L' = L low(M)}, {@code U' = up(M) U},
 * where low is strict; factors that are not square are completed by the identity for that.
 *
 * @param failure what becomes of a singular matrix in the derivative, which is not defined there
 */
public record LuDecomposition(Failure failure) implements Rules {

  @Override
  public String label() {
    return "lu";
  }

  @Override
  public String parameters() {
    return failure.text();
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    TensorType a = Matrices.require(label(), arguments[0]);
    Shape lead = Matrices.lead(a.shape(), 2);
    int m = Matrices.rows(a.shape());
    int n = Matrices.columns(a.shape());
    int k = Math.min(m, n);
    return new TensorType[] {
      new TensorType(Matrices.with(lead, m, m), a.dtype()),
      new TensorType(Matrices.with(lead, m, k), a.dtype()),
      new TensorType(Matrices.with(lead, k, n), a.dtype())
    };
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    DenseTensor a = arguments[0];
    TensorType[] types = types(new TensorType[] {a.type()});
    DenseTensor[] out = Arrays.stream(types).map(DenseTensor::allocate).toArray(DenseTensor[]::new);
    int m = Matrices.rows(a.shape());
    int n = Matrices.columns(a.shape());
    int k = Math.min(m, n);
    int count = Matrices.lead(a.shape(), 2).size();
    for (int i = 0; i < count; i++) {
      LuFactorization lu = LuFactorization.of(Matrices.view(a, i * m * n, m * n), m, n);
      if (lu == null) {
        Matrices.writeNaN(out[0], i * m * m, m * m);
        Matrices.writeNaN(out[1], i * m * k, m * k);
        Matrices.writeNaN(out[2], i * k * n, k * n);
        continue;
      }
      double[] p = Matrices.room(out[0], m * m);
      double[] l = Matrices.room(out[1], m * k);
      double[] u = Matrices.room(out[2], k * n);
      for (int row = 0; row < m; row++) {
        p[lu.rows()[row] * m + row] = 1;
        System.arraycopy(lu.factors(), row * n, l, row * k, Math.min(row, k));
        if (row < k) {
          l[row * k + row] = 1;
          System.arraycopy(lu.factors(), row * n + row, u, row * n + row, n - row);
        }
      }
      Matrices.write(p, out[0], i * m * m);
      Matrices.write(l, out[1], i * m * k);
      Matrices.write(u, out[2], i * k * n);
    }
    return out;
  }

  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    Shape shape = primals[0].shape();
    int m = Matrices.rows(shape);
    int n = Matrices.columns(shape);
    int k = Math.min(m, n);
    Tensor l = completed(results[1], 0, m - k);
    Tensor u = completed(results[2], n - k, 0);
    Tensor permuted = matmul(results[0], tangents[0], true, false);
    Tensor left = new TriangularSolve(true, false, true, failure).bind(l, permuted);
    Tensor middle =
        Matrices.transpose(
            new TriangularSolve(false, true, false, failure).bind(u, Matrices.transpose(left)));
    Tensor dl = part(matmul(l, Matrices.lower(middle, -1)), m, k);
    Tensor du = part(matmul(Matrices.upper(middle, 0), u), k, n);
    return new Tensor[] {null, dl, du};
  }

  /** A factor made square by more rows or columns, those of the identity. */
  private static Tensor completed(Tensor factor, int rows, int columns) {
    int missing = rows + columns;
    if (missing == 0) {
      return factor;
    }
    int size = Math.max(Matrices.rows(factor.shape()), Matrices.columns(factor.shape()));
    Tensor ones = Tensors.full(Shape.of(missing), 1, factor.dtype());
    Tensor last = Shapes.pad(ones, new int[] {size - missing}, new int[] {0}, 0);
    int[] after = new int[factor.rank()];
    after[factor.rank() - 2] = rows;
    after[factor.rank() - 1] = columns;
    Tensor square = Shapes.pad(factor, new int[factor.rank()], after, 0);
    return add(square, mul(Tensors.eye(size, factor.dtype()), last));
  }

  /** The first rows and columns. */
  private static Tensor part(Tensor x, int rows, int columns) {
    Index[] indices = new Index[x.rank()];
    Arrays.fill(indices, Index.all());
    indices[x.rank() - 2] = Index.range(0, rows);
    indices[x.rank() - 1] = Index.range(0, columns);
    return Shapes.slice(x, indices);
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    throw Linear.notLinear(this, 0);
  }

  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    return Bind.bindAll(new LuDecomposition(Failure.NAN), arguments);
  }
}
