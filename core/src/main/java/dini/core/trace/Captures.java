package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function of some tensors that also uses tracers from outside, as a function of both. To find
 * what it captures it runs once, on stand-ins with the same values. They belong to traces of their
 * own, one for each that is active, since a rule, or the condition of a solver, may capture what
 * the function itself does not.
 */
public final class Captures {
  private final Leaves f;
  private final List<Tracer> tracers = new ArrayList<>();
  private final Map<Tracer, Tensor> seenAs = new IdentityHashMap<>();
  private final Map<Trace, Trace> fresh = new IdentityHashMap<>();
  private final Substitution substitution = Substitution.ofAll(this::met);
  private Tensor[] results;

  private Captures(Leaves f) {
    this.f = f;
  }

  /** What a function uses when it is applied to some tensors. */
  public static Captures of(Leaves f, Tensor[] arguments) {
    Captures captures = new Captures(f);
    captures.run(arguments);
    return captures;
  }

  private void run(Tensor[] arguments) {
    TraceStack stack = TraceStack.current();
    List<Trace> opened = new ArrayList<>();
    try {
      for (Trace trace : stack.active()) {
        opened.add(opened(stack, trace));
        fresh.put(trace, opened.getLast());
      }
      Tensor[] values = new Tensor[arguments.length];
      Arrays.setAll(values, i -> standIn(arguments[i]));
      results = substitution.during(() -> resolved(f.apply(values)));
      Arrays.setAll(results, i -> valueOf(results[i]));
      tracers.sort(Tracer.BY_AGE);
    } finally {
      for (Trace trace : opened.reversed()) {
        trace.open = false;
        stack.close(trace);
      }
    }
  }

  private static Trace opened(TraceStack stack, Trace like) {
    return switch (like) {
      case BatchTrace batch -> stack.batch(batch.size());
      case DerivativeTrace derivative -> {
        DerivativeTrace own = stack.derivative();
        if (derivative.linear != null) {
          own.linear = new LinearTrace(own);
        }
        yield own;
      }
      case StageTrace _ -> stack.stage();
      default -> throw new AssertionError(like);
    };
  }

  private static Tensor[] resolved(Tensor[] tensors) {
    return Arrays.stream(tensors).map(Bind::resolve).toArray(Tensor[]::new);
  }

  private Tensor met(Tracer tracer) {
    return substitution.outside(
        () -> {
          Tensor resolved = Bind.resolve(tracer);
          seenAs.put(tracer, resolved);
          if (resolved instanceof Tracer) {
            tracers.add(tracer);
          }
          return standIn(resolved);
        });
  }

  private Tensor standIn(Tensor tensor) {
    Tensor resolved = Bind.resolve(tensor);
    return switch (resolved) {
      case DualTracer dual -> {
        DerivativeTrace own = (DerivativeTrace) fresh.get(dual.trace);
        yield own.dual(standIn(dual.primal), standIn(dual.tangent));
      }
      case BatchTracer batch -> ((BatchTrace) fresh.get(batch.trace)).batched(standIn(batch.value));
      case StageTracer staged -> ((StageTrace) fresh.get(staged.trace)).input(staged.type());
      case LinearTracer linear -> own(linear.trace).input(linear.type());
      default -> resolved;
    };
  }

  /** The recording of a derivative trace of our own, or one for tangents that a rule was given. */
  private LinearTrace own(Trace linear) {
    for (Map.Entry<Trace, Trace> entry : fresh.entrySet()) {
      if (entry.getKey() instanceof DerivativeTrace derivative && derivative.linear == linear) {
        return ((DerivativeTrace) entry.getValue()).linear;
      }
    }
    return (LinearTrace) fresh.computeIfAbsent(linear, _ -> LinearTrace.inner());
  }

  private static Tensor valueOf(Tensor tensor) {
    return tensor instanceof DualTracer dual ? valueOf(dual.primal) : tensor;
  }

  /** What it captured, as the present traces see it, the oldest first. */
  public Tensor[] captured() {
    return tracers.stream().map(seenAs::get).toArray(Tensor[]::new);
  }

  /** Whether it met no tracer from outside, not even one that is looked through. */
  public boolean isClosed() {
    return seenAs.isEmpty();
  }

  /** The types of its results. */
  public List<TensorType> types() {
    return List.of(Bind.types(results));
  }

  /** Whether the results were found, since nothing has lanes. */
  public boolean isKnown() {
    return Arrays.stream(results).allMatch(result -> result instanceof DenseTensor);
  }

  /** The results, if they {@link #isKnown were found}. */
  public DenseTensor[] values() {
    return Arrays.copyOf(results, results.length, DenseTensor[].class);
  }

  /** The function of what it captured and its arguments; it may run on any thread, at any time. */
  public Leaves open() {
    List<Tracer> places = List.copyOf(tracers);
    List<TensorType> types = types();
    return all -> again(places, types, all);
  }

  private Tensor[] again(List<Tracer> places, List<TensorType> types, Tensor[] all) {
    Map<Tracer, Tensor> given = new IdentityHashMap<>(seenAs);
    for (int i = 0; i < places.size(); i++) {
      given.put(places.get(i), all[i]);
    }
    Tensor[] arguments = Arrays.copyOfRange(all, places.size(), all.length);
    Substitution present = substitution.again(given, Captures::notMetBefore);
    Tensor[] again = present.during(() -> resolved(f.apply(arguments)));
    if (!types.equals(List.of(Bind.types(again)))) {
      throw otherRun();
    }
    return again;
  }

  private static Tensor notMetBefore(Tracer tracer) {
    throw otherRun();
  }

  private static TracerException otherRun() {
    return new TracerException(
        "a branch did other things when it ran again for its derivative; what it does must depend"
            + " on tensors alone, not on state that changes from run to run");
  }
}
