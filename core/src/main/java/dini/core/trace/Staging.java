package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import java.util.List;
import java.util.function.Function;

/** Recording of programs. */
public final class Staging {
  private Staging() {}

  /**
   * The program of a function of arguments of some types, with the values that it captured. What it
   * computes of captured values alone is computed outside, at once.
   */
  public static Closed stage(Leaves f, List<TensorType> types) {
    TraceStack stack = TraceStack.current();
    boolean[] touched = stack.takeTouched();
    return recorded(stack, touched, stack.stage(), f, types);
  }

  /**
   * The same of a function that may not run: what it computes of tracers from outside belongs to
   * the program too, so that it has neither value nor derivative where the program is not taken.
   */
  public static Closed stageAll(Leaves f, List<TensorType> types) {
    TraceStack stack = TraceStack.current();
    boolean[] touched = stack.takeTouched();
    StageTrace[] trace = new StageTrace[1];
    Substitution[] substitution = new Substitution[1];
    Function<Tracer, Tensor> met =
        tracer -> substitution[0].outside(() -> trace[0].captured(Bind.resolve(tracer)));
    substitution[0] = Substitution.ofAll(met);
    trace[0] = stack.stage(substitution[0]);
    return substitution[0].during(() -> recorded(stack, touched, trace[0], f, types));
  }

  /** What is captured while a trace is looked through is a constant that must not be kept. */
  private static Closed recorded(
      TraceStack stack, boolean[] touched, StageTrace trace, Leaves f, List<TensorType> types) {
    boolean substituted = stack.substituted(false);
    try {
      Tensor[] outputs = f.apply(types.stream().map(trace::input).toArray(Tensor[]::new));
      boolean capturesTraced = stack.isTouched(touched.length) || stack.isSubstituted();
      return trace.freeze(outputs, capturesTraced);
    } finally {
      trace.open = false;
      stack.close(trace);
      stack.touch(touched);
      stack.substituted(substituted || stack.isSubstituted());
    }
  }
}
