package dini.linalg.solver;

import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;
import dini.linalg.Neumann;
import dini.linalg.Status;

/** The sum of the first terms of a Neumann series, and the verdict on its residual. */
final class NeumannSeries {
  private NeumannSeries() {}

  static Outcome sum(Neumann series, Operator a, DenseTensor b) {
    double scale = Vectors.magnitude(b);
    DenseTensor sum = Vectors.zeros(a.domain());
    if (scale == 0) {
      return new Outcome(sum, Status.CONVERGED, 0, 0);
    }
    if (Double.isNaN(scale)) {
      return Failed.nonFinite(a.domain());
    }
    DenseTensor right = Vectors.zeros(a.codomain());
    Vectors.copy(b, right);
    Vectors.scale(BinaryKernel.DIV, scale, right);
    DenseTensor term = Vectors.zeros(a.codomain());
    Vectors.copy(right, term);
    Vectors.copy(right, sum);
    boolean finite = true;
    for (int k = 1; k < series.terms(); k++) {
      subtractImage(series.alpha(), series.ridge(), a, term, term);
      // what the map itself makes of b tells a broken map from a diverging series
      finite = k > 1 ? finite : Double.isFinite(Vectors.norm(term));
      Vectors.axpy(1, term, sum);
    }
    Vectors.scale(BinaryKernel.MUL, series.alpha(), sum);
    DenseTensor residual = Vectors.zeros(a.codomain());
    Vectors.copy(right, residual);
    subtractImage(1, series.ridge(), a, sum, residual);
    double norm = Vectors.norm(residual);
    Status status = verdict(series, finite, norm, Vectors.norm(right));
    Vectors.scale(BinaryKernel.MUL, scale, sum);
    return new Outcome(sum, status, series.terms(), norm * scale);
  }

  /** {@code y -= c (A + ridge I) x}; y may be x. */
  private static void subtractImage(
      double c, double ridge, Operator a, DenseTensor x, DenseTensor y) {
    DenseTensor image = Vectors.zeros(a.codomain());
    Vectors.copy(a.apply(x), image);
    if (ridge != 0) {
      Vectors.axpy(ridge, x, image);
    }
    Vectors.axpy(-c, image, y);
  }

  private static Status verdict(Neumann series, boolean finite, double residual, double start) {
    if (!finite || series.terms() == 1 && !Double.isFinite(residual)) {
      return Status.NON_FINITE;
    }
    if (!(residual <= start)) {
      return Status.DIVERGED;
    }
    if (series.rtol().isEmpty()) {
      return Status.TRUNCATED;
    }
    return residual <= series.rtol().getAsDouble() * start ? Status.CONVERGED : Status.MAX_STEPS;
  }
}
