package dini.core.primitive;

import dini.core.DType;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Sorting.Side;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Ordering;
import java.util.Arrays;

/**
 * For each value, where it belongs in ascending elements. The arguments are the sorted elements,
 * along their last axis, and the values.
 *
 * @param side on which side of elements equal to it
 * @param lead how many leading axes both arguments share, a row of elements for each block of
 *     values
 */
public record SearchSorted(Side side, int lead) implements Single {
  @Override
  public String label() {
    return "searchSorted";
  }

  @Override
  public String parameters() {
    return "side=" + side + (lead == 0 ? "" : ", lead=" + lead);
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType sorted = arguments[0];
    TensorType values = arguments[1];
    if (sorted.dtype() != values.dtype()) {
      throw Mismatch.of(label(), sorted, values);
    }
    if (sorted.shape().rank() != lead + 1) {
      throw new ShapeException("searchSorted: expected a vector to search in, got " + sorted);
    }
    if (values.shape().rank() < lead || !leading(sorted).equals(leading(values))) {
      throw new ShapeException(
          "searchSorted: " + sorted + " and " + values + " differ in leading axes");
    }
    return new TensorType(values.shape(), DType.INT64);
  }

  private Shape leading(TensorType type) {
    return Shape.of(Arrays.copyOf(type.shape().toArray(), lead));
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return value(arguments[0], arguments[1]);
  }

  @Override
  public DenseTensor value(DenseTensor sorted, DenseTensor values) {
    DenseTensor out = DenseTensor.allocate(type(sorted.type(), values.type()));
    int n = sorted.shape().extent(-1);
    int rows = Positions.product(sorted.shape(), 0, lead);
    int each = Positions.product(values.shape(), lead, values.rank());
    long[] keys = new long[n];
    long[] wanted = new long[each];
    for (int row = 0; row < rows; row++) {
      Ordering.keys(sorted.data(), row * n, 1, false, keys, 0, n);
      Ordering.keys(values.data(), row * each, 1, false, wanted, 0, each);
      for (int i = 0; i < each; i++) {
        out.longs()[row * each + i] = Ordering.search(keys, 0, n, wanted[i], side == Side.RIGHT);
      }
    }
    return out;
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
    if (!batched[0] && lead == 0) {
      return bind(arguments);
    }
    return new SearchSorted(side, lead + 1)
        .bind(
            Broadcasting.lead(arguments[0], batched[0], size),
            Broadcasting.lead(arguments[1], batched[1], size));
  }
}
