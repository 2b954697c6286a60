package dini.core.primitive;

import static dini.core.primitive.MatMul.matmul;

import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Kernels;
import dini.core.trace.Bind;
import java.util.Arrays;

/**
 * {@code A' (w * (A u))} for a matrix A, a vector u and weights w of the rows, in one pass over A.
 * Operands are A and u, and w if it is {@code weighted}.
 */
public record Gram(boolean weighted) implements Writing {

  @Override
  public String label() {
    return "gram";
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType a = arguments[0];
    for (TensorType argument : arguments) {
      if (argument.dtype() != a.dtype()) {
        throw Mismatch.of("gram", a, argument);
      }
    }
    if (!a.dtype().isFloating()) {
      throw new DTypeException("gram: needs a floating dtype, got " + text(arguments));
    }
    boolean fits =
        a.shape().rank() == 2
            && arguments[1].shape().rank() == 1
            && arguments[1].shape().extent(0) == a.shape().extent(1);
    if (weighted) {
      fits =
          fits
              && arguments[2].shape().rank() == 1
              && arguments[2].shape().extent(0) == a.shape().extent(0);
    }
    if (!fits) {
      throw new ShapeException(
          "gram: expected a matrix (m, n)"
              + (weighted ? ", a vector (n,) and weights (m,)" : " and a vector (n,)")
              + ", got "
              + text(arguments));
    }
    return arguments[1];
  }

  private static String text(TensorType[] arguments) {
    return arguments[0]
        + (arguments.length == 2 ? " and " : ", ")
        + arguments[1]
        + (arguments.length == 2 ? "" : " and " + arguments[2]);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(Bind.types(arguments)));
    write(arguments, out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    DenseTensor a = arguments[0];
    DenseTensor u = arguments[1];
    int m = a.shape().extent(0);
    int n = a.shape().extent(1);
    Kernels kernels = Kernels.chosen();
    if (a.data() instanceof double[] x) {
      double[] w = weighted ? arguments[2].doubles() : new double[0];
      kernels.gram(m, n, x, 0, w, 0, u.doubles(), 0, out.doubles(), 0);
    } else {
      float[] w = weighted ? arguments[2].floats() : new float[0];
      kernels.gram(m, n, a.floats(), 0, w, 0, u.floats(), 0, out.floats(), 0);
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor a = primals[0];
    Tensor u = primals[1];
    Tensor sum = null;
    if (tangents[0] != null) {
      Tensor da = tangents[0];
      Tensor image = scaled(primals, matmul(a, u, false, false));
      Tensor moved = scaled(primals, matmul(da, u, false, false));
      sum = Elementwise.add(matmul(image, da, false, false), matmul(moved, a, false, false));
    }
    if (tangents[1] != null) {
      Tensor[] moved = primals.clone();
      moved[1] = tangents[1];
      sum = plus(sum, bind(moved));
    }
    if (weighted && tangents[2] != null) {
      Tensor moved = Elementwise.mul(tangents[2], matmul(a, u, false, false));
      sum = plus(sum, matmul(moved, a, false, false));
    }
    return sum;
  }

  private static Tensor plus(Tensor sum, Tensor term) {
    return sum == null ? term : Elementwise.add(sum, term);
  }

  private Tensor scaled(Tensor[] operands, Tensor image) {
    return weighted ? Elementwise.mul(operands[2], image) : image;
  }

  /** The map of u is its own transpose, and w enters linearly too. */
  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    if (Linear.is(operands[0])) {
      throw Linear.notLinear(this, 0);
    }
    Tensor[] cotangents = new Tensor[operands.length];
    if (weighted && Linear.is(operands[2])) {
      if (Linear.is(operands[1])) {
        throw Linear.notLinear(this, 2);
      }
      cotangents[2] =
          Elementwise.mul(
              matmul(operands[0], cotangent, false, false),
              matmul(operands[0], operands[1], false, false));
    } else {
      Tensor[] moved = operands.clone();
      moved[1] = cotangent;
      cotangents[1] = bind(moved);
    }
    return cotangents;
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    MatMul product = new MatMul(false, false);
    Tensor image =
        batched[0] || batched[1]
            ? product.mapped(size, Arrays.copyOf(arguments, 2), Arrays.copyOf(batched, 2))
            : matmul(arguments[0], arguments[1], false, false);
    // lanes lead wherever there are any, so that shapes broadcast
    Tensor scaled = scaled(arguments, image);
    return product.mapped(
        size, new Tensor[] {scaled, arguments[0]}, new boolean[] {true, batched[0]});
  }
}
