package dini.functional;

import dini.core.DType;
import dini.core.Tensor;
import dini.core.trace.Advice;
import dini.core.trace.Bind;
import dini.linalg.Policy;
import java.util.function.Supplier;

/** Tells that a derivative was asked for at a point that is no root. */
final class ResidualReport {
  private ResidualReport() {}

  /** Compares the condition at the solution with that at the initial guess. */
  static void check(Policy policy, Tensor[] residual, Supplier<Tensor[]> atGuess) {
    if (policy == Policy.IGNORE || !Bind.isKnown(residual)) {
      return;
    }
    boolean single = residual.length > 0 && residual[0].dtype() == DType.FLOAT32;
    double norm = norm(residual);
    if (norm <= (single ? 1e-4 : 1e-8)) {
      return;
    }
    double before = norm(atGuess.get());
    if (norm <= (single ? 1e-3 : 1e-6) * before) {
      return;
    }
    String message =
        "customRoot: the solution is no root of the stationarity condition: its norm is "
            + norm
            + ", and "
            + before
            + " at the initial guess; the derivative is that of a nearby problem. Solve more"
            + " accurately, check the condition, or choose another onResidual policy";
    if (policy == Policy.THROW) {
      throw new ArithmeticException(message);
    }
    Advice.warn("residual", message);
  }

  private static double norm(Tensor[] tensors) {
    double norm = 0;
    for (Tensor tensor : tensors) {
      for (double value : Bind.peek(tensor).toArray()) {
        norm = Math.hypot(norm, value);
      }
    }
    return norm;
  }
}
