package dini.functional.primitive;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Single;
import java.util.function.Consumer;

/**
 * The identity, which shows its values. No record: two that are equal would be one operation of a
 * compiled program, and one of the lines would be missing.
 */
public final class Printed implements Single {
  private final String name;
  private final Consumer<? super String> out;

  /** A place in the code whose values are shown. */
  public Printed(String name, Consumer<? super String> out) {
    this.name = name;
    this.out = out;
  }

  @Override
  public String label() {
    return "debugPrint";
  }

  @Override
  public String parameters() {
    return "label=" + name;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    return arguments[0];
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    out.accept(name + ": " + arguments[0]);
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
