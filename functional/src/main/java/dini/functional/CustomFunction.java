package dini.functional;

import dini.core.Program;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.trace.BatchTrace;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Call;
import dini.core.trace.Closed;
import dini.core.trace.DerivativeTrace;
import dini.core.trace.Differentiation.Duals;
import dini.core.trace.Leaves;
import dini.core.trace.NanWatch;
import dini.core.trace.Runner;
import dini.core.trace.StageTrace;
import dini.core.trace.Staging;
import dini.core.trace.Trace;
import dini.core.trace.TraceStack;
import dini.core.tree.Structure;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A function of leaves with a derivative of its own. The innermost trace that the arguments belong
 * to decides: one that differentiates applies the rule to primals and tangents, one that stages
 * records a call, which is this again when it runs.
 *
 * @param label the name in messages and programs
 * @param f the function
 * @param rule values and tangents from primals and tangents, all given; tangents of results without
 *     derivative are null
 * @param check finds captures that would lose their derivative
 * @param structure that of the argument
 */
record CustomFunction(String label, Leaves f, Rule rule, RuleCheck check, Structure structure)
    implements Leaves {

  private static final String DERIVATIVE =
      "a value that carries a derivative, which the rule does not give; wrap it in stopGradient"
          + " outside if it should carry none";
  private static final String STAGED = "a value that is being staged";

  /** A rule on leaves. */
  interface Rule {
    Duals apply(Tensor[] primals, Tensor[] tangents);
  }

  @Override
  public Tensor[] apply(Tensor[] leaves) {
    for (Trace trace : TraceStack.current().active().reversed()) {
      if (trace instanceof DerivativeTrace derivative && moves(derivative, leaves)) {
        return differentiated(derivative, leaves);
      }
      if (trace instanceof BatchTrace batch && isStagedBelow(batch, leaves)) {
        return mapped(batch, leaves);
      }
      if (trace instanceof StageTrace stage && Arrays.stream(leaves).anyMatch(stage::isStaged)) {
        return staged(stage, leaves);
      }
    }
    Tensor[] results = f.apply(leaves);
    NanWatch.check(label, leaves, results);
    return results;
  }

  // ---- derivatives ----

  private static boolean moves(DerivativeTrace trace, Tensor[] leaves) {
    return Arrays.stream(leaves).anyMatch(leaf -> Spread.tangent(trace, leaf) != null);
  }

  private Tensor[] differentiated(DerivativeTrace trace, Tensor[] leaves) {
    Tensor[] primals = new Tensor[leaves.length];
    Tensor[] tangents = new Tensor[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      primals[i] = Spread.primal(trace, leaves[i]);
      Tensor tangent = Spread.tangent(trace, leaves[i]);
      tangents[i] = tangent == null ? Tensors.zerosLike(primals[i]) : tangent;
    }
    List<DerivativeTrace> traces =
        TraceStack.current().active().stream()
            .filter(each -> each instanceof DerivativeTrace)
            .map(each -> (DerivativeTrace) each)
            .toList();
    Optional<List<Object>> fits = check.check(label, structure, f, rule, primals, tangents, traces);
    Duals duals;
    TraceStack.suspend(trace);
    TraceStack.takeTouched(trace);
    try {
      duals = rule.apply(primals, tangents);
      watch(primals, tangents, duals);
    } finally {
      TraceStack.restore(trace);
    }
    fits.ifPresent(check::pass);
    if (TraceStack.takeTouched(trace)) {
      throw captured(DERIVATIVE);
    }
    requireNoneWithin(trace, duals.values());
    requireNoneWithin(trace, duals.tangents());
    Tensor[] results = duals.values().clone();
    for (int i = 0; i < results.length; i++) {
      Tensor tangent = duals.tangents()[i];
      results[i] = tangent == null ? results[i] : Spread.dual(trace, results[i], tangent);
    }
    return results;
  }

  /** Looks for NaN in what the rule gave; tangents of reverse mode have no values. */
  private void watch(Tensor[] primals, Tensor[] tangents, Duals duals) {
    NanWatch.check(label + " (the rule)", primals, duals.values());
    Tensor[] given = Arrays.copyOf(primals, primals.length + tangents.length);
    System.arraycopy(tangents, 0, given, primals.length, tangents.length);
    Tensor[] moved =
        Arrays.stream(duals.tangents()).filter(Objects::nonNull).toArray(Tensor[]::new);
    NanWatch.check(label + " (the rule)", given, moved);
  }

  private TracerException captured(String what) {
    return new TracerException(
        label
            + ": what the function or its rule uses must be passed as an argument; it captured "
            + what);
  }

  /**
   * Throws if tensors belong to a trace inside the one that the arguments belong to: they were
   * captured. A tracer of the outer trace cannot hold them, and what they carry would be lost.
   */
  private void requireNoneWithin(Trace outer, Tensor[] tensors) {
    List<Trace> traces = TraceStack.current().active();
    for (Trace inner : traces.subList(traces.indexOf(outer) + 1, traces.size())) {
      for (Tensor tensor : tensors) {
        if (tensor != null
            && inner instanceof DerivativeTrace derivative
            && Spread.tangent(derivative, tensor) != null) {
          throw captured(DERIVATIVE);
        }
        if (tensor != null && inner instanceof StageTrace stage && stage.isStaged(tensor)) {
          throw captured(STAGED);
        }
      }
    }
  }

  // ---- lanes of a staged function ----

  private static boolean isStagedBelow(BatchTrace trace, Tensor[] leaves) {
    return Arrays.stream(leaves)
        .anyMatch(leaf -> trace.isBatched(leaf) && isStaged(trace.value(leaf)));
  }

  private static boolean isStaged(Tensor tensor) {
    List<Trace> traces = TraceStack.current().active();
    for (Trace trace : traces) {
      if (trace instanceof StageTrace stage && stage.isStaged(tensor)
          || trace instanceof BatchTrace batch
              && batch.isBatched(tensor)
              && isStaged(batch.value(tensor))) {
        return true;
      }
    }
    return false;
  }

  /** The mapped function with the mapped rule, on all lanes. */
  private Tensor[] mapped(BatchTrace trace, Tensor[] leaves) {
    int size = trace.size();
    boolean[] lanes = new boolean[leaves.length];
    Tensor[] values = new Tensor[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      lanes[i] = trace.isBatched(leaves[i]);
      values[i] = lanes[i] ? trace.value(leaves[i]) : Bind.resolve(leaves[i]);
    }
    CustomFunction mapped =
        new CustomFunction(
            label,
            all -> Batching.map(f, size, all, lanes),
            (primals, tangents) -> mapped(size, lanes, primals, tangents),
            check,
            structure);
    Tensor[] results = mapped.apply(values).clone();
    Arrays.setAll(results, i -> trace.batched(results[i]));
    return results;
  }

  private Duals mapped(int size, boolean[] lanes, Tensor[] primals, Tensor[] tangents) {
    int count = primals.length;
    Tensor[] both = Arrays.copyOf(primals, 2 * count);
    System.arraycopy(tangents, 0, both, count, count);
    boolean[] twice = Arrays.copyOf(lanes, 2 * count);
    System.arraycopy(lanes, 0, twice, count, count);
    Leaves duals =
        all -> {
          Duals one =
              rule.apply(Arrays.copyOf(all, count), Arrays.copyOfRange(all, count, 2 * count));
          Tensor[] values = one.values();
          Tensor[] joined = Arrays.copyOf(values, 2 * values.length);
          for (int i = 0; i < values.length; i++) {
            Tensor tangent = one.tangents()[i];
            joined[values.length + i] = tangent == null ? Tensors.zerosLike(values[i]) : tangent;
          }
          return joined;
        };
    Tensor[] results = Batching.map(duals, size, both, twice);
    int half = results.length / 2;
    Tensor[] moved = Arrays.copyOfRange(results, half, results.length);
    for (int i = 0; i < half; i++) {
      moved[i] = moved[i].dtype().isFloating() ? moved[i] : null;
    }
    return new Duals(Arrays.copyOf(results, half), moved);
  }

  // ---- programs ----

  /**
   * A call that a program of its values comes with, so that a compiled program need not call. What
   * the function captured of the recording is an operand like the arguments.
   */
  private Tensor[] staged(StageTrace trace, Tensor[] leaves) {
    Closed closed = Staging.stage(f, ControlFlow.types(leaves));
    Program program = closed.program();
    TensorType[] types = program.outputTypes().toArray(TensorType[]::new);
    Tensor[] captured = closed.constants();
    if (!Arrays.stream(captured).allMatch(value -> isConstant(value) || trace.isStaged(value))) {
      requireNoneOfOthers(trace, captured);
      return trace.call(new Call(label, this, types), leaves.clone());
    }
    Tensor[] operands = Arrays.copyOf(captured, captured.length + leaves.length);
    System.arraycopy(leaves, 0, operands, captured.length, leaves.length);
    Runner runner = new Runner(program);
    Leaves again = all -> again(runner, captured.length, all);
    return trace.call(new Call(label, again, types, Optional.of(program)), operands);
  }

  /** Throws if values were captured that are not there any more when the program runs. */
  private void requireNoneOfOthers(StageTrace trace, Tensor[] captured) {
    requireNoneWithin(trace, captured);
    for (Tensor value : captured) {
      if (!trace.isStaged(value) && isStaged(value)) {
        throw captured(STAGED);
      }
      if (BatchTrace.within(trace, value).isPresent()) {
        throw captured("a value of a vmap that ends before the program runs");
      }
    }
  }

  private static boolean isConstant(Tensor value) {
    return Bind.resolve(value) instanceof DenseTensor;
  }

  /** This function of recorded operations: what the call does when the program runs. */
  private Tensor[] again(Runner runner, int count, Tensor[] operands) {
    Tensor[] captured = Arrays.copyOf(operands, count);
    Tensor[] arguments = Arrays.copyOfRange(operands, count, operands.length);
    for (Trace trace : TraceStack.current().active()) {
      if (trace instanceof DerivativeTrace derivative
          && moves(derivative, captured)
          && moves(derivative, arguments)) {
        throw captured(DERIVATIVE);
      }
    }
    Leaves program = leaves -> runner.apply(captured, leaves);
    return new CustomFunction(label, program, rule, check, structure).apply(arguments);
  }
}
