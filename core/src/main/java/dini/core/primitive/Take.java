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
import dini.core.kernel.Rows;

/**
 * Reads at positions of one axis.
 *
 * @param axis the axis
 * @param along whether indices have the rank of the argument and move along the axis only;
 *     otherwise their axes replace it
 * @param mode what an index outside the axis means
 * @param operation what the user called, for messages
 */
public record Take(int axis, boolean along, Mode mode, String operation) implements Single {
  /** The operation of that name. */
  public Take(int axis, boolean along, Mode mode) {
    this(axis, along, mode, along ? "takeAlongAxis" : "take");
  }

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
    Positions.check(operation, indices);
    if (along) {
      Positions.checkAlong(operation, x, indices, axis);
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
    int[] places = Positions.rows(operation, indices, x.shape(), axis, along, mode);
    Rows.gather(x.data(), places, Positions.rowLength(x.shape(), axis, along), out.data());
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
      new ScatterAdd(axis, along, extent, mode, operation).bind(cotangent, operands[1]), null
    };
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    Tensor indices = arguments[1];
    Tensor x = arguments[0];
    if (along) {
      return new Take(axis + 1, true, mode, operation)
          .bind(
              Broadcasting.lead(x, batched[0], size), Broadcasting.lead(indices, batched[1], size));
    }
    if (!batched[1]) {
      return new Take(axis + 1, false, mode, operation).bind(x, indices);
    }
    if (!batched[0]) {
      return Shapes.moveAxis(bind(x, indices), axis, 0);
    }
    return ofEach(size, x, indices);
  }

  /** Both batched: row b of the indices, flattened, moves along the axis of x[b]. */
  private Tensor ofEach(int size, Tensor x, Tensor indices) {
    Shape own = indices.shape().remove(0);
    Shape wide = x.shape().with(axis + 1, own.size());
    Tensor spread = Positions.spread(indices, axis + 1, wide);
    Tensor taken = new Take(axis + 1, true, mode, operation).bind(x, spread);
    return Shapes.reshape(
        taken, Positions.replaced(x.shape().remove(0), axis, own).insert(0, size));
  }
}
