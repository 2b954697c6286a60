package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;

/** A tensor that a transformation watches. Equality is identity. */
public abstract sealed class Tracer implements Tensor
    permits DualTracer, LinearTracer, BatchTracer, StageTracer, AuxiliaryTracer {
  final Trace trace;

  Tracer(Trace trace) {
    this.trace = trace;
  }

  /** Shape and dtype as the user's function sees them. */
  @Override
  public abstract TensorType type();
}
