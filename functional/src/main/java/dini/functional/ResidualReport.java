package dini.functional;

import dini.core.DType;
import dini.core.Elementwise;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.trace.Advice;
import dini.core.trace.Bind;
import dini.linalg.Policy;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Tells that a derivative was asked for at a point that is no root. Each lane of a batch is a point
 * of its own: in one norm of all lanes a large one would hide the others.
 */
final class ResidualReport {
  private ResidualReport() {}

  /** Tells of a root that was given where there is no initial guess to compare it with. */
  static void checkGiven(String operation, Tensor[] residual) {
    if (!Bind.isKnown(residual)) {
      return;
    }
    double[] pairs = pairs(norm(residual), Tensors.scalar(0));
    int lane = worst(pairs, absolute(residual), 0);
    if (lane >= 0) {
      Advice.warn(
          "residual",
          operation
              + ": the given solution is no root of the stationarity condition: its norm is "
              + pairs[2 * lane]
              + "; the derivative is that of a nearby problem. Solve more accurately, or check the"
              + " condition");
    }
  }

  private static boolean isSingle(Tensor[] residual) {
    return Arrays.stream(residual).anyMatch(leaf -> leaf.dtype() == DType.FLOAT32);
  }

  private static double absolute(Tensor[] residual) {
    return isSingle(residual) ? 1e-4 : 1e-8;
  }

  /** Compares the condition at the solution with that at the initial guess. */
  static void check(Policy policy, Tensor[] residual, Supplier<Tensor[]> atGuess) {
    if (policy == Policy.IGNORE || !Bind.isKnown(residual)) {
      return;
    }
    double absolute = absolute(residual);
    Tensor norm = norm(residual);
    if (worst(pairs(norm, Tensors.scalar(0)), absolute, 0) < 0) {
      return;
    }
    double[] pairs;
    String failure = "";
    try {
      Tensor before = norm(atGuess.get());
      if (!Bind.isKnown(before)) {
        throw new TracerException("its values are not known");
      }
      pairs = pairs(norm, before);
    } catch (RuntimeException thrown) {
      // a guess outside the condition's domain is no reason to withhold the derivative
      pairs = pairs(norm, Tensors.scalar(0));
      failure = ", and the condition cannot be evaluated at the initial guess (" + thrown + ")";
    }
    int lane = worst(pairs, absolute, isSingle(residual) ? 1e-3 : 1e-6);
    if (lane < 0) {
      return;
    }
    String message =
        "customRoot: the solution is no root of the stationarity condition: its norm is "
            + pairs[2 * lane]
            + (pairs.length == 2 ? "" : " in lane " + lane + " of " + pairs.length / 2)
            + (failure.isEmpty()
                ? ", and " + pairs[2 * lane + 1] + " at the initial guess"
                : failure)
            + "; the derivative is that of a nearby problem. Solve more"
            + " accurately, check the condition, or choose another onResidual policy";
    if (policy == Policy.THROW) {
      throw new NotARootException(message);
    }
    Advice.warn("residual", message);
  }

  /** The lane of the largest norm that is above both bounds, or -1; NaN counts as largest. */
  private static int worst(double[] pairs, double absolute, double relative) {
    int worst = -1;
    for (int lane = 0; lane < pairs.length / 2; lane++) {
      double norm = pairs[2 * lane];
      boolean passes = norm <= absolute || norm <= relative * pairs[2 * lane + 1];
      if (!passes && (worst < 0 || Double.compare(norm, pairs[2 * worst]) > 0)) {
        worst = lane;
      }
    }
    return worst;
  }

  /** Two numbers for each lane; either may have lanes that the other has not. */
  private static double[] pairs(Tensor norm, Tensor before) {
    return Bind.peek(Shapes.stack(0, norm, before)).toArray();
  }

  /** The norm over all floating leaves, a number with the batches that they have. */
  private static Tensor norm(Tensor[] leaves) {
    Tensor norm = Tensors.scalar(0);
    for (Tensor leaf : leaves) {
      if (leaf.dtype().isFloating()) {
        Tensor own = Reductions.norm(Elementwise.stopGradient(leaf).astype(DType.FLOAT64));
        norm = Reductions.norm(Shapes.stack(0, norm, own));
      }
    }
    return norm;
  }
}
