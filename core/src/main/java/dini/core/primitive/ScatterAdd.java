package dini.core.primitive;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Indexing.Mode;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;
import java.util.Arrays;

/**
 * Zeros with updates added at positions of one axis, in the order in which they stand: the
 * transpose of {@link Take}.
 *
 * @param axis the axis
 * @param along as in {@link Take}
 * @param extent the extent of the axis in the result
 * @param mode what an index outside the axis means
 * @param operation what the user called, for messages
 */
public record ScatterAdd(int axis, boolean along, int extent, Mode mode, String operation)
    implements Single {
  @Override
  public String label() {
    return "scatterAdd";
  }

  @Override
  public String parameters() {
    return "axis=" + axis + ", extent=" + extent + (along ? ", along" : "");
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType updates = arguments[0];
    TensorType indices = arguments[1];
    Positions.check(operation, indices);
    if (updates.dtype() == DType.BOOL) {
      throw new DTypeException(operation + ": truth values do not add, got " + updates);
    }
    if (along) {
      if (!updates.shape().equals(indices.shape())) {
        throw new ShapeException(operation + ": updates " + updates + " for indices " + indices);
      }
      return new TensorType(updates.shape().with(axis, extent), updates.dtype());
    }
    int rank = indices.shape().rank();
    int[] extents = updates.shape().toArray();
    if (extents.length < axis + rank
        || !Arrays.equals(
            Arrays.copyOfRange(extents, axis, axis + rank), indices.shape().toArray())) {
      throw new ShapeException(
          operation
              + ": updates "
              + updates
              + " do not have the axes of the indices "
              + indices
              + " at axis "
              + axis);
    }
    Shape shape = updates.shape();
    for (int i = 0; i < rank; i++) {
      shape = shape.remove(axis);
    }
    return new TensorType(shape.insert(axis, extent), updates.dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor updates = arguments[0];
    DenseTensor indices = arguments[1];
    DenseTensor out = DenseTensor.allocate(type(updates.type(), indices.type()));
    int[] places = Positions.rows(operation, indices, out.shape(), axis, along, mode);
    int length = Positions.rowLength(out.shape(), axis, along);
    Scatter.combine(BinaryKernel.ADD, updates, places, length, out);
    return out;
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return tangents[0] == null ? null : bind(tangents[0], primals[1]);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    return new Tensor[] {
      new Take(axis, along, mode, operation).linear(cotangent, operands[1]), null
    };
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    Tensor updates = arguments[0];
    Tensor indices = arguments[1];
    if (along) {
      return new ScatterAdd(axis + 1, true, extent, mode, operation)
          .bind(
              Broadcasting.lead(updates, batched[0], size),
              Broadcasting.lead(indices, batched[1], size));
    }
    if (!batched[1]) {
      return new ScatterAdd(axis + 1, false, extent, mode, operation).bind(updates, indices);
    }
    return ofEach(size, Broadcasting.lead(updates, batched[0], size), indices);
  }

  /** Row b of the indices, flattened, moves along the axis of updates[b]. */
  private Tensor ofEach(int size, Tensor updates, Tensor indices) {
    Shape own = indices.shape().remove(0);
    Shape wide = Positions.merged(updates.shape(), axis + 1, own.rank());
    Tensor spread = Positions.spread(indices, axis + 1, wide);
    return new ScatterAdd(axis + 1, true, extent, mode, operation)
        .bind(Shapes.reshape(updates, wide), spread);
  }
}
