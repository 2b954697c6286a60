package dini.core.trace;

import dini.core.TensorType;

/** The tangent of a value that cannot be differentiated. */
public final class AuxiliaryTracer extends Tracer {
  private final TensorType type;

  AuxiliaryTracer(AuxiliaryTrace trace, TensorType type) {
    super(trace);
    this.type = type;
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public String toString() {
    return "Auxiliary(" + type + ")";
  }
}
