package dini.core.trace;

import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.primitive.Rules;
import dini.core.primitive.Single;

/**
 * One running transformation: it gives its tracers their meaning. Traces nest by level; an
 * operation belongs to the highest one among its arguments.
 */
public abstract sealed class Trace
    permits DerivativeTrace, LinearTrace, BatchTrace, StageTrace, AuxiliaryTrace {
  /** Mode of a trace whose tracers are processed by it. */
  static final int ACTIVE = -1;

  /** Mode of a trace whose tracers are looked through. A mode i >= 0 selects lane i. */
  static final int SUSPENDED = -2;

  final long level;
  final Thread owner;
  boolean open = true;
  int mode = ACTIVE;
  boolean touched;

  /** How many tracers it has made. */
  long tracers;

  Trace(long level) {
    this.level = level;
    this.owner = Thread.currentThread();
  }

  /** Whether it belongs to the calling thread. */
  final boolean isOwn() {
    return owner == Thread.currentThread();
  }

  /** The name of the transformation in messages. */
  abstract String label();

  /**
   * The result of a primitive of one result on arguments of which one at least is a tracer of this
   * trace. The array of arguments belongs to the trace.
   */
  abstract Tensor process(Single rule, Tensor[] arguments);

  /**
   * The results of a primitive on arguments of which one at least is a tracer of this trace. The
   * array of arguments belongs to the trace.
   */
  abstract Tensor[] process(Rules rule, Tensor[] arguments);

  /** The value below a tracer of this trace, in the trace's present mode, which is not active. */
  abstract Tensor below(Tracer tracer);

  /**
   * Throws if the function left this trace looked through: what it returned then has lost its
   * derivative. Only an error so deep that {@code finally} could not run leaves a trace like that.
   */
  final void checkActive() {
    if (mode != ACTIVE) {
      throw new TracerException(
          "a "
              + label()
              + " was left suspended by an error inside a solver, so its result would be wrong;"
              + " do not catch errors such as StackOverflowError between the two");
    }
  }

  /** Throws unless tracers of this trace may be used here and now. */
  final void check() {
    if (!open) {
      throw new TracerException(
          "a traced value was used after its "
              + label()
              + " ended: return it from the function instead of storing it");
    }
    if (owner != Thread.currentThread()) {
      throw new TracerException(
          "a traced value of a "
              + label()
              + " was used on thread "
              + Thread.currentThread().getName()
              + ", but the transformation runs on "
              + owner.getName()
              + ": keep traced values on one thread, or start the transformation on the other");
    }
  }
}
