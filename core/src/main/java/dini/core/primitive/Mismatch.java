package dini.core.primitive;

import dini.core.DTypeException;
import dini.core.TensorType;

/** The message for two dtypes in one operation. */
final class Mismatch {
  private Mismatch() {}

  static DTypeException of(String operation, TensorType x, TensorType y) {
    return new DTypeException(
        operation
            + ": "
            + x
            + " and "
            + y
            + ": dtypes "
            + x.dtype()
            + " and "
            + y.dtype()
            + " differ; convert one with astype");
  }
}
