package dini.linalg.solver;

import dini.core.DType;
import dini.core.TensorType;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The numbers that end an iteration, with the defaults filled in. */
record Limits(double rtol, double atol, int maxSteps, double epsilon) {

  static Limits of(TensorType unknown, OptionalDouble rtol, double atol, OptionalInt maxSteps) {
    boolean single = unknown.dtype() == DType.FLOAT32;
    long steps = Math.max(1, 10L * unknown.shape().size());
    return new Limits(
        rtol.orElse(single ? 1e-5 : 1e-10),
        atol,
        maxSteps.orElse((int) Math.min(steps, Integer.MAX_VALUE)),
        single ? Math.ulp(1f) : Math.ulp(1.0));
  }

  /** The bound on the residual of a right-hand side of some norm that was divided by a scale. */
  double target(double norm, double scale) {
    return Math.max(rtol * norm, atol / scale);
  }
}
