package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Rules;
import dini.core.primitive.Single;

/**
 * Where every application of a primitive passes: it finds the trace that an operation belongs to.
 */
public final class Bind {
  private Bind() {}

  /** Applies a primitive of one argument and one result. */
  public static Tensor bind(Single rule, Tensor x) {
    return x instanceof DenseTensor dense && !NanWatch.mayWatch()
        ? rule.value(dense)
        : bind(rule, new Tensor[] {x});
  }

  /** Applies a primitive of two arguments and one result. */
  public static Tensor bind(Single rule, Tensor x, Tensor y) {
    return x instanceof DenseTensor first && y instanceof DenseTensor second && !NanWatch.mayWatch()
        ? rule.value(first, second)
        : bind(rule, new Tensor[] {x, y});
  }

  /** Applies a primitive of one result, which takes the array over. */
  public static Tensor bind(Single rule, Tensor[] arguments) {
    Trace top = top(rule, arguments);
    return top == null ? value(rule, arguments) : top.process(rule, arguments);
  }

  /** Applies a primitive, which takes the array over. */
  public static Tensor[] bindAll(Rules rule, Tensor[] arguments) {
    if (rule instanceof Single single) {
      return new Tensor[] {bind(single, arguments)};
    }
    Trace top = top(rule, arguments);
    if (top != null) {
      return top.process(rule, arguments);
    }
    return NanWatch.mayWatch()
        ? NanWatch.evaluate(rule, dense(arguments))
        : rule.evaluate(dense(arguments));
  }

  private static DenseTensor value(Single rule, Tensor[] arguments) {
    if (NanWatch.mayWatch()) {
      return NanWatch.value(rule, dense(arguments));
    }
    return switch (arguments.length) {
      case 1 -> rule.value((DenseTensor) arguments[0]);
      case 2 -> rule.value((DenseTensor) arguments[0], (DenseTensor) arguments[1]);
      default -> rule.value(dense(arguments));
    };
  }

  private static DenseTensor[] dense(Tensor[] arguments) {
    DenseTensor[] dense = new DenseTensor[arguments.length];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = (DenseTensor) arguments[i];
    }
    return dense;
  }

  /** Resolves the arguments in place and returns the highest trace among them, or null. */
  private static Trace top(Rules rule, Tensor[] arguments) {
    Trace top = null;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof Tracer tracer) {
        Trace trace = tracer.trace;
        if (trace.mode != Trace.ACTIVE || Substitution.mayApply()) {
          arguments[i] = resolve(tracer);
          if (!(arguments[i] instanceof Tracer below)) {
            continue;
          }
          trace = below.trace;
        }
        trace.check();
        if (top == null || trace.level > top.level) {
          top = trace;
        }
      } else if (arguments[i] == null) {
        throw new NullPointerException(rule.label() + ": argument " + i + " is null");
      }
    }
    return top;
  }

  /**
   * The tensor as it is to be seen now: looked through while its trace is suspended or in one lane,
   * or what {@link Substitution stands for} it.
   */
  public static Tensor resolve(Tensor tensor) {
    Tensor resolved = tensor;
    while (resolved instanceof Tracer tracer) {
      Tensor other = Substitution.of(tracer);
      if (other != null) {
        resolved = other;
      } else if (tracer.trace.mode == Trace.ACTIVE) {
        break;
      } else {
        tracer.trace.check();
        tracer.trace.touched = true;
        resolved = tracer.trace.below(tracer);
      }
    }
    return resolved;
  }

  /** The values of a tensor whose values are known: its own, or its primal's. */
  public static DenseTensor read(Tensor tensor) {
    Tensor resolved = resolve(tensor);
    while (resolved instanceof DualTracer dual) {
      dual.trace.check();
      dual.trace.touched = true;
      resolved = resolve(dual.primal);
    }
    return switch (resolved) {
      case DenseTensor dense -> dense;
      case DualTracer dual -> throw new AssertionError(dual);
      case BatchTracer batch ->
          throw unreadable(
              batch, "vmap", "use where(...) to choose between values, or map with a plain loop");
      case StageTracer captured when captured.origin.isPresent() ->
          ((StageTrace) captured.trace).outside(() -> read(captured.origin.get()));
      case StageTracer stage ->
          throw unreadable(stage, "staged function", "use where(...), or keep what decides static");
      case AuxiliaryTracer auxiliary -> throw AuxiliaryTrace.refusal();
      case LinearTracer linear ->
          throw unreadable(linear, "linear function", "it has a type but no values");
    };
  }

  /** The primal values with the batch axes of all lanes in front: for reports only. */
  public static DenseTensor peek(Tensor tensor) {
    Tensor resolved = resolve(tensor);
    while (!(resolved instanceof DenseTensor)) {
      resolved =
          switch (resolved) {
            case DualTracer dual -> resolve(dual.primal);
            case BatchTracer batch -> resolve(batch.value);
            default -> throw new AssertionError(resolved);
          };
    }
    return (DenseTensor) resolved;
  }

  /** Whether the values are those of all lanes of a vmap, so that {@link #read} refuses them. */
  public static boolean isMapped(Tensor tensor) {
    Tensor resolved = resolve(tensor);
    while (resolved instanceof DualTracer dual) {
      resolved = resolve(dual.primal);
    }
    return resolved instanceof BatchTracer;
  }

  /** Whether {@link #peek} finds values. */
  public static boolean isKnown(Tensor... tensors) {
    for (Tensor tensor : tensors) {
      Tensor resolved = resolve(tensor);
      while (resolved instanceof Tracer tracer) {
        if (tracer instanceof DualTracer dual) {
          resolved = resolve(dual.primal);
        } else if (tracer instanceof BatchTracer batch) {
          resolved = resolve(batch.value);
        } else {
          return false;
        }
      }
    }
    return true;
  }

  private static TracerException unreadable(Tracer tracer, String where, String advice) {
    return new TracerException(
        "the values of a tensor "
            + tracer.type()
            + " inside a "
            + where
            + " were read (toDouble, toArray, if): they are not known there; "
            + advice);
  }

  /** The types of some tensors. */
  public static TensorType[] types(Tensor... tensors) {
    TensorType[] types = new TensorType[tensors.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = tensors[i].type();
    }
    return types;
  }
}
