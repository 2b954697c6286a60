package dini.core.trace;

import dini.core.Tensor;
import java.util.function.Supplier;

/**
 * Recording without intermediate values. A function runs as always; then what it recorded is
 * dropped, and one node takes its place, which runs the function again when the derivative is asked
 * for. Running it, not a program of it, lets it read values and branch on them, and captured
 * tensors keep their derivatives without being searched for: they are the tracers that they were,
 * since their trace is opened again for that time.
 */
public final class Checkpointing {
  private Checkpointing() {}

  /** The results of a function, recorded wherever a linearization runs as one node. */
  public static Tensor[] apply(Supplier<Tensor[]> f) {
    TraceStack stack = TraceStack.current();
    LinearTrace[] recording = stack.recording();
    long[] marks = new long[recording.length];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = recording[i].sequence();
    }
    Tensor[] results = f.get();
    for (int i = 0; i < marks.length; i++) {
      results = withoutRecording(stack, recording[i], marks[i], f, results);
    }
    return results;
  }

  /** The results with other tangents, which do not hold on to what was recorded since the mark. */
  private static Tensor[] withoutRecording(
      TraceStack stack, LinearTrace trace, long mark, Supplier<Tensor[]> f, Tensor[] results) {
    Recorded recorded = Recorded.since(mark, trace, results);
    if (recorded.count() == 0) {
      return results;
    }
    Recomputation again =
        new Recomputation(
            trace, stack.scene(trace), f, recorded.types(), Recomputation.fingerprint(results));
    return recorded.replacedBy(trace.recomputed(again));
  }
}
