package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TracerException;
import java.util.Arrays;
import java.util.function.Supplier;

/** What stands in a recording for a part that is recorded again when it is needed. */
final class Recomputation {
  private final LinearTrace trace;
  private final Scene scene;
  private final TensorType[] types;
  private final int fingerprint;
  private Supplier<Tensor[]> f;

  /**
   * A part of a recording.
   *
   * @param scene the linearization and the traces inside it, as they were when f ran
   * @param types of the tangents that f recorded
   * @param fingerprint of the values that f gave
   */
  Recomputation(
      LinearTrace trace, Scene scene, Supplier<Tensor[]> f, TensorType[] types, int fingerprint) {
    this.trace = trace;
    this.scene = scene;
    this.f = f;
    this.types = types;
    this.fingerprint = fingerprint;
  }

  /** The types of the tangents. */
  TensorType[] types() {
    return types;
  }

  /** Runs the function again, and returns the tangents that are recorded now. */
  LinearTracer[] run() {
    return TraceStack.current()
        .within(
            scene,
            () -> {
              long mark = trace.sequence();
              Tensor[] results = f.get();
              LinearTracer[] tangents = Recorded.since(mark, trace, results).tracers();
              if (!Arrays.equals(Bind.types(tangents), types)
                  || fingerprint(results) != fingerprint) {
                throw new TracerException(
                    "checkpoint: the function gave other results when it ran again for the"
                        + " derivative; what it gives must depend on tensors alone, not on state"
                        + " that changes from run to run");
              }
              return tangents;
            });
  }

  /** Lets go of the function and what it holds, where this is not to run again. */
  void release() {
    f = null;
  }

  /** A number that tells other values by; 0 for values that are not known. */
  static int fingerprint(Tensor[] results) {
    int hash = 1;
    for (Tensor result : results) {
      hash = 31 * hash + (Bind.isKnown(result) ? Bind.peek(result).hashCode() : 0);
    }
    return hash;
  }
}
