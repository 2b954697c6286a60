package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import java.util.Optional;

/** A value that will be known when the recorded program runs. */
public final class StageTracer extends Tracer {
  final int variable;
  private final TensorType type;

  /** The tensor from outside that it stands for, whose values may be known. */
  final Optional<Tensor> origin;

  StageTracer(StageTrace trace, int variable, TensorType type) {
    this(trace, variable, type, Optional.empty());
  }

  StageTracer(StageTrace trace, int variable, TensorType type, Optional<Tensor> origin) {
    super(trace);
    this.variable = variable;
    this.type = type;
    this.origin = origin;
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public String toString() {
    return "Staged(" + type + ")";
  }
}
