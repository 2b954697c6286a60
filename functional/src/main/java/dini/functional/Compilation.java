package dini.functional;

import dini.core.Program;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.compile.Executable;
import dini.core.compile.Simplifier;
import dini.core.dense.DenseTensor;
import dini.core.trace.BatchTrace;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Leaves;
import dini.core.trace.Staging;
import dini.core.tree.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A function, and the programs that it was compiled to. */
final class Compilation<X, Y> {
  private final Function<? super X, ? extends Y> f;
  private final JitCache cache = new JitCache();

  Compilation(Function<? super X, ? extends Y> f) {
    this.f = f;
  }

  JitCache cache() {
    return cache;
  }

  Program program(X example) {
    Tree<X> tree = Tree.of(example);
    return Simplifier.simplify(Staging.stage(new Result<X, Y>(f, tree), types(tree.leaves())))
        .program();
  }

  private static List<TensorType> types(Tensor[] leaves) {
    return Arrays.stream(leaves).map(Tensor::type).toList();
  }

  Y apply(X x) {
    Tree<X> tree = Tree.of(x);
    Result<X, Y> result = new Result<>(f, tree);
    Optional<Run> run = run(tree.structure(), result, tree.leaves(), List.of());
    // what is being differentiated or recorded further out is recorded there
    return run.isPresent() ? run.get().tree() : f.apply(x);
  }

  /** Leaves that a program gave, and their structure. */
  private record Run(Tensor[] leaves, Structure structure) {
    /** Safe: the structure is that of a Y. */
    @SuppressWarnings("unchecked")
    <Y> Y tree() {
      return (Y) structure.unflatten(leaves);
    }
  }

  /** The results, if the arguments are values or lanes of values; nothing otherwise. */
  private Optional<Run> run(
      Structure structure, Result<X, Y> result, Tensor[] leaves, List<Integer> lanes) {
    return run(structure, result, result, leaves, lanes);
  }

  private Optional<Run> run(
      Structure structure,
      Result<X, Y> result,
      Leaves function,
      Tensor[] leaves,
      List<Integer> lanes) {
    DenseTensor[] dense = new DenseTensor[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      if (!(Bind.resolve(leaves[i]) instanceof DenseTensor value)) {
        return inLanes(structure, result, function, leaves, lanes);
      }
      dense[i] = value;
    }
    TensorType[] types = new TensorType[dense.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = dense[i].type();
    }
    Optional<JitCache.Entry> known = cache.find(structure, types, lanes);
    if (known.isEmpty()) {
      known = compiled(new JitCache.Signature(structure, types, lanes), result, function);
    }
    return known.map(entry -> new Run(entry.executable().run(dense), entry.result()));
  }

  /** A new program, unless the function captures what is being traced further out. */
  private Optional<JitCache.Entry> compiled(
      JitCache.Signature signature, Result<X, Y> result, Leaves function) {
    Closed program = Staging.stage(function, List.of(signature.types()));
    if (program.capturesTraced()) {
      return Optional.empty();
    }
    JitCache.Entry entry =
        new JitCache.Entry(signature, Executable.of(program), result.structure());
    cache.keep(entry);
    return Optional.of(entry);
  }

  /** All lanes of the innermost vmap at once, if the arguments have some. */
  private Optional<Run> inLanes(
      Structure structure,
      Result<X, Y> result,
      Leaves function,
      Tensor[] leaves,
      List<Integer> lanes) {
    Optional<BatchTrace> found = BatchTrace.innermost(leaves);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    BatchTrace trace = found.get();
    Tensor[] values = leaves.clone();
    boolean[] batched = new boolean[leaves.length];
    List<Integer> deeper = new ArrayList<>(lanes);
    deeper.add(trace.size());
    for (int i = 0; i < values.length; i++) {
      batched[i] = trace.isBatched(leaves[i]);
      values[i] = batched[i] ? trace.value(leaves[i]) : leaves[i];
      deeper.add(batched[i] ? 1 : 0);
    }
    Leaves ofAll = arguments -> Batching.map(function, trace.size(), arguments, batched);
    return run(structure, result, ofAll, values, List.copyOf(deeper))
        .map(run -> new Run(batched(trace, run.leaves()), run.structure()));
  }

  private static Tensor[] batched(BatchTrace trace, Tensor[] values) {
    Tensor[] batched = new Tensor[values.length];
    Arrays.setAll(batched, i -> trace.batched(values[i]));
    return batched;
  }
}
