package dini.core.trace;

import dini.core.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What stands for the tracers that a part of a computation meets of traces that were opened before
 * it. So all that the part does with them belongs to the part, and it can run again after those
 * traces ended, on other tensors in their place.
 *
 * <p>While there is none, on any thread, it costs {@link Bind} the look at one static field.
 */
final class Substitution {

  /**
   * How many run. Not volatile: a thread whose part runs has written it itself, and for the others
   * it does not matter when they see it.
   */
  private static int scopes;

  private final Thread owner;
  private final long level;
  private final Substitution outer;
  private final Map<Tracer, Tensor> others = new IdentityHashMap<>();
  private final Function<Tracer, Tensor> absent;
  private boolean used;

  /**
   * For tracers of traces that a thread has opened below a level, or that an outer one is for.
   *
   * @param absent what stands for a tracer that is met for the first time
   */
  Substitution(Thread owner, long level, Substitution outer, Function<Tracer, Tensor> absent) {
    this.owner = owner;
    this.level = level;
    this.outer = outer;
    this.absent = absent;
  }

  /** For all tracers that there are on this thread, and those that the present one is for. */
  static Substitution ofAll(Function<Tracer, Tensor> absent) {
    TraceStack stack = TraceStack.current();
    return new Substitution(Thread.currentThread(), stack.newLevel(), stack.substitution(), absent);
  }

  /** One for the same tracers, which are not to be others than those given. */
  Substitution again(Map<Tracer, Tensor> given, Function<Tracer, Tensor> missing) {
    Substitution again = new Substitution(owner, level, outer, missing);
    again.others.putAll(given);
    return again;
  }

  /** Whether it stood for a tracer since the last call; forgets it. */
  boolean takeUsed() {
    boolean before = used;
    used = false;
    return before;
  }

  /** Remembers that it stood for a tracer. */
  void use(boolean before) {
    used |= before;
  }

  boolean covers(Trace trace) {
    return trace.owner == owner && trace.level < level || outer != null && outer.covers(trace);
  }

  /** Whether some thread may substitute. */
  static boolean mayApply() {
    return scopes != 0;
  }

  /** What stands for a tracer now, null for itself. */
  static Tensor of(Tracer tracer) {
    if (!mayApply()) {
      return null;
    }
    TraceStack stack = TraceStack.current();
    Substitution present = stack.substitution();
    if (present == null || !present.covers(tracer.trace)) {
      return null;
    }
    present.used = true;
    Tensor other = present.others.get(tracer);
    if (other == null) {
      other = present.absent.apply(tracer);
      present.others.put(tracer, other);
    }
    return other;
  }

  /** What a computation gives under this substitution. */
  <R> R during(Supplier<R> computation) {
    return under(Optional.of(this), computation);
  }

  /** What a computation gives as it would outside of this substitution. */
  <R> R outside(Supplier<R> computation) {
    return under(Optional.ofNullable(outer), computation);
  }

  /** What a computation gives under some substitution, or none. */
  static <R> R under(Optional<Substitution> substitution, Supplier<R> computation) {
    TraceStack stack = TraceStack.current();
    Substitution before = stack.substitution();
    count(1);
    stack.substitution(substitution.orElse(null));
    try {
      return computation.get();
    } finally {
      stack.substitution(before);
      count(-1);
    }
  }

  private static synchronized void count(int change) {
    scopes += change;
  }
}
