package dini.core.primitive;

import static dini.core.Comparisons.eq;
import static dini.core.Comparisons.where;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.mul;

import dini.core.DTypeException;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Kernels;

/**
 * The Euclidean norm over axes, safe from overflow of the squares; its derivative is {@code x /
 * norm}, and 0 at 0.
 *
 * @param axes bit i is set when axis i is reduced
 */
public record Norm(long axes) implements Single {
  @Override
  public String label() {
    return "norm";
  }

  @Override
  public String parameters() {
    return sum().parameters();
  }

  private Reduce sum() {
    return new Reduce(Reduce.Kind.SUM, axes);
  }

  @Override
  public TensorType type(TensorType... arguments) {
    if (!arguments[0].dtype().isFloating()) {
      throw new DTypeException("norm: needs a floating dtype, got " + arguments[0]);
    }
    return sum().type(arguments);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(arguments[0].type()));
    int rows = out.shape().size();
    DenseTensor x = reducedLast(arguments[0]);
    int n = rows == 0 ? 0 : x.shape().size() / rows;
    Kernels kernels = Kernels.chosen();
    for (int i = 0; i < rows; i++) {
      if (x.data() instanceof double[] a) {
        out.doubles()[i] = kernels.nrm2(a, i * n, n);
      } else {
        out.floats()[i] = kernels.nrm2(x.floats(), i * n, n);
      }
    }
    return out;
  }

  private DenseTensor reducedLast(DenseTensor x) {
    int rank = x.shape().rank();
    int[] order = new int[rank];
    int at = 0;
    for (int axis = 0; axis < rank; axis++) {
      if ((axes >>> axis & 1) == 0) {
        order[at++] = axis;
      }
    }
    for (int axis = 0; axis < rank; axis++) {
      if ((axes >>> axis & 1) != 0) {
        order[at++] = axis;
      }
    }
    return (DenseTensor) Shapes.transpose(x, order);
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor zero = eq(result, 0);
    Tensor divisor = where(zero, 1, result);
    Tensor spread = Shapes.reshape(divisor, Reductions.kept(primals[0].shape(), axes));
    Tensor slope = sum().bind(mul(div(primals[0], spread), tangents[0]));
    return where(zero, 0, slope);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    throw Linear.notLinear(this, 0);
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new Norm(axes << 1).bind(arguments[0]);
  }
}
