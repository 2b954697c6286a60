package dini.linalg.solver;

import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.dense.Storage;
import dini.linalg.Status;

/** Outcomes without a solution: every unknown is NaN. */
final class Failed {
  private Failed() {}

  static Outcome nonFinite(TensorType unknown) {
    return of(Status.NON_FINITE, unknown);
  }

  static Outcome singular(TensorType unknown) {
    return of(Status.SINGULAR, unknown);
  }

  private static Outcome of(Status status, TensorType unknown) {
    DenseTensor x = DenseTensor.allocate(unknown);
    Storage.fill(x.data(), Double.NaN);
    return new Outcome(x, status, 0, Double.NaN);
  }
}
