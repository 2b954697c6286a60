package dini.core.trace;

import dini.core.TensorType;

/** A value that a recorded map is linear in: it has a type, and a place in the recording. */
public final class LinearTracer extends Tracer {
  final LinearNode node;
  final int index;
  private final TensorType type;

  LinearTracer(LinearTrace trace, LinearNode node, int index, TensorType type) {
    super(trace);
    this.node = node;
    this.index = index;
    this.type = type;
  }

  /** A stand-in for a linear operand of a frozen program: no operation may be applied to it. */
  LinearTracer(TensorType type) {
    this(LinearTrace.ENDED, null, 0, type);
  }

  /** As {@link #LinearTracer(TensorType)}. */
  public static LinearTracer unknown(TensorType type) {
    return new LinearTracer(type);
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public String toString() {
    return "Linear(" + type + ")";
  }
}
