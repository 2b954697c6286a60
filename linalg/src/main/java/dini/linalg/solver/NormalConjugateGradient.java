package dini.linalg.solver;

import dini.core.Observer;
import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;
import dini.linalg.Status;

/**
 * Conjugate gradients on {@code (A'A + ridge I) x = A'b} that carry {@code r = b - Ax} along
 * (CGLS): forming {@code A'A p} and its residual by recursion would lose half of the digits.
 */
final class NormalConjugateGradient {
  private final Operator a;
  private final double ridge;
  private final Operator preconditioner;
  private final Limits limits;
  private final double scale;
  private final DenseTensor b;
  private final DenseTensor x;
  private final DenseTensor r;
  private final DenseTensor s;
  private final DenseTensor p;
  private final DenseTensor best;
  private double bestResidual = Double.POSITIVE_INFINITY;
  private double residual;
  private final int refreshEvery;
  private int steps;

  private NormalConjugateGradient(
      Operator a,
      double ridge,
      Operator preconditioner,
      Limits limits,
      DenseTensor b,
      double scale) {
    this.a = a;
    this.ridge = ridge;
    this.preconditioner = preconditioner;
    this.limits = limits;
    this.scale = scale;
    this.b = Vectors.zeros(a.codomain());
    Vectors.copy(b, this.b);
    this.x = Vectors.zeros(a.domain());
    this.r = Vectors.zeros(a.codomain());
    this.s = Vectors.zeros(a.domain());
    this.p = Vectors.zeros(a.domain());
    this.best = Vectors.zeros(a.domain());
    this.refreshEvery = ConjugateGradient.refreshEvery(Vectors.size(x));
  }

  /**
   * Solves.
   *
   * @param preconditioner a map M close to the inverse of A, or null; M M' serves A'A
   * @param init an initial guess, or null
   */
  static Outcome solve(
      Operator a,
      DenseTensor b,
      Limits limits,
      double ridge,
      Operator preconditioner,
      DenseTensor init) {
    double scale = Vectors.magnitude(b);
    NormalConjugateGradient cg =
        new NormalConjugateGradient(a, ridge, preconditioner, limits, b, scale);
    if (scale == 0) {
      limits.proceed(0, 0);
      return new Outcome(cg.x, Status.CONVERGED, 0, 0);
    }
    if (Double.isNaN(scale)) {
      return Failed.nonFinite(a.domain());
    }
    Vectors.scale(BinaryKernel.DIV, scale, cg.b);
    double norm = cg.start(init);
    Status status = cg.iterate(norm, limits.target(norm, scale));
    Vectors.scale(BinaryKernel.MUL, scale, cg.x);
    return new Outcome(cg.x, status, cg.steps, cg.residual * scale);
  }

  /** Sets the first iterate and residual; gives the norm of {@code A'b}. */
  private double start(DenseTensor init) {
    Vectors.copy(b, r);
    project();
    double norm = residual;
    if (init != null) {
      Vectors.copy(init, x);
      Vectors.scale(BinaryKernel.DIV, scale, x);
      refresh();
      if (!(residual < norm)) {
        Vectors.clear(x);
        Vectors.copy(b, r);
        project();
      }
    }
    return norm;
  }

  private Status iterate(double start, double target) {
    Progress progress = new Progress(Vectors.size(x), limits.epsilon(), start);
    boolean exact = true;
    boolean restart = true;
    double gamma = 0;
    while (true) {
      if (residual <= target && !exact) {
        refresh();
        exact = true;
        restart = true;
      }
      boolean proceed = limits.proceed(steps, residual * scale);
      if (residual <= target) {
        return Status.CONVERGED;
      }
      Observer.throwIfInterrupted("normalCg", steps, residual * scale);
      if (!Double.isFinite(residual)) {
        return best(Status.NON_FINITE);
      }
      if (!proceed) {
        refresh();
        return Status.STOPPED;
      }
      if (exact && residual < bestResidual) {
        Vectors.copy(x, best);
        bestResidual = residual;
      }
      if (exact && progress.stalled(steps, residual, magnitude(progress.mapNorm()))) {
        return best(Status.STAGNATED);
      }
      if (steps >= limits.maxSteps()) {
        return progress.futile(steps) ? ended(Status.STAGNATED) : cut();
      }
      DenseTensor z =
          preconditioner == null ? s : preconditioner.apply(preconditioner.applyTransposed(s));
      double next = Vectors.dot(s, z);
      if (!(next > 0)) {
        return ended(notPositive(next));
      }
      if (restart) {
        Vectors.copy(z, p);
      } else {
        Vectors.xpby(z, next / gamma, p);
      }
      gamma = next;
      restart = false;
      DenseTensor image = a.apply(p);
      double curvature = Vectors.dot(image, image);
      if (ridge != 0) {
        curvature += ridge * Vectors.dot(p, p);
      }
      if (!(curvature > 0)) {
        return ended(notPositive(curvature));
      }
      if (steps % refreshEvery == 0) {
        progress.mapped(Vectors.norm(p), Vectors.norm(image));
      }
      double alpha = gamma / curvature;
      Vectors.axpy(alpha, p, x);
      steps++;
      exact = steps % refreshEvery == 0;
      if (exact) {
        refresh();
      } else {
        Vectors.axpy(-alpha, image, r);
        project();
      }
    }
  }

  /** The size of the terms of {@code A'(b - Ax)}, for a map of some norm. */
  private double magnitude(double mapNorm) {
    return mapNorm * (Vectors.norm(r) + mapNorm * Vectors.norm(x));
  }

  /** {@code A'A} has no negative direction; a negative ridge gives it one, rounding a null one. */
  private Status notPositive(double form) {
    if (Double.isNaN(form)) {
      return Status.NON_FINITE;
    }
    return ridge < 0 ? Status.NOT_POSITIVE_DEFINITE : Status.STAGNATED;
  }

  /**
   * The last iterate: its error is the least so far in the norm of the map, even where the residual
   * has grown.
   */
  private Status cut() {
    refresh();
    return Status.MAX_STEPS;
  }

  /** Makes the reported residual the true one, and the result the best iterate that was checked. */
  private Status ended(Status status) {
    refresh();
    return best(status);
  }

  private Status best(Status status) {
    if (!(residual <= bestResidual)) {
      Vectors.copy(best, x);
      residual = bestResidual;
    }
    return status;
  }

  /** {@code r = b - Ax}, and s after it. */
  private void refresh() {
    Vectors.subtract(b, a.apply(x), r);
    project();
  }

  /** {@code s = A'r - ridge x}. */
  private void project() {
    Vectors.copy(a.applyTransposed(r), s);
    if (ridge != 0) {
      Vectors.axpy(-ridge, x, s);
    }
    residual = Vectors.norm(s);
  }
}
