package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.primitive.Rules;
import dini.core.primitive.Single;

/** Records what jvp rules do to the tangents of one derivative trace. */
public final class LinearTrace extends Trace {
  /** The trace of stand-ins, which belong to no recording. */
  static final LinearTrace ENDED = new LinearTrace(0);

  static {
    ENDED.open = false;
  }

  private long sequence;

  private boolean recomputes;

  LinearTrace(DerivativeTrace derivative) {
    this(derivative.level);
    derivative.linear = this;
  }

  private LinearTrace(long level) {
    super(level);
  }

  /** One inside of all traces that there are, whose recording nobody asks for. */
  static LinearTrace inner() {
    return new LinearTrace(TraceStack.current().newLevel());
  }

  /** A new input of the recorded map. */
  LinearTracer input(TensorType type) {
    LinearNode node = new LinearNode(sequence++, null, null, new TensorType[] {type});
    return new LinearTracer(this, node, 0, type);
  }

  /** The number that the next node gets; later nodes get larger ones. */
  long sequence() {
    return sequence;
  }

  /** The tangents that a part of the recording gives when it is recorded again. */
  LinearTracer[] recomputed(Recomputation again) {
    recomputes = true;
    TensorType[] types = again.types();
    LinearNode node = new LinearNode(sequence++, again);
    LinearTracer[] tangents = new LinearTracer[types.length];
    for (int i = 0; i < tangents.length; i++) {
      tangents[i] = new LinearTracer(this, node, i, types[i]);
    }
    return tangents;
  }

  /** Whether parts of the recording are recorded again when they are needed. */
  boolean recomputes() {
    return recomputes;
  }

  @Override
  String label() {
    return "linearization";
  }

  @Override
  Tensor process(Single rule, Tensor[] arguments) {
    TensorType[] types = {rule.type(Bind.types(arguments))};
    LinearNode node = new LinearNode(sequence++, rule, arguments, types);
    return new LinearTracer(this, node, 0, types[0]);
  }

  @Override
  Tensor[] process(Rules rule, Tensor[] arguments) {
    TensorType[] types = rule.types(Bind.types(arguments));
    LinearNode node = new LinearNode(sequence++, rule, arguments, types);
    Tensor[] results = new Tensor[types.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = new LinearTracer(this, node, i, types[i]);
    }
    return results;
  }

  @Override
  Tensor below(Tracer tracer) {
    throw new AssertionError("tangents are not looked through");
  }
}
