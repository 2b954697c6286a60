package dini.core.trace;

import dini.core.TensorType;

/** A value that will be known when the recorded program runs. */
public final class StageTracer extends Tracer {
  final int variable;
  private final TensorType type;

  StageTracer(StageTrace trace, int variable, TensorType type) {
    super(trace);
    this.variable = variable;
    this.type = type;
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
