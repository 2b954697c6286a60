package dini.functional.primitive;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Single;

/**
 * The identity, with a name by which a policy of checkpoints knows the value.
 *
 * @param name the name
 */
public record Named(String name) implements Single {

  @Override
  public String label() {
    return "checkpointName";
  }

  @Override
  public String parameters() {
    return "name=" + name;
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
    return tangents[0];
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    return new Tensor[] {cotangent};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return bind(arguments[0]);
  }
}
