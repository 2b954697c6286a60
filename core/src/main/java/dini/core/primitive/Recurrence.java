package dini.core.primitive;

import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Scans;
import java.util.Arrays;

/**
 * {@code z[k] = a[k] z[k - 1] + b[k]} along an axis, {@code z[0] = b[0]}: a linear map of b, whose
 * derivative in a is again such a recurrence, and whose transpose is one that runs the other way.
 *
 * @param axis the axis
 * @param reverse whether to begin at its end
 */
public record Recurrence(int axis, boolean reverse) implements Writing {
  @Override
  public String label() {
    return "recurrence";
  }

  @Override
  public String parameters() {
    return "axis=" + axis + (reverse ? ", reverse" : "");
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType a = arguments[0];
    TensorType b = arguments[1];
    if (a.dtype() != b.dtype()) {
      throw Mismatch.of(label(), a, b);
    }
    if (!b.dtype().isFloating()) {
      throw new DTypeException(label() + ": needs a floating dtype, got " + b);
    }
    if (!a.shape().equals(b.shape()) || axis < 0 || axis >= b.shape().rank()) {
      throw new ShapeException(
          label()
              + ": expected two tensors of one shape with axis "
              + axis
              + ", got "
              + a
              + ", "
              + b);
    }
    return b;
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(arguments[0].type(), arguments[1].type()));
    write(arguments, out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    DenseTensor a = arguments[0];
    DenseTensor b = arguments[1];
    Shape shape = out.shape();
    int outer = Positions.product(shape, 0, axis);
    int n = shape.extent(axis);
    int inner = Positions.product(shape, axis + 1, shape.rank());
    if (out.data() instanceof double[] z) {
      Scans.recurrence(reverse, a.doubles(), b.doubles(), outer, n, inner, z);
    } else {
      Scans.recurrence(reverse, a.floats(), b.floats(), outer, n, inner, out.floats());
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor driven = tangents[1];
    if (tangents[0] != null) {
      Tensor moved = Elementwise.mul(shifted(result, axis, reverse, 0), tangents[0]);
      driven = driven == null ? moved : Elementwise.add(driven, moved);
    }
    return bind(primals[0], driven);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    if (Linear.is(operands[0])) {
      throw Linear.notLinear(this, 0);
    }
    Tensor next = shifted(operands[0], axis, !reverse, 0);
    return new Tensor[] {null, new Recurrence(axis, !reverse).bind(next, cotangent)};
  }

  /** Along an axis, what the scan met just before each place; {@code first} where it begins. */
  static Tensor shifted(Tensor x, int axis, boolean reverse, double first) {
    int extent = x.shape().extent(axis);
    if (extent == 0) {
      return x;
    }
    int[] start = new int[x.rank()];
    int[] step = new int[x.rank()];
    start[axis] = reverse ? 1 : 0;
    Arrays.fill(step, 1);
    Tensor rest =
        new Slice(Ints.of(start), Ints.of(step), x.shape().with(axis, extent - 1)).bind(x);
    Tensor edge = Tensors.full(x.shape().with(axis, 1), first, x.dtype());
    return reverse ? Shapes.concatenate(axis, rest, edge) : Shapes.concatenate(axis, edge, rest);
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new Recurrence(axis + 1, reverse)
        .bind(
            Broadcasting.lead(arguments[0], batched[0], size),
            Broadcasting.lead(arguments[1], batched[1], size));
  }
}
