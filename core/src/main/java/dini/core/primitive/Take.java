package dini.core.primitive;

import dini.core.Comparisons;
import dini.core.Indexing.Mode;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.dense.Storage;
import java.util.Arrays;

/**
 * Reads at positions of one axis.
 *
 * @param axis the axis
 * @param along whether indices have the rank of the argument and move along the axis only;
 *     otherwise their axes replace it
 * @param mode what an index outside the axis means
 */
public record Take(int axis, boolean along, Mode mode) implements Single {
  @Override
  public String label() {
    return along ? "takeAlongAxis" : "take";
  }

  @Override
  public String parameters() {
    return "axis=" + axis + (mode == Mode.THROW ? "" : ", mode=" + mode);
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    TensorType indices = arguments[1];
    Positions.check(label(), indices);
    if (along) {
      Positions.checkAlong(label(), x, indices, axis);
      return new TensorType(indices.shape(), x.dtype());
    }
    return new TensorType(Positions.replaced(x.shape(), axis, indices.shape()), x.dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor x = arguments[0];
    DenseTensor indices = arguments[1];
    DenseTensor out = DenseTensor.allocate(type(x.type(), indices.type()));
    if (mode == Mode.FILL && out.dtype().isFloating()) {
      Storage.fill(out.data(), Double.NaN);
    }
    int extent = x.shape().extent(axis);
    int outer = Positions.product(x.shape(), 0, axis);
    int inner = Positions.product(x.shape(), axis + 1, x.rank());
    int count = along ? indices.shape().extent(axis) : indices.size();
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < count; j++) {
        int to = (o * count + j) * inner;
        if (along) {
          for (int i = 0; i < inner; i++) {
            int at = Positions.resolve(label(), Positions.at(indices, to + i), extent, axis, mode);
            if (at >= 0) {
              Storage.copy(x.data(), (o * extent + at) * inner + i, 1, out.data(), to + i, 1, 1);
            }
          }
        } else {
          int at = Positions.resolve(label(), Positions.at(indices, j), extent, axis, mode);
          if (at >= 0) {
            Storage.copy(x.data(), (o * extent + at) * inner, 1, out.data(), to, 1, inner);
          }
        }
      }
    }
    return out;
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return tangents[0] == null ? null : linear(tangents[0], primals[1]);
  }

  /** Reads zero, not NaN, where an index means no place: the value there depends on nothing. */
  Tensor linear(Tensor x, Tensor indices) {
    Tensor taken = bind(x, indices);
    if (mode != Mode.FILL) {
      return taken;
    }
    Tensor inside = bind(Tensors.onesLike(x), indices).eq(1);
    return Comparisons.where(inside, taken, 0);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    int extent = operands[0].shape().extent(axis);
    return new Tensor[] {
      new ScatterAdd(axis, along, extent, mode).bind(cotangent, operands[1]), null
    };
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    Tensor indices = arguments[1];
    Tensor x = arguments[0];
    if (along) {
      return new Take(axis + 1, true, mode)
          .bind(
              Broadcasting.lead(x, batched[0], size), Broadcasting.lead(indices, batched[1], size));
    }
    if (!batched[1]) {
      return new Take(axis + 1, false, mode).bind(x, indices);
    }
    if (!batched[0]) {
      return Shapes.moveAxis(bind(x, indices), axis, 0);
    }
    return ofEach(size, x, indices);
  }

  /** Both batched: row b of the indices, flattened, moves along the axis of x[b]. */
  private Tensor ofEach(int size, Tensor x, Tensor indices) {
    Shape own = indices.shape().remove(0);
    int[] flat = new int[x.rank()];
    Arrays.fill(flat, 1);
    flat[0] = size;
    flat[axis + 1] = own.size();
    Shape wide = x.shape().with(axis + 1, own.size());
    Tensor spread = Shapes.broadcastTo(Shapes.reshape(indices, Shape.of(flat)), wide);
    Tensor taken = new Take(axis + 1, true, mode).bind(x, spread);
    return Shapes.reshape(
        taken, Positions.replaced(x.shape().remove(0), axis, own).insert(0, size));
  }
}
