package dini.core.trace;

import java.util.List;

/**
 * A trace and those inside it, with the modes they had at some moment: what a part of a computation
 * needs around it to run again after they ended.
 *
 * @param level that of the outermost of them
 * @param traces these traces, outermost first
 * @param modes the mode of each
 */
record Scene(long level, List<Trace> traces, List<Integer> modes) {

  static Scene of(long level, List<Trace> traces) {
    return new Scene(level, traces, traces.stream().map(trace -> trace.mode).toList());
  }
}
