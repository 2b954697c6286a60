package dini.linalg.primitive;

import static dini.core.Comparisons.gt;
import static dini.core.Comparisons.safeWhere;
import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.reciprocal;
import static dini.core.Elementwise.sub;
import static dini.core.Products.matmul;
import static dini.core.Shapes.expandDims;

import dini.core.Reductions;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import dini.core.trace.Advice;
import dini.core.trace.Bind;
import dini.core.trace.DualTracer;
import dini.linalg.dense.SymmetricEigen;

/**
 * Eigenvalues in ascending order and eigenvectors of {@code (A + A')/2 = V diag(w) V'}. With {@code
 * M = V' A' V}: {@code w' = diag(M)}, {@code V' = V (F * M)}, {@code F[i, j] = 1 / (w[j] - w[i])},
 * and 0 where the two coincide up to rounding: there the vectors have no derivative, and functions
 * of the values that treat them alike need none.
 */
public enum EighDecomposition implements Rules {
  /** The only one. */
  EIGH;

  /** Values closer than so many roundings of the largest one coincide. */
  static final double COINCIDENT = 4;

  @Override
  public String label() {
    return "eigh";
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    TensorType a = Matrices.requireSquare(label(), arguments[0]);
    Shape values = Matrices.lead(a.shape(), 1);
    return new TensorType[] {new TensorType(values, a.dtype()), a};
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    DenseTensor a = arguments[0];
    TensorType[] types = types(new TensorType[] {a.type()});
    DenseTensor values = DenseTensor.allocate(types[0]);
    DenseTensor vectors = DenseTensor.allocate(types[1]);
    int n = Matrices.rows(a.shape());
    int count = Matrices.lead(a.shape(), 2).size();
    for (int i = 0; i < count; i++) {
      double[] matrix = new double[n * n];
      Matrices.symmetric(Matrices.view(a, i * n * n, n * n), matrix, n);
      SymmetricEigen eigen = Matrices.isFinite(matrix) ? SymmetricEigen.of(matrix, n) : null;
      if (eigen == null) {
        Matrices.writeNaN(values, i * n, n);
        Matrices.writeNaN(vectors, i * n * n, n * n);
      } else {
        Matrices.write(eigen.values(), values, i * n);
        Matrices.write(eigen.vectors(), vectors, i * n * n);
      }
    }
    return new DenseTensor[] {values, vectors};
  }

  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    Tensor w = results[0];
    Tensor v = results[1];
    if (w.size() == 0) {
      return new Tensor[2];
    }
    warnOfCoincident(label(), primals[0], w);
    Tensor m = matmul(matmul(v, Matrices.symmetric(tangents[0]), true, false), v);
    Tensor gaps = sub(expandDims(w, -2), expandDims(w, -1));
    Tensor dv = matmul(v, mul(inverse(gaps, w), m));
    return new Tensor[] {Matrices.diagonal(m), dv};
  }

  /**
   * Warns where a derivative is taken of what is itself differentiated, at values of which some
   * coincide: it lacks the terms between those.
   */
  static void warnOfCoincident(String operation, Tensor argument, Tensor values) {
    if (!(Bind.resolve(argument) instanceof DualTracer) || !Bind.isKnown(values)) {
      return;
    }
    double[] known = Bind.peek(values).toArray();
    int n = values.shape().extent(values.rank() - 1);
    for (int i = 0; i < known.length; i += n) {
      double largest = Math.max(Math.abs(known[i]), Math.abs(known[i + n - 1]));
      double rounding = COINCIDENT * Matrices.epsilon(values.dtype()) * largest;
      for (int k = i + 1; k < i + n; k++) {
        if (Math.abs(known[k] - known[k - 1]) <= rounding) {
          Advice.warn(
              operation,
              operation
                  + ": values coincide where a second derivative is taken; it lacks the terms"
                  + " between them. Write a function of the values as funm(a, f), or"
                  + " trace(funm(a, f)) (for svd of A'A), which has all its derivatives, as have"
                  + " expm, matrixPower, det, inv and pinv");
          return;
        }
      }
    }
  }

  /** Reciprocals of differences or sums of some values, 0 where they vanish up to rounding. */
  static Tensor inverse(Tensor differences, Tensor values) {
    Tensor largest = Reductions.max(abs(values), new int[] {-1}, true);
    Tensor rounding = mul(expandDims(largest, -1), COINCIDENT * Matrices.epsilon(values.dtype()));
    return safeWhere(gt(abs(differences), rounding), differences, x -> reciprocal(x), 0);
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    throw Linear.notLinear(this, 0);
  }

  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    return Bind.bindAll(this, arguments);
  }
}
