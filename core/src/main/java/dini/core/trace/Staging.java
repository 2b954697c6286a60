package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import java.util.List;
import java.util.Optional;
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
    Outside outside = Outside.of(stack);
    return outside.recorded(stack.stage(), f, types);
  }

  /**
   * The same of a function that may not run: what it computes of tracers from outside belongs to
   * the program too, so that it has neither value nor derivative where the program is not taken.
   */
  public static Closed stageAll(Leaves f, List<TensorType> types) {
    TraceStack stack = TraceStack.current();
    Outside outside = Outside.of(stack);
    StageTrace[] trace = new StageTrace[1];
    Substitution[] substitution = new Substitution[1];
    Function<Tracer, Tensor> met =
        tracer -> substitution[0].outside(() -> trace[0].captured(Bind.resolve(tracer)));
    substitution[0] = Substitution.ofAll(met);
    trace[0] = stack.stage(substitution[0]);
    return substitution[0].during(() -> outside.recorded(trace[0], f, types));
  }

  /**
   * What there is outside of a recording. Where tracers from there are looked through, or something
   * stands for them, their values are constants that cannot be told from others.
   */
  private record Outside(
      TraceStack stack, boolean[] touched, Optional<Substitution> substitution, boolean used) {

    static Outside of(TraceStack stack) {
      Substitution present = stack.substitution();
      return new Outside(
          stack,
          stack.takeTouched(),
          Optional.ofNullable(present),
          present != null && present.takeUsed());
    }

    Closed recorded(StageTrace trace, Leaves f, List<TensorType> types) {
      try {
        Tensor[] outputs = f.apply(types.stream().map(trace::input).toArray(Tensor[]::new));
        boolean captures = substitution.map(Substitution::takeUsed).orElse(false);
        substitution.ifPresent(present -> present.use(captures));
        return trace.freeze(outputs, captures || stack.isTouched(touched.length));
      } finally {
        trace.open = false;
        stack.close(trace);
        stack.touch(touched);
        substitution.ifPresent(present -> present.use(used));
      }
    }
  }
}
