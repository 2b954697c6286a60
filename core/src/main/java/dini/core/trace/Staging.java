package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import java.util.List;

/** Recording of programs. */
public final class Staging {
  private Staging() {}

  /** The program of a function of arguments of some types, with the values that it captured. */
  public static Closed stage(Leaves f, List<TensorType> types) {
    TraceStack stack = TraceStack.current();
    StageTrace trace = stack.stage();
    try {
      return trace.freeze(f.apply(types.stream().map(trace::input).toArray(Tensor[]::new)));
    } finally {
      trace.open = false;
      stack.close(trace);
    }
  }
}
