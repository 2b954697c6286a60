package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import java.util.Comparator;

/** A tensor that a transformation watches. Equality is identity. */
public abstract sealed class Tracer implements Tensor
    permits DualTracer, LinearTracer, BatchTracer, StageTracer, AuxiliaryTracer {
  /**
   * Older tensors first, as the function that made them sees them; those of other threads, and
   * values, before all. It does not depend on what else a program does with them.
   */
  static final Comparator<Tensor> BY_AGE = Tracer::compareAge;

  final Trace trace;

  /** How many tracers of its trace there were before. */
  private final long number;

  Tracer(Trace trace) {
    this.trace = trace;
    this.number = trace.tracers++;
  }

  private static int compareAge(Tensor x, Tensor y) {
    if (!(original(x) instanceof Tracer first) || !(original(y) instanceof Tracer second)) {
      return Boolean.compare(x instanceof Tracer, y instanceof Tracer);
    }
    boolean own = first.trace.isOwn();
    if (own != second.trace.isOwn()) {
      return own ? 1 : -1;
    }
    int byLevel = Long.compare(first.trace.level, second.trace.level);
    return byLevel == 0 ? Long.compare(first.number, second.number) : byLevel;
  }

  private static Tensor original(Tensor tensor) {
    return tensor instanceof StageTracer staged && staged.origin.isPresent()
        ? original(staged.origin.get())
        : tensor;
  }

  /** Shape and dtype as the user's function sees them. */
  @Override
  public abstract TensorType type();
}
