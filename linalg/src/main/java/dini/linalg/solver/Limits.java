package dini.linalg.solver;

import dini.core.DType;
import dini.core.Observer;
import dini.core.TensorType;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What ends an iteration, with the defaults filled in; the observer is null if there is none. */
record Limits(double rtol, double atol, int maxSteps, double epsilon, Observer observer) {

  static Limits of(
      TensorType unknown,
      OptionalDouble rtol,
      double atol,
      OptionalInt maxSteps,
      Optional<Observer> observer) {
    boolean single = unknown.dtype() == DType.FLOAT32;
    long steps = Math.max(1, 10L * unknown.shape().size());
    return new Limits(
        rtol.orElse(usualRtol(unknown)),
        atol,
        maxSteps.orElse((int) Math.min(steps, Integer.MAX_VALUE)),
        single ? Math.ulp(1f) : Math.ulp(1.0),
        observer.orElse(null));
  }

  /** The relative tolerance of solvers that were not given one. */
  static double usualRtol(TensorType unknown) {
    return unknown.dtype() == DType.FLOAT32 ? 1e-5 : 1e-10;
  }

  /** The bound on the residual of a right-hand side of some norm that was divided by a scale. */
  double target(double norm, double scale) {
    return Math.max(rtol * norm, atol / scale);
  }

  /** Tells the observer, and gives its answer. */
  boolean proceed(int steps, double residual) {
    return observer == null || observer.proceed(steps, residual);
  }
}
