package dini.core.trace;

import dini.core.Tensor;
import dini.core.primitive.Joint;
import dini.core.primitive.Rules;
import dini.core.primitive.Single;

/**
 * Forward differentiation: primals are computed below, tangents by the jvp rules. Linearization is
 * the same trace with tangents that are tracers of a {@link LinearTrace}.
 */
public final class DerivativeTrace extends Trace {

  /** What records the tangents, null in forward mode. */
  LinearTrace linear;

  DerivativeTrace(long level) {
    super(level);
  }

  /** A tracer of this trace; without a tangent the primal itself. */
  public Tensor dual(Tensor primal, Tensor tangent) {
    return tangent == null ? primal : new DualTracer(this, primal, tangent);
  }

  /** The value below, of a tracer of this trace or of anything else. */
  public Tensor primal(Tensor tensor) {
    Tensor resolved = Bind.resolve(tensor);
    return resolved instanceof DualTracer dual && dual.trace == this ? dual.primal : resolved;
  }

  /** The value below of what a function returned; throws if it is a tracer that has ended. */
  public Tensor returned(Tensor tensor) {
    Tensor primal = primal(tensor);
    if (primal instanceof Tracer tracer) {
      tracer.trace.check();
    }
    return primal;
  }

  /** The tangent, null where there is none. */
  public Tensor tangent(Tensor tensor) {
    return Bind.resolve(tensor) instanceof DualTracer dual && dual.trace == this
        ? dual.tangent
        : null;
  }

  @Override
  String label() {
    return "derivative";
  }

  @Override
  Tensor process(Single rule, Tensor[] arguments) {
    Tensor[] tangents = split(arguments);
    Tensor result =
        switch (arguments.length) {
          case 1 -> Bind.bind(rule, arguments[0]);
          case 2 -> Bind.bind(rule, arguments[0], arguments[1]);
          default -> Bind.bind(rule, arguments.clone());
        };
    return dual(result, rule.tangent(arguments, result, tangents));
  }

  @Override
  Tensor[] process(Rules rule, Tensor[] arguments) {
    Tensor[] tangents = split(arguments);
    if (rule instanceof Joint joint && !hasAuxiliary(tangents)) {
      Differentiation.Duals both = joint.both(arguments, tangents);
      return duals(both.values(), both.tangents());
    }
    Tensor[] results = Bind.bindAll(rule, arguments.clone());
    return duals(results, rule.jvp(arguments, results, tangents));
  }

  private Tensor[] duals(Tensor[] results, Tensor[] tangents) {
    Tensor[] duals = new Tensor[results.length];
    for (int i = 0; i < duals.length; i++) {
      duals[i] = dual(results[i], tangents[i]);
    }
    return duals;
  }

  /** Whether a tangent is a stand-in, next to which results would be stand-ins too. */
  private static boolean hasAuxiliary(Tensor[] tangents) {
    for (Tensor tangent : tangents) {
      if (tangent instanceof AuxiliaryTracer) {
        return true;
      }
    }
    return false;
  }

  /** Replaces the duals of this trace by their primals, and returns their tangents. */
  private Tensor[] split(Tensor[] primals) {
    Tensor[] tangents = new Tensor[primals.length];
    for (int i = 0; i < primals.length; i++) {
      if (primals[i] instanceof DualTracer dual && dual.trace == this) {
        primals[i] = dual.primal;
        tangents[i] = dual.tangent;
      }
    }
    return tangents;
  }

  @Override
  Tensor below(Tracer tracer) {
    return ((DualTracer) tracer).primal;
  }
}
