package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;

/** A value with a leading batch axis that the mapped function does not see. */
public final class BatchTracer extends Tracer {
  final Tensor value;
  private TensorType type;

  BatchTracer(BatchTrace trace, Tensor value) {
    super(trace);
    this.value = value;
  }

  @Override
  public TensorType type() {
    if (type == null) {
      type = new TensorType(value.type().shape().remove(0), value.type().dtype());
    }
    return type;
  }

  @Override
  public String toString() {
    return "Batched(" + type() + " x " + ((BatchTrace) trace).size() + ")";
  }
}
