package dini.functional;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.trace.BatchTrace;
import dini.core.trace.Batching;
import dini.core.trace.Leaves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A function of lanes as one of whole tensors, for a recording outside of the {@code vmap}s that
 * have the lanes.
 *
 * @param traces the traces of the lanes, innermost first
 * @param axes which operands have the axis of each trace
 * @param operands the arguments with the axes of all lanes in front
 * @param body the function of those
 */
record StagedLanes(List<BatchTrace> traces, List<Lane> axes, Tensor[] operands, Leaves body) {

  /** The number of lanes of a trace, and the operands that have them. */
  record Lane(int size, BitSet batched) {}

  static StagedLanes of(Tensor[] arguments, Leaves function) {
    Optional<BatchTrace> next = BatchTrace.innermost(arguments);
    if (next.isEmpty()) {
      return new StagedLanes(List.of(), List.of(), arguments, function);
    }
    List<BatchTrace> traces = new ArrayList<>();
    List<Lane> axes = new ArrayList<>();
    Tensor[] operands = arguments;
    Leaves body = function;
    while (next.isPresent()) {
      BatchTrace trace = next.get();
      Tensor[] inner = operands;
      Leaves lane = body;
      Tensor[] values = new Tensor[inner.length];
      boolean[] batched = new boolean[inner.length];
      for (int i = 0; i < values.length; i++) {
        batched[i] = trace.isBatched(inner[i]);
        values[i] = batched[i] ? trace.value(inner[i]) : inner[i];
      }
      traces.add(trace);
      axes.add(new Lane(trace.size(), bits(batched)));
      operands = values;
      body = all -> Batching.map(lane, trace.size(), all, batched);
      next = BatchTrace.innermost(operands);
    }
    return new StagedLanes(traces, axes, operands, body);
  }

  private static BitSet bits(boolean[] flags) {
    BitSet bits = new BitSet();
    for (int i = 0; i < flags.length; i++) {
      bits.set(i, flags[i]);
    }
    return bits;
  }

  /** The types of the body's results, from those of one lane. */
  TensorType[] types(TensorType[] lane) {
    TensorType[] types = lane.clone();
    for (BatchTrace trace : traces) {
      Arrays.setAll(
          types, i -> new TensorType(types[i].shape().insert(0, trace.size()), types[i].dtype()));
    }
    return types;
  }

  /** The lanes of the body's results. */
  Tensor[] batched(Tensor[] results) {
    if (traces.isEmpty()) {
      return results;
    }
    Tensor[] lanes = Arrays.copyOf(results, results.length, Tensor[].class);
    for (BatchTrace trace : traces.reversed()) {
      Arrays.setAll(lanes, i -> trace.batched(lanes[i]));
    }
    return lanes;
  }
}
