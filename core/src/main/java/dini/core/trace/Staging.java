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
    boolean[] touched = stack.takeTouched();
    StageTrace trace = stack.stage();
    try {
      Tensor[] outputs = f.apply(types.stream().map(trace::input).toArray(Tensor[]::new));
      return trace.freeze(outputs, stack.isTouched(touched.length));
    } finally {
      trace.open = false;
      stack.close(trace);
      stack.touch(touched);
    }
  }
}
