package dini.functional;

import dini.core.Tensor;
import dini.core.trace.BatchTrace;
import dini.core.trace.Bind;
import dini.core.trace.DerivativeTrace;
import java.util.Optional;

/**
 * Tangents of an outer derivative trace inside values of inner batch traces, which are active while
 * a solver that is mapped at once is differentiated.
 */
final class Spread {
  private Spread() {}

  /** The tangent, with the batches of the value; null where there is none. */
  static Tensor tangent(DerivativeTrace trace, Tensor tensor) {
    Tensor resolved = Bind.resolve(tensor);
    Optional<BatchTrace> batch = BatchTrace.within(trace, resolved);
    if (batch.isEmpty()) {
      return trace.tangent(resolved);
    }
    Tensor inner = tangent(trace, batch.get().value(resolved));
    return inner == null ? null : batch.get().batched(inner);
  }

  /** The value without the trace's tangent, with its batches. */
  static Tensor primal(DerivativeTrace trace, Tensor tensor) {
    Tensor resolved = Bind.resolve(tensor);
    Optional<BatchTrace> batch = BatchTrace.within(trace, resolved);
    return batch.isEmpty()
        ? trace.primal(resolved)
        : batch.get().batched(primal(trace, batch.get().value(resolved)));
  }

  /** The dual of a value and a tangent, with the batches that either has. */
  static Tensor dual(DerivativeTrace trace, Tensor primal, Tensor tangent) {
    Optional<BatchTrace> batch = BatchTrace.within(trace, primal, tangent);
    return batch.isEmpty()
        ? trace.dual(primal, tangent)
        : batch.get().batched(dual(trace, batch.get().value(primal), batch.get().value(tangent)));
  }
}
