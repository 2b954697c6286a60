package dini.linalg.solver;

import dini.core.Observer;
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
      proceed(series, 0, 0);
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
    boolean finite = true;
    int terms = 0;
    while (terms < series.terms() && proceed(series, terms, scale, term)) {
      Observer.throwIfInterrupted("neumann", terms);
      Vectors.axpy(1, term, sum);
      terms++;
      if (terms < series.terms()) {
        subtractImage(series.alpha(), series.ridge(), a, term, term);
        // what the map itself makes of b tells a broken map from a diverging series
        finite = terms > 1 ? finite : Double.isFinite(Vectors.norm(term));
      }
    }
    Vectors.scale(BinaryKernel.MUL, series.alpha(), sum);
    DenseTensor residual = Vectors.zeros(a.codomain());
    Vectors.copy(right, residual);
    subtractImage(1, series.ridge(), a, sum, residual);
    double norm = Vectors.norm(residual);
    Status status = verdict(series, finite, norm, Vectors.norm(right));
    if (terms == series.terms()) {
      proceed(series, terms, norm * scale);
    } else if (status == Status.TRUNCATED || status == Status.MAX_STEPS) {
      status = Status.STOPPED;
    }
    Vectors.scale(BinaryKernel.MUL, scale, sum);
    return new Outcome(sum, status, terms, norm * scale);
  }

  /** Tells the observer the residual norm of the sum so far, which the next term is. */
  private static boolean proceed(Neumann series, int terms, double scale, DenseTensor term) {
    return series.observer().isEmpty() || proceed(series, terms, Vectors.norm(term) * scale);
  }

  private static boolean proceed(Neumann series, int terms, double residual) {
    return series.observer().isEmpty() || series.observer().get().proceed(terms, residual);
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
