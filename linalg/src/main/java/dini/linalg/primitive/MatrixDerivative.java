package dini.linalg.primitive;

import static dini.core.Elementwise.add;

import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Single;
import java.util.Arrays;

/**
 * {@code D^k f(A)[D1, …, Dk]} of (A, D1, …, Dk), for a function f of square matrices to such:
 * linear in each direction and symmetric in them. Order 0 is f; the derivative along A is that of
 * the next order, so that one primitive for each order is all that derivatives need.
 */
interface MatrixDerivative extends Single {

  /** The order k. */
  int order();

  /** The derivative of another order. */
  MatrixDerivative of(int order);

  /** The result for one matrix (n, n) with its directions, all finite; null makes it NaN. */
  double[] derivative(int n, double[] a, double[]... directions);

  /** Whether the transpose in a direction is this of transposed arguments. */
  boolean transposes();

  @Override
  default String parameters() {
    return order() == 0 ? "" : "order=" + order();
  }

  @Override
  default TensorType type(TensorType... arguments) {
    TensorType a = Matrices.requireSquare(label(), arguments[0]);
    for (TensorType each : arguments) {
      if (!each.equals(a)) {
        throw new ShapeException(label() + ": directions like " + a + " expected, got " + each);
      }
    }
    return a;
  }

  @Override
  default DenseTensor value(DenseTensor... arguments) {
    TensorType[] types = Arrays.stream(arguments).map(DenseTensor::type).toArray(TensorType[]::new);
    DenseTensor out = DenseTensor.allocate(type(types));
    int n = Matrices.rows(out.shape());
    int count = Matrices.lead(out.shape(), 2).size();
    for (int i = 0; i < count && n > 0; i++) {
      double[][] matrices = new double[arguments.length][];
      boolean finite = true;
      for (int k = 0; k < matrices.length; k++) {
        matrices[k] = Matrices.read(arguments[k], i * n * n, n * n);
        finite &= Matrices.isFinite(matrices[k]);
      }
      double[][] directions = Arrays.copyOfRange(matrices, 1, matrices.length);
      double[] result = finite ? derivative(n, matrices[0], directions) : null;
      if (result == null) {
        Matrices.writeNaN(out, i * n * n, n * n);
      } else {
        Matrices.write(result, out, i * n * n);
      }
    }
    return out;
  }

  @Override
  default Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor sum = null;
    for (int k = 0; k < primals.length; k++) {
      if (tangents[k] != null) {
        Tensor[] arguments = Arrays.copyOf(primals, order() + (k == 0 ? 2 : 1));
        arguments[k == 0 ? order() + 1 : k] = tangents[k];
        Tensor term = of(arguments.length - 1).bind(arguments);
        sum = sum == null ? term : add(sum, term);
      }
    }
    return sum;
  }

  @Override
  default Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    Tensor[] others = new Tensor[operands.length];
    int linear = -1;
    for (int k = 0; k < operands.length; k++) {
      if (!Linear.is(operands[k])) {
        others[k] = transposes() ? Matrices.transpose(operands[k]) : operands[k];
      } else if (k == 0 || linear >= 0) {
        throw Linear.notLinear(this, k);
      } else {
        linear = k;
        others[k] = cotangent;
      }
    }
    Tensor[] all = new Tensor[operands.length];
    all[linear] = bind(others);
    return all;
  }

  @Override
  default Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    Tensor[] all = arguments.clone();
    for (int i = 0; i < all.length; i++) {
      if (!batched[i]) {
        all[i] = Shapes.broadcastTo(arguments[i], arguments[i].shape().insert(0, size));
      }
    }
    return bind(all);
  }
}
