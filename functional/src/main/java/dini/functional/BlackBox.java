package dini.functional;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.trace.BatchTrace;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Call;
import dini.core.trace.DerivativeTrace;
import dini.core.trace.NanWatch;
import dini.core.trace.StageTrace;
import dini.core.trace.Trace;
import dini.core.trace.TraceStack;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A function that reads values, made one of tensors: it looks through all active traces, as the
 * solver of {@link RootApplication} does, but has no derivative to give.
 */
final class BlackBox<X> implements Function<X, Tensor> {
  private static final TensorType RESULT = Tensors.scalar(0).type();

  private final ToDoubleFunction<? super X> f;

  BlackBox(ToDoubleFunction<? super X> f) {
    this.f = f;
  }

  @Override
  public Tensor apply(X x) {
    List<Trace> traces = TraceStack.current().active();
    return below(Tree.of(x), traces, traces.size());
  }

  /** The value as the first k of the active traces see it. */
  private Tensor below(Tree<X> x, List<Trace> traces, int k) {
    if (k == 0) {
      Tensor[] leaves = resolved(x.leaves());
      Tensor value = Tensors.scalar(f.applyAsDouble(x.with(leaves)));
      NanWatch.check("blackBox", leaves, new Tensor[] {value});
      return value;
    }
    return switch (traces.get(k - 1)) {
      case DerivativeTrace trace -> constant(trace, x, traces, k);
      case BatchTrace trace -> mapped(trace, x, traces, k);
      case StageTrace trace -> staged(trace, x, traces, k);
      default -> throw new AssertionError(traces.get(k - 1));
    };
  }

  private static Tensor[] resolved(Tensor[] tensors) {
    return Arrays.stream(tensors).map(Bind::resolve).toArray(Tensor[]::new);
  }

  private Tensor constant(DerivativeTrace trace, Tree<X> x, List<Trace> traces, int k) {
    for (Tensor leaf : x.leaves()) {
      if (Spread.tangent(trace, leaf) != null) {
        throw new TracerException(
            "blackBox: a function that reads values has no derivative; estimate one with"
                + " zeroOrder, or wrap its argument in stopGradient");
      }
    }
    TraceStack.suspend(trace);
    TraceStack.takeTouched(trace);
    try {
      Tensor value = below(x, traces, k - 1);
      if (TraceStack.takeTouched(trace)) {
        throw new TracerException(
            "blackBox: the function read a captured value that is being differentiated, whose"
                + " derivative would be lost; make it part of the argument, or wrap it in"
                + " stopGradient");
      }
      return value;
    } finally {
      TraceStack.restore(trace);
    }
  }

  private Tensor mapped(BatchTrace trace, Tree<X> x, List<Trace> traces, int k) {
    int lanes = trace.size();
    if (lanes == 0) {
      return trace.batched(Tensors.zeros(0));
    }
    Tensor[][] results = new Tensor[lanes][];
    try {
      for (int lane = 0; lane < lanes; lane++) {
        TraceStack.selectLane(trace, lane);
        TraceStack.takeTouched(trace);
        Tensor result = below(x, traces, k - 1);
        if (lane == 0 && !TraceStack.takeTouched(trace)) {
          return result;
        }
        results[lane] = new Tensor[] {result};
      }
    } finally {
      TraceStack.restore(trace);
    }
    return trace.batched(Batching.stack(results)[0]);
  }

  private Tensor staged(StageTrace trace, Tree<X> x, List<Trace> traces, int k) {
    if (Arrays.stream(x.leaves()).noneMatch(trace::isStaged)) {
      TraceStack.suspend(trace);
      try {
        return below(x, traces, k - 1);
      } finally {
        TraceStack.restore(trace);
      }
    }
    Call call =
        new Call(
            "blackBox", leaves -> new Tensor[] {apply(x.with(leaves))}, new TensorType[] {RESULT});
    return trace.call(call, x.leaves().clone())[0];
  }
}
