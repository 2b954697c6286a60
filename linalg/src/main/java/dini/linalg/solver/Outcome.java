package dini.linalg.solver;

import dini.core.dense.DenseTensor;
import dini.linalg.Status;
import java.util.function.DoubleSupplier;

/**
 * What a solve gives, see {@link dini.linalg.Solution}.
 *
 * @param x the solution or last iterate, a vector; NaN if the matrix is singular
 * @param status how the solve ended
 * @param steps the iterations done
 * @param measure gives the norm of the true residual, which may take an application of the map and
 *     needs the vectors of the solver: to be asked at once, on the thread that solved, or never
 */
public record Outcome(DenseTensor x, Status status, int steps, DoubleSupplier measure) {
  Outcome(DenseTensor x, Status status, int steps, double residual) {
    this(x, status, steps, () -> residual);
  }

  /** The norm of the true residual. */
  public double residual() {
    return measure.getAsDouble();
  }
}
