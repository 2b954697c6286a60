package dini.core.primitive;

import dini.core.Primitive;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;

/**
 * What a primitive knows of itself. One set of rules serves every transformation; they are written
 * with the public operations, so that they nest to any order.
 *
 * <p>A primitive with one result implements {@link Single} instead.
 */
public interface Rules extends Primitive {

  /** Result types from argument types. All checking of arguments lives here. */
  TensorType[] types(TensorType[] arguments);

  /** Dense results; the arguments are of a kind that {@link #types} accepts. */
  DenseTensor[] evaluate(DenseTensor[] arguments);

  /**
   * Result tangents from argument tangents; null stands for a zero tangent, both ways. At least one
   * argument tangent is not null.
   */
  Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents);

  /**
   * Cotangents of the linear operands. A linear operand has no value but a type, and is told by
   * {@link Linear#is}; the entry of every other operand stays null. Null cotangents are zero, both
   * ways.
   */
  Tensor[] transpose(Tensor[] cotangents, Tensor[] operands);

  /**
   * Results with a leading axis of extent {@code size}, from arguments some of which have it.
   *
   * @param batched which arguments have the leading axis; at least one
   */
  Tensor[] batch(int size, Tensor[] arguments, boolean[] batched);
}
