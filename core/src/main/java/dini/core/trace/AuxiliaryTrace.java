package dini.core.trace;

import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.primitive.Rules;
import dini.core.primitive.Single;

/**
 * Gives the tangents of values that have none to give: whatever is done with such a tangent is an
 * error, while reading the value, or stopping its gradient, is not.
 */
public final class AuxiliaryTrace extends Trace {
  private static final long ABOVE_ALL = Long.MAX_VALUE;

  private AuxiliaryTrace() {
    super(ABOVE_ALL);
  }

  /** The value as a tensor that cannot be differentiated through at a derivative trace. */
  public static Tensor shield(DerivativeTrace trace, Tensor value) {
    return value.dtype().isFloating()
        ? trace.dual(value, new AuxiliaryTracer(new AuxiliaryTrace(), value.type()))
        : value;
  }

  /** What to say when the derivative of such a value is asked for. */
  static TracerException refusal() {
    return new TracerException(
        "an auxiliary output of a solver was differentiated: it carries no derivative; wrap it in"
            + " stopGradient if it is meant as a constant");
  }

  @Override
  String label() {
    return "auxiliary output";
  }

  @Override
  Tensor process(Single rule, Tensor[] arguments) {
    throw refusal();
  }

  @Override
  Tensor[] process(Rules rule, Tensor[] arguments) {
    throw refusal();
  }

  @Override
  Tensor below(Tracer tracer) {
    throw refusal();
  }
}
