package dini.core.trace;

import dini.core.Tensor;

/** Forward mode and linearization of functions of tensors. */
public final class Differentiation {
  private Differentiation() {}

  /**
   * Results with their tangents.
   *
   * @param values the results
   * @param tangents their tangents, null where zero
   */
  public record Duals(Tensor[] values, Tensor[] tangents) {}

  /**
   * Results with the recorded derivative.
   *
   * @param values the results
   * @param recording the linear map from argument tangents to result tangents, to be used once
   */
  public record Linearized(Tensor[] values, Recording recording) {}

  /** Pushes tangents forward; a null tangent is zero. */
  public static Duals jvp(Leaves f, Tensor[] primals, Tensor[] tangents) {
    TraceStack stack = TraceStack.current();
    DerivativeTrace trace = stack.derivative();
    try {
      Tensor[] duals = new Tensor[primals.length];
      for (int i = 0; i < duals.length; i++) {
        duals[i] = trace.dual(primals[i], tangents[i]);
      }
      return split(trace, f.apply(duals));
    } finally {
      trace.open = false;
      stack.close(trace);
    }
  }

  /**
   * Records the derivative at some point; arguments of dtypes without derivatives are constants.
   */
  public static Linearized linearize(Leaves f, Tensor[] primals) {
    TraceStack stack = TraceStack.current();
    DerivativeTrace trace = stack.derivative();
    LinearTrace linear = new LinearTrace(trace);
    try {
      Tensor[] duals = new Tensor[primals.length];
      LinearTracer[] inputs = new LinearTracer[primals.length];
      for (int i = 0; i < duals.length; i++) {
        inputs[i] = linear.input(primals[i].type());
        duals[i] = trace.dual(primals[i], primals[i].dtype().isFloating() ? inputs[i] : null);
      }
      Duals results = split(trace, f.apply(duals));
      return new Linearized(results.values, new Recording(linear, inputs, results.tangents));
    } finally {
      linear.open = false;
      trace.open = false;
      stack.close(trace);
    }
  }

  private static Duals split(DerivativeTrace trace, Tensor[] duals) {
    trace.checkActive();
    Tensor[] values = new Tensor[duals.length];
    Tensor[] tangents = new Tensor[duals.length];
    for (int i = 0; i < values.length; i++) {
      Tensor resolved = Bind.resolve(duals[i]);
      values[i] = trace.returned(resolved);
      tangents[i] = trace.tangent(resolved);
      if (tangents[i] instanceof AuxiliaryTracer) {
        throw AuxiliaryTrace.refusal();
      }
    }
    return new Duals(values, tangents);
  }
}
