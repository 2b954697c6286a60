package dini.core.primitive;

import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.dense.Strided;
import dini.core.kernel.Kernels;

/** Permutes axes: axis i of the result is axis {@code permutation[i]} of the argument. */
public record Transpose(Ints permutation) implements Writing {
  @Override
  public String label() {
    return "transpose";
  }

  @Override
  public String parameters() {
    return "permutation=" + permutation;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    Shape shape = arguments[0].shape();
    boolean[] seen = new boolean[shape.rank()];
    boolean valid = permutation.size() == shape.rank();
    int[] extents = new int[permutation.size()];
    for (int i = 0; valid && i < extents.length; i++) {
      int axis = permutation.get(i);
      valid = axis >= 0 && axis < seen.length && !seen[axis];
      if (valid) {
        seen[axis] = true;
        extents[i] = shape.extent(axis);
      }
    }
    if (!valid) {
      throw new ShapeException(
          "transpose: " + permutation + " is not a permutation of the axes of " + arguments[0]);
    }
    return new TensorType(Shape.of(extents), arguments[0].dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor x = arguments[0];
    DenseTensor out = DenseTensor.allocate(type(x.type()));
    write(arguments, out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    DenseTensor x = arguments[0];
    if (permutation.size() == 2 && permutation.get(0) == 1) {
      int m = x.shape().extent(0);
      int n = x.shape().extent(1);
      if (x.data() instanceof double[] a) {
        Kernels.chosen().transpose(m, n, a, 0, out.doubles(), 0);
        return;
      }
      if (x.data() instanceof float[] a) {
        Kernels.chosen().transpose(m, n, a, 0, out.floats(), 0);
        return;
      }
    }
    int[] own = Strided.strides(x.shape());
    int[] strides = new int[own.length];
    for (int i = 0; i < own.length; i++) {
      strides[i] = own[permutation.get(i)];
    }
    Strided.copy(out.shape(), x.data(), 0, strides, out.data(), 0, Strided.strides(out.shape()));
  }

  private Transpose inverse() {
    int[] inverse = new int[permutation.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[permutation.get(i)] = i;
    }
    return new Transpose(Ints.of(inverse));
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return bind(tangents[0]);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    return new Tensor[] {inverse().bind(cotangent)};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    int[] axes = new int[permutation.size() + 1];
    for (int i = 1; i < axes.length; i++) {
      axes[i] = permutation.get(i - 1) + 1;
    }
    return Shapes.transpose(arguments[0], axes);
  }
}
