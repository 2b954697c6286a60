package dini.functional;

import dini.core.Elementwise;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.core.trace.AuxiliaryTrace;
import dini.core.trace.BatchTrace;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Call;
import dini.core.trace.Closed;
import dini.core.trace.DerivativeTrace;
import dini.core.trace.Differentiation;
import dini.core.trace.NanWatch;
import dini.core.trace.StageTrace;
import dini.core.trace.Trace;
import dini.core.trace.TraceStack;
import dini.core.tree.Structure;
import dini.linalg.Policy;
import dini.linalg.primitive.LinearSolve;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One application of a differentiable solver. The solver runs below all active traces, on tensors
 * that it can read; then each trace, from the outermost in, gives the solution its meaning: a
 * derivative trace its tangent, a batch trace its lanes, a stage trace a call.
 */
final class RootApplication<X, A, U> {
  private final ImplicitRoot<X, A> root;
  private final BiFunction<X, A, WithAux<X, U>> solve;
  private final Optional<U> example;
  private Tree<X> init;
  private Tree<A> theta;
  private Structure auxStructure;

  RootApplication(
      ImplicitRoot<X, A> root, BiFunction<X, A, WithAux<X, U>> solve, Optional<U> example) {
    this.root = root;
    this.solve = solve;
    this.example = example;
  }

  /** Leaves of the solution and of the other outputs. */
  private record Outputs(Tensor[] x, Tensor[] aux) {
    Tensor[] joined() {
      Tensor[] joined = Arrays.copyOf(x, x.length + aux.length);
      System.arraycopy(aux, 0, joined, x.length, aux.length);
      return joined;
    }

    static Outputs split(Tensor[] joined, int count) {
      return new Outputs(
          Arrays.copyOf(joined, count), Arrays.copyOfRange(joined, count, joined.length));
    }
  }

  @SuppressWarnings("unchecked")
  WithAux<X, U> apply(X initial, A parameters) {
    init = Tree.of(initial);
    theta = Tree.of(parameters);
    List<Trace> traces = TraceStack.current().active();
    Outputs outputs = below(traces, traces.size());
    return new WithAux<>(init.with(outputs.x), (U) auxStructure.unflatten(outputs.aux));
  }

  /** The outputs as the first k of the active traces see them. */
  private Outputs below(List<Trace> traces, int k) {
    if (k == 0) {
      return solved();
    }
    return switch (traces.get(k - 1)) {
      case DerivativeTrace trace -> differentiated(trace, traces, k);
      case BatchTrace trace -> root.isBatched() ? below(traces, k - 1) : mapped(trace, traces, k);
      case StageTrace trace -> staged(trace, traces, k);
      default -> throw new AssertionError(traces.get(k - 1));
    };
  }

  /** Runs the user's solver on what its arguments look through to. */
  private Outputs solved() {
    WithAux<X, U> result =
        solve.apply(init.with(resolved(init.leaves())), theta.with(resolved(theta.leaves())));
    if (result == null || result.value() == null) {
      throw new TreeException(
          "customRoot: the solver returned null" + (result == null ? "" : " for the solution"));
    }
    Structure.Flat x = Structure.flatten(result.value());
    init.structure().requireSame("customRoot: the solver's result", x.structure());
    for (int i = 0; i < x.leaves().length; i++) {
      TensorType expected = init.leaves()[i].type();
      if (!x.leaves()[i].type().equals(expected)) {
        throw new ShapeException(
            "customRoot: the solver returned "
                + x.leaves()[i].type()
                + " where the initial guess has "
                + expected);
      }
    }
    Structure.Flat aux = Structure.flatten(result.aux());
    if (auxStructure != null) {
      auxStructure.requireSame("customRoot: other outputs of two lanes", aux.structure());
    }
    auxStructure = aux.structure();
    Outputs outputs = new Outputs(resolved(x.leaves()), resolved(aux.leaves()));
    Tensor[] given = new Outputs(resolved(init.leaves()), resolved(theta.leaves())).joined();
    NanWatch.check("customRoot (the solver)", given, outputs.joined());
    return outputs;
  }

  private static Tensor[] resolved(Tensor[] tensors) {
    Tensor[] resolved = new Tensor[tensors.length];
    Arrays.setAll(resolved, i -> Bind.resolve(tensors[i]));
    return resolved;
  }

  private Tensor[] stationary(Tensor[] x) {
    Structure.Flat flat =
        Structure.flatten(root.stationary().apply(init.with(x), theta.with(theta.leaves())));
    init.structure().requireSame("customRoot: the stationarity condition", flat.structure());
    for (int i = 0; i < x.length; i++) {
      if (!flat.leaves()[i].type().equals(x[i].type())) {
        throw new ShapeException(
            "customRoot: the stationarity condition must return a tree like x, got "
                + flat.leaves()[i].type()
                + " where x has "
                + x[i].type());
      }
    }
    return flat.leaves();
  }

  // ---- derivative traces ----

  private Outputs differentiated(DerivativeTrace trace, List<Trace> traces, int k) {
    TraceStack.suspend(trace);
    Outputs outputs;
    try {
      outputs = below(traces, k - 1);
    } finally {
      TraceStack.restore(trace);
    }
    Tensor[] x = outputs.x;
    Tensor[] aux = outputs.aux.clone();
    Arrays.setAll(aux, i -> AuxiliaryTrace.shield(trace, aux[i]));
    Tensor[] residual = floating(stationary(x));
    Tensor[] unknowns = floating(x);
    Tensor[] right = new Tensor[unknowns.length];
    boolean moves = false;
    for (int i = 0; i < right.length; i++) {
      Tensor tangent = Spread.tangent(trace, residual[i]);
      moves |= tangent != null;
      right[i] = tangent == null ? null : Elementwise.neg(tangent);
    }
    if (!moves) {
      return new Outputs(x, aux);
    }
    TraceStack.suspend(trace);
    try {
      root.inspection()
          .ifPresent(
              inspection ->
                  inspection.inspect(init.with(x), theta.with(theta.leaves()), root.residual()));
      Tensor[] tangents = solveLinear(x, unknowns, right);
      ResidualReport.check(root.residual(), residual, () -> stationary(init.leaves()));
      Tensor[] duals = new Tensor[unknowns.length];
      Arrays.setAll(duals, i -> Spread.dual(trace, unknowns[i], tangents[i]));
      return new Outputs(withFloating(x, duals), aux);
    } finally {
      TraceStack.restore(trace);
    }
  }

  /** The leaves that have derivatives; the others are constants of the linear system. */
  private static Tensor[] floating(Tensor[] leaves) {
    return Arrays.stream(leaves).filter(leaf -> leaf.dtype().isFloating()).toArray(Tensor[]::new);
  }

  private static Tensor[] withFloating(Tensor[] leaves, Tensor[] floating) {
    Tensor[] all = leaves.clone();
    int at = 0;
    for (int i = 0; i < all.length; i++) {
      all[i] = all[i].dtype().isFloating() ? floating[at++] : all[i];
    }
    return all;
  }

  private Tensor[] solveLinear(Tensor[] x, Tensor[] unknowns, Tensor[] right) {
    Differentiation.Linearized linearized =
        Differentiation.linearize(z -> floating(stationary(withFloating(x, z))), unknowns);
    Closed closed = linearized.recording().freeze(Bind.types(unknowns));
    for (int i = 0; i < right.length; i++) {
      right[i] = right[i] == null ? Tensors.zerosLike(unknowns[i]) : right[i];
    }
    return LinearSolve.solve(closed, root.tags(), root.solver(), root.unsolved(), right);
  }

  // ---- batch traces ----

  private Outputs mapped(BatchTrace trace, List<Trace> traces, int k) {
    int lanes = trace.size();
    if (lanes == 0) {
      return noLanes(trace);
    }
    Tensor[][] results = new Tensor[lanes][];
    try {
      for (int lane = 0; lane < lanes; lane++) {
        TraceStack.selectLane(trace, lane);
        TraceStack.takeTouched(trace);
        Outputs outputs = below(traces, k - 1);
        if (lane == 0 && !TraceStack.takeTouched(trace)) {
          return outputs;
        }
        results[lane] = outputs.joined();
      }
    } finally {
      TraceStack.restore(trace);
    }
    Tensor[] stacked = Batching.stack(results);
    Arrays.setAll(stacked, i -> trace.batched(stacked[i]));
    return Outputs.split(stacked, init.leaves().length);
  }

  private Outputs noLanes(BatchTrace trace) {
    Structure.Flat aux = Structure.flatten(example.orElseThrow(RootApplication::needsExample));
    auxStructure = aux.structure();
    return new Outputs(empty(trace, init.leaves()), empty(trace, aux.leaves()));
  }

  private static Tensor[] empty(BatchTrace trace, Tensor[] lane) {
    Tensor[] empty = new Tensor[lane.length];
    for (int i = 0; i < empty.length; i++) {
      TensorType type = lane[i].type();
      empty[i] =
          trace.batched(Tensors.zeros(new TensorType(type.shape().insert(0, 0), type.dtype())));
    }
    return empty;
  }

  // ---- stage traces ----

  /**
   * One recorded call. The lanes of traces further in, which a batched solver sees at once, are
   * opened again where the call runs.
   */
  private Outputs staged(StageTrace trace, List<Trace> traces, int k) {
    Tensor[] operands = Arrays.copyOf(init.leaves(), init.leaves().length + theta.leaves().length);
    System.arraycopy(theta.leaves(), 0, operands, init.leaves().length, theta.leaves().length);
    boolean differentiated =
        traces.stream().skip(k).anyMatch(further -> further instanceof DerivativeTrace);
    StagedLanes lanes = StagedLanes.of(operands, values -> again(values, differentiated));
    if (Arrays.stream(lanes.operands()).noneMatch(trace::isStaged)) {
      TraceStack.suspend(trace);
      try {
        return below(traces, k - 1);
      } finally {
        TraceStack.restore(trace);
      }
    }
    Structure.Flat aux = Structure.flatten(example.orElseThrow(RootApplication::needsExample));
    auxStructure = aux.structure();
    Tensor[] declared = Arrays.copyOf(init.leaves(), init.leaves().length + aux.leaves().length);
    System.arraycopy(aux.leaves(), 0, declared, init.leaves().length, aux.leaves().length);
    Call call = new Call("customRoot", lanes.body(), lanes.types(Bind.types(declared)));
    Tensor[] results = lanes.batched(trace.call(call, lanes.operands()));
    return Outputs.split(results, init.leaves().length);
  }

  /**
   * This application with other leaves: what the recorded call does when the program runs. Where
   * the program goes on to differentiate the solution, it is tested here, where it has values.
   */
  private Tensor[] again(Tensor[] operands, boolean differentiated) {
    int count = init.leaves().length;
    RootApplication<X, A, U> application = new RootApplication<>(root, solve, example);
    WithAux<X, U> result =
        application.apply(
            init.with(Arrays.copyOf(operands, count)),
            theta.with(Arrays.copyOfRange(operands, count, operands.length)));
    Tensor[] x = Structure.flatten(result.value()).leaves();
    if (differentiated) {
      application.check(x);
    }
    return new Outputs(x, Structure.flatten(result.aux()).leaves()).joined();
  }

  private void check(Tensor[] x) {
    if (root.residual() != Policy.IGNORE) {
      Tensor[] residual;
      try {
        residual = floating(stationary(x));
      } catch (TracerException captures) {
        // a condition that captures what is staged has no values here
        return;
      }
      ResidualReport.check(root.residual(), residual, () -> stationary(init.leaves()));
    }
  }

  private static TracerException needsExample() {
    return new TracerException(
        "customRoot: under jit, and under vmap of no lanes, other outputs of a solver need a"
            + " declared example: withAux(solver, example)");
  }
}
