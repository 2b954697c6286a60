package dini.core.trace;

import java.util.List;
import java.util.Optional;

/**
 * A trace and those inside it, with the modes they had at some moment: what a part of a computation
 * needs around it to run again after they ended.
 *
 * @param level that of the outermost of them
 * @param traces these traces, outermost first
 * @param modes the mode of each
 * @param substitution what stood for tracers from outside
 */
record Scene(
    long level, List<Trace> traces, List<Integer> modes, Optional<Substitution> substitution) {

  static Scene of(long level, List<Trace> traces, Optional<Substitution> substitution) {
    return new Scene(
        level, traces, traces.stream().map(trace -> trace.mode).toList(), substitution);
  }
}
