package dini.core.trace;

import dini.core.Primitive;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TracerException;
import dini.core.primitive.Rules;
import dini.core.primitive.Single;
import java.util.Optional;
import java.util.function.Supplier;

/** Records a program. */
public final class StageTrace extends Trace {
  private final ProgramBuilder builder = new ProgramBuilder();
  private final Substitution substitution;

  StageTrace(long level) {
    this(level, null);
  }

  /** One that also records what is done with tracers from outside, which a substitution brings. */
  StageTrace(long level, Substitution substitution) {
    super(level);
    this.substitution = substitution;
  }

  /** What stands for a tensor from outside. */
  Tensor captured(Tensor tensor) {
    return tensor instanceof Tracer
        ? new StageTracer(this, builder.constant(tensor), tensor.type(), Optional.of(tensor))
        : tensor;
  }

  /** What a computation gives outside of the recording. */
  <R> R outside(Supplier<R> computation) {
    return substitution.outside(computation);
  }

  /** A new input of the program. */
  public Tensor input(TensorType type) {
    return new StageTracer(this, builder.input(type), type);
  }

  /** Whether the tensor depends on the program's inputs. */
  public boolean isStaged(Tensor tensor) {
    return Bind.resolve(tensor) instanceof StageTracer tracer && tracer.trace == this;
  }

  /** The recorded program with the given outputs, see {@link ProgramBuilder#freeze}. */
  Closed freeze(Tensor[] outputs, boolean capturesTraced) {
    int[] results = variables(outputs);
    return substitution == null
        ? builder.freeze(results, capturesTraced)
        : builder.freezeByAge(results, capturesTraced);
  }

  @Override
  String label() {
    return "staging";
  }

  @Override
  Tensor process(Single rule, Tensor[] arguments) {
    return process((Rules) rule, arguments)[0];
  }

  /** Records a call of Java code. */
  public Tensor[] call(Call call, Tensor[] arguments) {
    return record(call, arguments, call.types());
  }

  @Override
  Tensor[] process(Rules rule, Tensor[] arguments) {
    return record(rule, arguments, rule.types(Bind.types(arguments)));
  }

  private Tensor[] record(Primitive primitive, Tensor[] arguments, TensorType[] types) {
    int first = builder.equation(primitive, variables(arguments), types, UserCode.line());
    Tensor[] results = new Tensor[types.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = new StageTracer(this, first + i, types[i]);
    }
    return results;
  }

  private int[] variables(Tensor[] tensors) {
    int[] variables = new int[tensors.length];
    for (int i = 0; i < variables.length; i++) {
      Tensor resolved = Bind.resolve(tensors[i]);
      if (resolved instanceof Tracer tracer) {
        tracer.trace.check();
      }
      variables[i] =
          resolved instanceof StageTracer tracer && tracer.trace == this
              ? tracer.variable
              : builder.constant(resolved);
    }
    return variables;
  }

  @Override
  Tensor below(Tracer tracer) {
    throw new TracerException(
        "a solver under jit captured a staged value "
            + tracer.type()
            + ": its values are not known while the function is staged; pass it through θ");
  }
}
