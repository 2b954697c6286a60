package dini.functional;

import dini.core.Program;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TracerException;
import dini.core.compile.Executable;
import dini.core.dense.DenseTensor;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Leaves;
import dini.core.trace.NanWatch;
import dini.core.trace.Staging;
import dini.core.trace.TraceStack;
import dini.functional.StagedLanes.Lane;
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
    return Staged.of(f, example).program();
  }

  Y apply(X x) {
    Tree<X> tree = Tree.of(x);
    Result<X, Y> result = new Result<>(f, tree);
    StagedLanes lanes = StagedLanes.of(tree.leaves(), result);
    DenseTensor[] values = values(lanes.operands());
    if (values == null || NanWatch.isWatching()) {
      // what is being differentiated or recorded further out is recorded there; and who looks for
      // the operation that makes a NaN has to see each
      return f.apply(x);
    }
    TensorType[] types = new TensorType[values.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = values[i].type();
    }
    List<Lane> axes = lanes.axes();
    Optional<JitCache.Entry> known = cache.find(tree.structure(), types, axes);
    if (known.isEmpty()) {
      known = compiled(new JitCache.Signature(tree.structure(), types, axes), result, lanes.body());
    }
    return known.isEmpty() ? f.apply(x) : run(known.get(), values, lanes, x);
  }

  /** Safe: the structure is that of a Y. */
  @SuppressWarnings("unchecked")
  private Y run(JitCache.Entry entry, DenseTensor[] values, StagedLanes lanes, X x) {
    DenseTensor[] results;
    try {
      results = entry.executable().run(values);
    } catch (TracerException traced) {
      if (TraceStack.current().active().isEmpty()) {
        throw traced;
      }
      // a solver captures what is traced further out, which shows only when it is called
      return f.apply(x);
    }
    return (Y) entry.result().unflatten(lanes.batched(results));
  }

  /** The tensors as values, or null if one of them is traced. */
  private static DenseTensor[] values(Tensor[] tensors) {
    DenseTensor[] values = new DenseTensor[tensors.length];
    for (int i = 0; i < values.length; i++) {
      if (!(Bind.resolve(tensors[i]) instanceof DenseTensor value)) {
        return null;
      }
      values[i] = value;
    }
    return values;
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
}
