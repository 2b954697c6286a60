package dini.core.primitive;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Pooling;
import dini.core.kernel.Slide;

/**
 * The sums of windows over the last two axes, padding left out, or the transpose of that.
 *
 * @param rows how the window slides along the last axis but one
 * @param columns how it slides along the last axis
 * @param transposed whether what the windows have is added to the elements they are over
 */
public record WindowSum(Slide rows, Slide columns, boolean transposed) implements Single {
  @Override
  public String label() {
    return "windowSum";
  }

  @Override
  public String parameters() {
    return "rows=" + rows + ", columns=" + columns + (transposed ? ", transposed" : "");
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    return new TensorType(WindowArgMax.windows(label(), x, rows, columns, transposed), x.dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return value(arguments[0]);
  }

  @Override
  public DenseTensor value(DenseTensor x) {
    DenseTensor out = DenseTensor.allocate(type(x.type()));
    int planes = Positions.product(x.shape(), 0, x.rank() - 2);
    if (x.data() instanceof double[] a) {
      if (transposed) {
        Pooling.spread(a, planes, rows, columns, out.doubles());
      } else {
        Pooling.sum(a, planes, rows, columns, out.doubles());
      }
    } else if (transposed) {
      Pooling.spread(x.floats(), planes, rows, columns, out.floats());
    } else {
      Pooling.sum(x.floats(), planes, rows, columns, out.floats());
    }
    return out;
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return bind(tangents[0]);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    return new Tensor[] {new WindowSum(rows, columns, !transposed).bind(cotangent)};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return bind(arguments[0]);
  }
}
