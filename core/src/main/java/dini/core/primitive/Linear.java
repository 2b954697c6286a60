package dini.core.primitive;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.trace.LinearTracer;

/** Questions that transpose rules ask of their operands. */
public final class Linear {
  private Linear() {}

  /** Whether the operand is one that the recorded map is linear in: it has a type but no value. */
  public static boolean is(Tensor operand) {
    return operand instanceof LinearTracer;
  }

  /** An operand of a type that {@link #is} linear, for a rule that asks another one. */
  public static Tensor unknown(TensorType type) {
    return LinearTracer.unknown(type);
  }

  /** The message of a primitive that is asked to transpose an argument it is not linear in. */
  public static IllegalArgumentException notLinear(Rules rules, int argument) {
    return new IllegalArgumentException(
        rules.label()
            + ": not linear in argument "
            + argument
            + ", so a function that uses it cannot be transposed; was it meant to be linear?");
  }
}
