package dini.core.primitive;

import dini.core.DType;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import java.util.Arrays;

/**
 * The indices of the first elements that are not zero, in row-major order: row i of the result has
 * those along axis i.
 *
 * @param count how many elements there are places for
 * @param fill the index in places that are left over
 * @param lead how many leading axes of the argument have a result of their own
 */
public record NonZero(int count, int fill, int lead) implements Single {
  @Override
  public String label() {
    return "nonzero";
  }

  @Override
  public String parameters() {
    return "size=" + count + ", fill=" + fill + (lead == 0 ? "" : ", lead=" + lead);
  }

  @Override
  public TensorType type(TensorType... arguments) {
    Shape shape = arguments[0].shape();
    int rank = shape.rank() - lead;
    if (rank < 1) {
      throw new ShapeException("nonzero: a scalar has no indices, got " + arguments[0]);
    }
    if (count < 0) {
      throw new ShapeException("nonzero: size " + count + " is negative");
    }
    int[] extents = Arrays.copyOf(shape.toArray(), lead + 2);
    extents[lead] = rank;
    extents[lead + 1] = count;
    return new TensorType(Shape.of(extents), DType.INT64);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return value(arguments[0]);
  }

  @Override
  public DenseTensor value(DenseTensor x) {
    DenseTensor out = DenseTensor.allocate(type(x.type()));
    long[] indices = out.longs();
    Arrays.fill(indices, fill);
    Shape own = Shape.of(Arrays.copyOfRange(x.shape().toArray(), lead, x.rank()));
    int results = Positions.product(x.shape(), 0, lead);
    for (int result = 0; result < results; result++) {
      int found = 0;
      for (int i = 0; found < count && i < own.size(); i++) {
        if (isNonZero(x.data(), result * own.size() + i)) {
          write(i, own, indices, result * own.rank() * count + found);
          found++;
        }
      }
    }
    return out;
  }

  /** Writes the indices of one position, one in each row. */
  private void write(int position, Shape shape, long[] indices, int to) {
    int rest = position;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      indices[to + axis * count] = rest % shape.extent(axis);
      rest /= shape.extent(axis);
    }
  }

  private static boolean isNonZero(Object data, int i) {
    return switch (data) {
      case double[] a -> a[i] != 0;
      case float[] a -> a[i] != 0;
      case int[] a -> a[i] != 0;
      case long[] a -> a[i] != 0;
      default -> ((boolean[]) data)[i];
    };
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
    return new NonZero(count, fill, lead + 1).bind(arguments[0]);
  }
}
