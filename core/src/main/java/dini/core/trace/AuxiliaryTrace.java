package dini.core.trace;

import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.primitive.Rules;
import dini.core.primitive.Single;
import java.util.Arrays;

/**
 * Gives the tangents of values that have none to give. Whatever depends on such a tangent is one
 * itself, and a derivative of which it is the result is an error; so stacking the values, computing
 * with them for a report, or stopping their gradient is not.
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

  /** Whether a tangent is that of a value that has none to give. */
  public static boolean isTangent(Tensor tangent) {
    return Bind.resolve(tangent) instanceof AuxiliaryTracer;
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
    return new AuxiliaryTracer(this, rule.type(Bind.types(arguments)));
  }

  @Override
  Tensor[] process(Rules rule, Tensor[] arguments) {
    return Arrays.stream(rule.types(Bind.types(arguments)))
        .map(type -> new AuxiliaryTracer(this, type))
        .toArray(Tensor[]::new);
  }

  @Override
  Tensor below(Tracer tracer) {
    throw refusal();
  }
}
