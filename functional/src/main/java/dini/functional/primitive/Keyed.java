package dini.functional.primitive;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.primitive.Linear;
import dini.core.primitive.Single;

/**
 * A function of keys alone. Keys are INT32 tensors whose last axis holds two words; every pair of
 * words gives a result of its own, and the results stand along the other axes of the keys.
 */
public sealed interface Keyed extends Single permits Draw, DrawIntegers, Permute, SplitKey {

  /** The type of the result for one key. */
  TensorType ofOneKey();

  /** The shape of a batch of keys: without their words. */
  static Shape batch(String operation, TensorType keys) {
    int rank = keys.shape().rank();
    if (keys.dtype() != DType.INT32) {
      throw new DTypeException(operation + ": expected a key, of dtype INT32, got " + keys);
    }
    if (rank == 0 || keys.shape().extent(rank - 1) != 2) {
      throw new ShapeException(operation + ": expected a key, of two words, got " + keys);
    }
    return keys.shape().remove(rank - 1);
  }

  @Override
  default TensorType type(TensorType... arguments) {
    TensorType one = ofOneKey();
    Shape shape = batch(label(), arguments[0]);
    for (int extent : one.shape().toArray()) {
      shape = shape.insert(shape.rank(), extent);
    }
    return new TensorType(shape, one.dtype());
  }

  /** Random numbers are constants, whatever the key came from. */
  @Override
  default Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return null;
  }

  @Override
  default Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    throw Linear.notLinear(this, 0);
  }

  @Override
  default Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return bind(arguments[0]);
  }
}
