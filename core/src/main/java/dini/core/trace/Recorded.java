package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * The tangents, in some results, that one linearization recorded since some moment. They may stand
 * deep inside: in the lanes of a batch, or in a primal or tangent of an inner derivative.
 */
final class Recorded {
  private final LinearTrace trace;
  private final long mark;
  private final Tensor[] results;
  private final List<LinearTracer> found = new ArrayList<>();

  private Recorded(LinearTrace trace, long mark, Tensor[] results) {
    this.trace = trace;
    this.mark = mark;
    this.results = results;
  }

  static Recorded since(long mark, LinearTrace trace, Tensor[] results) {
    Recorded recorded = new Recorded(trace, mark, results);
    for (Tensor result : results) {
      recorded.search(Bind.resolve(result));
    }
    return recorded;
  }

  private void search(Tensor tensor) {
    switch (tensor) {
      case LinearTracer linear -> {
        if (linear.trace == trace && linear.node.sequence >= mark && indexOf(linear) < 0) {
          found.add(linear);
        }
      }
      case DualTracer dual -> {
        search(dual.primal);
        search(dual.tangent);
      }
      case BatchTracer batch -> search(batch.value);
      default -> {
        // values, and tracers that hold none
      }
    }
  }

  /** The same result of the same node is one tangent, as it is in the recording. */
  private int indexOf(LinearTracer linear) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).node == linear.node && found.get(i).index == linear.index) {
        return i;
      }
    }
    return -1;
  }

  int count() {
    return found.size();
  }

  LinearTracer[] tracers() {
    return found.toArray(LinearTracer[]::new);
  }

  TensorType[] types() {
    return Bind.types(tracers());
  }

  /** The results with other tangents in place of those found. */
  Tensor[] replacedBy(LinearTracer[] tangents) {
    Tensor[] replaced = new Tensor[results.length];
    for (int i = 0; i < replaced.length; i++) {
      replaced[i] = replaced(Bind.resolve(results[i]), tangents);
    }
    return replaced;
  }

  private Tensor replaced(Tensor tensor, LinearTracer[] tangents) {
    return switch (tensor) {
      case LinearTracer linear -> indexOf(linear) < 0 ? linear : tangents[indexOf(linear)];
      case DualTracer dual ->
          new DualTracer(
              (DerivativeTrace) dual.trace,
              replaced(dual.primal, tangents),
              replaced(dual.tangent, tangents));
      case BatchTracer batch ->
          new BatchTracer((BatchTrace) batch.trace, replaced(batch.value, tangents));
      default -> tensor;
    };
  }
}
