package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;

/** A primal with its tangent. */
public final class DualTracer extends Tracer {
  final Tensor primal;
  final Tensor tangent;

  DualTracer(DerivativeTrace trace, Tensor primal, Tensor tangent) {
    super(trace);
    this.primal = primal;
    this.tangent = tangent;
  }

  @Override
  public TensorType type() {
    return primal.type();
  }

  @Override
  public String toString() {
    return "Dual(" + type() + ", primal=" + primal + ")";
  }
}
