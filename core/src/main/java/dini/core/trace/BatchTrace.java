package dini.core.trace;

import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Rules;
import dini.core.primitive.Single;
import java.util.Optional;

/** Vectorization: every operation runs once with a leading batch axis. */
public final class BatchTrace extends Trace {
  private final int size;

  BatchTrace(long level, int size) {
    super(level);
    this.size = size;
  }

  /** The extent of the batch axis. */
  public int size() {
    return size;
  }

  /** A tracer of this trace, from a value with a leading axis of extent {@link #size}. */
  public Tensor batched(Tensor value) {
    return new BatchTracer(this, value);
  }

  /** Whether the tensor varies along this trace's batch. */
  public boolean isBatched(Tensor tensor) {
    return Bind.resolve(tensor) instanceof BatchTracer tracer && tracer.trace == this;
  }

  /** The value with its leading batch axis, broadcast if it does not vary. */
  public Tensor value(Tensor tensor) {
    Tensor resolved = Bind.resolve(tensor);
    return resolved instanceof BatchTracer tracer && tracer.trace == this
        ? tracer.value
        : Shapes.broadcastTo(resolved, resolved.shape().insert(0, size));
  }

  /** The innermost of the traces inside another trace that some tensors are batched by. */
  public static Optional<BatchTrace> within(Trace outer, Tensor... tensors) {
    BatchTrace innermost = null;
    for (Tensor tensor : tensors) {
      if (Bind.resolve(tensor) instanceof BatchTracer tracer
          && tracer.trace.level > (innermost == null ? outer : innermost).level) {
        innermost = (BatchTrace) tracer.trace;
      }
    }
    return Optional.ofNullable(innermost);
  }

  /** The innermost trace that some tensors are batched by as they are seen now, if there is one. */
  public static Optional<BatchTrace> innermost(Tensor... tensors) {
    Trace innermost = null;
    for (Tensor tensor : tensors) {
      if (Bind.resolve(tensor) instanceof Tracer tracer
          && (innermost == null || tracer.trace.level > innermost.level)) {
        innermost = tracer.trace;
      }
    }
    return innermost instanceof BatchTrace trace ? Optional.of(trace) : Optional.empty();
  }

  @Override
  String label() {
    return "vmap";
  }

  @Override
  Tensor process(Single rule, Tensor[] arguments) {
    boolean[] batched = split(arguments);
    return new BatchTracer(this, rule.mapped(size, arguments, batched));
  }

  @Override
  Tensor[] process(Rules rule, Tensor[] arguments) {
    boolean[] batched = split(arguments);
    Tensor[] results = rule.batch(size, arguments, batched);
    // not in place: what a rule binds on dense values comes as an array of dense tensors
    Tensor[] tracers = new Tensor[results.length];
    for (int i = 0; i < results.length; i++) {
      tracers[i] = new BatchTracer(this, results[i]);
    }
    return tracers;
  }

  private boolean[] split(Tensor[] values) {
    boolean[] batched = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof BatchTracer tracer && tracer.trace == this) {
        values[i] = tracer.value;
        batched[i] = true;
      }
    }
    return batched;
  }

  @Override
  Tensor below(Tracer tracer) {
    return lane(((BatchTracer) tracer).value, mode);
  }

  /** Element i along the leading axis. */
  public static Tensor lane(Tensor value, int i) {
    return value instanceof DenseTensor dense ? dense.lane(i) : Shapes.index(value, 0, i);
  }
}
