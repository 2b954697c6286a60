package dini.core.primitive;

import dini.core.DTypeException;
import dini.core.Special;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.PolygammaKernel;

/**
 * The derivative of digamma of some order; its own derivative is the next.
 *
 * @param order from 1
 */
public record Polygamma(int order) implements Pointwise {
  @Override
  public String label() {
    return "polygamma";
  }

  @Override
  public String parameters() {
    return "order=" + order;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    if (order < 1 || order > PolygammaKernel.LARGEST) {
      throw new IllegalArgumentException(
          "polygamma: the order must be from 0 to " + PolygammaKernel.LARGEST + ", got " + order);
    }
    if (!arguments[0].dtype().isFloating()) {
      throw new DTypeException(
          "polygamma: needs a floating dtype, got " + arguments[0] + "; convert it with astype");
    }
    return arguments[0];
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(arguments[0].type()));
    write(arguments, out);
    return out;
  }

  @Override
  public double picoseconds() {
    return BinaryKernel.SCALAR;
  }

  @Override
  public void run(
      Object x,
      int xo,
      Object y,
      int yo,
      Object z,
      int zo,
      int uniform,
      Object out,
      int at,
      int n) {
    switch (x) {
      case double[] a -> PolygammaKernel.apply(order, a, xo, (double[]) out, at, n);
      case float[] a -> PolygammaKernel.apply(order, a, xo, (float[]) out, at, n);
      default -> throw new AssertionError(this);
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return Special.polygamma(order + 1, primals[0]).mul(tangents[0]);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    throw Linear.notLinear(this, 0);
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return bind(arguments[0]);
  }
}
