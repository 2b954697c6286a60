package dini.core.primitive;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.trace.Bind;

/** The rules of a primitive with one result. */
public interface Single extends Rules {

  /** Result type from argument types. All checking of arguments lives here. */
  TensorType type(TensorType... arguments);

  /** Dense result. */
  DenseTensor value(DenseTensor... arguments);

  /** Dense result of one argument: overridden where an array of arguments would cost. */
  default DenseTensor value(DenseTensor argument) {
    return value(new DenseTensor[] {argument});
  }

  /** Dense result of two arguments: overridden where an array of arguments would cost. */
  default DenseTensor value(DenseTensor first, DenseTensor second) {
    return value(new DenseTensor[] {first, second});
  }

  /** Result tangent; null stands for zero, both ways. */
  Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents);

  /** Cotangents of the linear operands, see {@link Rules#transpose}; never called with null. */
  Tensor[] cotangents(Tensor cotangent, Tensor[] operands);

  /** The result with its leading batch axis, see {@link Rules#batch}. */
  Tensor mapped(int size, Tensor[] arguments, boolean[] batched);

  /** Applies this primitive. */
  default Tensor bind(Tensor... arguments) {
    return Bind.bind(this, arguments);
  }

  @Override
  default TensorType[] types(TensorType[] arguments) {
    return new TensorType[] {type(arguments)};
  }

  @Override
  default DenseTensor[] evaluate(DenseTensor[] arguments) {
    return new DenseTensor[] {value(arguments)};
  }

  @Override
  default Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    return new Tensor[] {tangent(primals, results[0], tangents)};
  }

  @Override
  default Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    return cotangents[0] == null
        ? new Tensor[operands.length]
        : cotangents(cotangents[0], operands);
  }

  @Override
  default Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    return new Tensor[] {mapped(size, arguments, batched)};
  }
}
