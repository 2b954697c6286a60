package dini.core.primitive;

import static dini.core.Comparisons.eq;
import static dini.core.Comparisons.where;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.log;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.sub;

import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;

/**
 * {@code log(sum(exp(x)))} over axes, shifted by the maximum. Its derivative is {@code exp(x -
 * result)}, and 0 where every element is -infinity.
 *
 * @param axes bit i is set when axis i is reduced
 */
public record LogSumExp(long axes) implements Single {
  @Override
  public String label() {
    return "logSumExp";
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
      throw new DTypeException("logSumExp: needs a floating dtype, got " + arguments[0]);
    }
    return sum().type(arguments);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor x = arguments[0];
    TensorType type = type(x.type());
    if (x.shape().size() == 0) {
      return (DenseTensor) Tensors.full(type.shape(), Double.NEGATIVE_INFINITY, type.dtype());
    }
    Tensor max = new Reduce(Reduce.Kind.MAX, axes).value(x);
    Tensor shift = finite(max);
    Tensor total = sum().bind(exp(sub(x, spread(shift, x))));
    return (DenseTensor) Elementwise.add(log(total), shift);
  }

  /** The tensor with its infinite elements replaced by 0. */
  private static Tensor finite(Tensor x) {
    return where(eq(sub(x, x), 0), x, Tensors.full(0, x.dtype()));
  }

  private Tensor spread(Tensor result, Tensor like) {
    return Shapes.reshape(result, Reductions.kept(like.shape(), axes));
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor shift = where(eq(result, Double.NEGATIVE_INFINITY), 0, result);
    Tensor weights = exp(sub(primals[0], spread(shift, primals[0])));
    return sum().bind(mul(weights, tangents[0]));
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    throw Linear.notLinear(this, 0);
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new LogSumExp(axes << 1).bind(arguments[0]);
  }
}
