package dini.core.primitive;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;

/** The identity, with derivative zero of every order. */
public enum StopGradient implements Single {
  STOP_GRADIENT;

  @Override
  public String label() {
    return "stopGradient";
  }

  @Override
  public TensorType type(TensorType... arguments) {
    return arguments[0];
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return arguments[0];
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return null;
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
