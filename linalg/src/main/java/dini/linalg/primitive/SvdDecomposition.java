package dini.linalg.primitive;

import static dini.core.Elementwise.add;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.sub;
import static dini.core.Products.matmul;
import static dini.core.Shapes.expandDims;

import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import dini.core.trace.Bind;
import dini.linalg.dense.SingularValues;

/**
 * {@code A = U diag(s) V'}, thin, s in descending order. With {@code M = U' A' V}, its symmetric
 * part S and its skew part K, {@code s' = diag(M)}, {@code U' = U (S/(s[j] - s[i]) + K/(s[j] +
 * s[i]))} and {@code V' = V (S/(s[j] - s[i]) - K/(s[j] + s[i]))}, elementwise, plus what leaves the
 * span of U or V. A quotient is 0 where its denominator vanishes up to rounding.
 */
public enum SvdDecomposition implements Rules {
  /** The only one. */
  SVD;

  @Override
  public String label() {
    return "svd";
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    TensorType a = Matrices.require(label(), arguments[0]);
    Shape lead = Matrices.lead(a.shape(), 2);
    int m = Matrices.rows(a.shape());
    int n = Matrices.columns(a.shape());
    int k = Math.min(m, n);
    return new TensorType[] {
      new TensorType(Matrices.with(lead, m, k), a.dtype()),
      new TensorType(Matrices.with(lead, k), a.dtype()),
      new TensorType(Matrices.with(lead, k, n), a.dtype())
    };
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    DenseTensor a = arguments[0];
    TensorType[] types = types(new TensorType[] {a.type()});
    DenseTensor u = DenseTensor.allocate(types[0]);
    DenseTensor s = DenseTensor.allocate(types[1]);
    DenseTensor vt = DenseTensor.allocate(types[2]);
    int m = Matrices.rows(a.shape());
    int n = Matrices.columns(a.shape());
    int k = Math.min(m, n);
    int count = Matrices.lead(a.shape(), 2).size();
    for (int i = 0; i < count; i++) {
      double[] values = Matrices.read(a, i * m * n, m * n);
      SingularValues svd = Matrices.isFinite(values) ? SingularValues.of(values, m, n) : null;
      if (svd == null) {
        Matrices.writeNaN(u, i * m * k, m * k);
        Matrices.writeNaN(s, i * k, k);
        Matrices.writeNaN(vt, i * k * n, k * n);
      } else {
        Matrices.write(svd.u(), u, i * m * k);
        Matrices.write(svd.s(), s, i * k);
        Matrices.write(svd.vt(), vt, i * k * n);
      }
    }
    return new DenseTensor[] {u, s, vt};
  }

  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    Tensor u = results[0];
    Tensor s = results[1];
    Tensor vt = results[2];
    if (s.size() == 0) {
      return new Tensor[3];
    }
    EighDecomposition.warnOfCoincident(label(), primals[0], s);
    Tensor da = tangents[0];
    Tensor right = matmul(da, vt, false, true);
    Tensor middle = matmul(u, right, true, false);
    Tensor across = Matrices.transpose(middle);
    Tensor rows = expandDims(s, -1);
    Tensor columns = expandDims(s, -2);
    Tensor symmetric =
        mul(mul(add(middle, across), 0.5), EighDecomposition.inverse(sub(columns, rows), s));
    Tensor skew =
        mul(mul(sub(middle, across), 0.5), EighDecomposition.inverse(add(columns, rows), s));
    Tensor du = matmul(u, add(symmetric, skew));
    // (V W)' = W' V'
    Tensor dvt = matmul(sub(symmetric, skew), vt, true, false);
    int m = Matrices.rows(primals[0].shape());
    int n = Matrices.columns(primals[0].shape());
    if (m > n) {
      Tensor outside = sub(right, matmul(u, middle));
      du = add(du, mul(outside, EighDecomposition.inverse(columns, s)));
    }
    if (n > m) {
      Tensor left = matmul(u, da, true, false);
      Tensor outside = sub(left, matmul(middle, vt));
      dvt = add(dvt, mul(outside, EighDecomposition.inverse(rows, s)));
    }
    return new Tensor[] {du, Matrices.diagonal(middle), dvt};
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
