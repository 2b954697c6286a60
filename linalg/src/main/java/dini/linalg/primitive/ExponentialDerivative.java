package dini.linalg.primitive;

import static dini.core.Elementwise.add;

import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Single;
import dini.linalg.dense.Exponential;
import java.util.Arrays;

/**
 * {@code D^k exp(A)[E1, …, Ek]} of (A, E1, …, Ek), linear in each direction and symmetric in them;
 * order 0 is the exponential. Its derivative along A is that of the next order. {@code <C, D^k
 * exp(A)[E1, …]>} as a function of E1 is {@code <D^k exp(A')[C, E2', …], E1>}, since every term is
 * a product of exponentials of multiples of A with the directions between them.
 *
 * @param order k
 */
public record ExponentialDerivative(int order) implements Single {

  @Override
  public String label() {
    return "expm";
  }

  @Override
  public String parameters() {
    return order == 0 ? "" : "order=" + order;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType a = Matrices.requireSquare(label(), arguments[0]);
    for (TensorType each : arguments) {
      if (!each.equals(a)) {
        throw new ShapeException(label() + ": directions like " + a + " expected, got " + each);
      }
    }
    return a;
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
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
      if (finite) {
        double[][] directions = Arrays.copyOfRange(matrices, 1, matrices.length);
        Matrices.write(Exponential.derivative(n, matrices[0], directions), out, i * n * n);
      } else {
        Matrices.writeNaN(out, i * n * n, n * n);
      }
    }
    return out;
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor sum = null;
    for (int k = 0; k < primals.length; k++) {
      if (tangents[k] != null) {
        Tensor[] arguments = Arrays.copyOf(primals, k == 0 ? order + 2 : order + 1);
        arguments[k == 0 ? order + 1 : k] = tangents[k];
        Tensor term = new ExponentialDerivative(arguments.length - 1).bind(arguments);
        sum = sum == null ? term : add(sum, term);
      }
    }
    return sum;
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    Tensor[] all = new Tensor[operands.length];
    Tensor[] transposed = new Tensor[operands.length];
    int linear = -1;
    for (int k = 0; k < operands.length; k++) {
      if (!Linear.is(operands[k])) {
        transposed[k] = Matrices.transpose(operands[k]);
      } else if (k == 0 || linear >= 0) {
        throw Linear.notLinear(this, k);
      } else {
        linear = k;
        transposed[k] = cotangent;
      }
    }
    all[linear] = bind(transposed);
    return all;
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    Tensor[] all = arguments.clone();
    for (int i = 0; i < all.length; i++) {
      if (!batched[i]) {
        all[i] = Shapes.broadcastTo(arguments[i], arguments[i].shape().insert(0, size));
      }
    }
    return bind(all);
  }
}
