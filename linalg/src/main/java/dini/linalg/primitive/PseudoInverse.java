package dini.linalg.primitive;

import static dini.core.Elementwise.add;
import static dini.core.Elementwise.neg;
import static dini.core.Elementwise.sub;
import static dini.core.Products.matmul;

import dini.core.DType;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import dini.core.trace.Bind;
import dini.linalg.dense.SingularValues;

/**
 * The pseudo-inverse P of Moore and Penrose, and the rank. Singular values up to {@code rtol max s}
 * count as zero. Along directions that keep the rank, with {@code S = P P' A''} and {@code T = A''
 * P' P} where A'' is the transposed tangent, {@code P' = -P A' P + (S - S A P) + (T - P A T)}
 * (Golub and Pereyra 1973); only A and P occur in it, so repeated singular values need no care.
 *
 * @param rtol the cut-off relative to the largest singular value
 */
public record PseudoInverse(double rtol) implements Rules {

  /** The pseudo-inverse and the rank, for an operation that refuses matrices in its own name. */
  public static Tensor[] of(String operation, Tensor a, double rtol) {
    Matrices.require(operation, a.type());
    return Bind.bindAll(new PseudoInverse(rtol), new Tensor[] {a});
  }

  @Override
  public String label() {
    return "pinv";
  }

  @Override
  public String parameters() {
    return "rtol=" + rtol;
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    TensorType a = Matrices.require(label(), arguments[0]);
    Shape lead = Matrices.lead(a.shape(), 2);
    int m = Matrices.rows(a.shape());
    int n = Matrices.columns(a.shape());
    return new TensorType[] {
      new TensorType(Matrices.with(lead, n, m), a.dtype()), new TensorType(lead, DType.INT64)
    };
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    DenseTensor a = arguments[0];
    TensorType[] types = types(new TensorType[] {a.type()});
    DenseTensor inverse = DenseTensor.allocate(types[0]);
    DenseTensor rank = DenseTensor.allocate(types[1]);
    int m = Matrices.rows(a.shape());
    int n = Matrices.columns(a.shape());
    int count = types[1].shape().size();
    for (int i = 0; i < count; i++) {
      double[] values = Matrices.read(a, i * m * n, m * n);
      SingularValues svd = Matrices.isFinite(values) ? SingularValues.of(values, m, n) : null;
      if (svd == null) {
        Matrices.writeNaN(inverse, i * n * m, n * m);
      } else {
        int own = svd.rank(rtol);
        Matrices.write(svd.inverse(m, n, own), inverse, i * n * m);
        rank.longs()[i] = own;
      }
    }
    return new DenseTensor[] {inverse, rank};
  }

  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    Tensor a = primals[0];
    Tensor p = results[0];
    Tensor da = tangents[0];
    // the products are ordered so that no matrix is larger than A
    Tensor inside;
    Tensor left;
    Tensor right;
    if (Matrices.rows(a.shape()) >= Matrices.columns(a.shape())) {
      inside = matmul(matmul(p, da), p);
      Tensor s = matmul(matmul(p, p, false, true), da, false, true);
      left = sub(s, matmul(matmul(s, a), p));
      Tensor t = matmul(matmul(da, p, true, true), p);
      right = sub(t, matmul(matmul(p, a), t));
    } else {
      inside = matmul(p, matmul(da, p));
      Tensor s = matmul(p, matmul(p, da, true, true));
      left = sub(s, matmul(s, matmul(a, p)));
      Tensor t = matmul(da, matmul(p, p, true, false), true, false);
      right = sub(t, matmul(p, matmul(a, t)));
    }
    return new Tensor[] {add(neg(inside), add(left, right)), null};
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
