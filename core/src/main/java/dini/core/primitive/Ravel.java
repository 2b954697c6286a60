package dini.core.primitive;

import dini.core.DType;
import dini.core.Indexing.Mode;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;

/**
 * The position in row-major order of the element that indices along several axes name together; one
 * behind the last position for none. There is one argument for each axis; they broadcast.
 *
 * @param axis the first of the axes, for messages
 * @param extents their extents
 * @param mode what an index outside its axis means
 * @param operation what the user called, for messages
 */
public record Ravel(int axis, Ints extents, Mode mode, String operation) implements Single {
  @Override
  public String label() {
    return "ravelIndex";
  }

  @Override
  public String parameters() {
    return "axis=" + axis + ", extents=" + extents + (mode == Mode.THROW ? "" : ", mode=" + mode);
  }

  @Override
  public TensorType type(TensorType... arguments) {
    Shape shape = Shape.SCALAR;
    for (TensorType indices : arguments) {
      Positions.check(operation, indices);
      shape = Broadcast.shape(operation, shape, indices.shape());
    }
    return new TensorType(shape, DType.INT64);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    TensorType[] types = new TensorType[arguments.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = arguments[i].type();
    }
    DenseTensor out = DenseTensor.allocate(type(types));
    long[] places = out.longs();
    int none = Shape.of(extents.toArray()).size();
    for (int i = 0; i < arguments.length; i++) {
      DenseTensor indices = BroadcastTo.dense(arguments[i], out.shape());
      int extent = extents.get(i);
      for (int k = 0; k < places.length; k++) {
        int at = Positions.resolve(operation, Positions.at(indices, k), extent, axis + i, mode);
        places[k] = at < 0 || places[k] < 0 ? -1 : places[k] * extent + at;
      }
    }
    for (int k = 0; k < places.length; k++) {
      places[k] = places[k] < 0 ? none : places[k];
    }
    return out;
  }

  @Override
  public DenseTensor value(DenseTensor argument) {
    return value(new DenseTensor[] {argument});
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
    return bind(Broadcasting.align(arguments, batched));
  }
}
