package dini.linalg.solver;

import dini.core.Observer;
import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;
import dini.linalg.Status;

/**
 * BiCGSTAB for {@code (A + ridge I) x = b}, preconditioned from the right. One use solves one
 * system; its vectors are allocated at the start.
 */
final class StabilizedBiconjugate {
  private final Operator a;
  private final double ridge;
  private final Operator preconditioner;
  private final Limits limits;
  private final double scale;
  private final DenseTensor b;
  private final DenseTensor x;
  private final DenseTensor r;
  private final DenseTensor shadow;
  private final DenseTensor p;
  private final DenseTensor v;
  private final DenseTensor t;
  private final DenseTensor best;
  private final int refreshEvery;
  private double bestResidual = Double.POSITIVE_INFINITY;
  private double residual;
  private double rho;
  private double omega;
  private int steps;

  private StabilizedBiconjugate(
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
    this.r = Vectors.zeros(a.domain());
    this.shadow = Vectors.zeros(a.domain());
    this.p = Vectors.zeros(a.domain());
    this.v = Vectors.zeros(a.domain());
    this.t = Vectors.zeros(a.domain());
    this.best = Vectors.zeros(a.domain());
    this.refreshEvery = ConjugateGradient.refreshEvery(Vectors.size(x));
  }

  /**
   * Solves.
   *
   * @param preconditioner a map close to the inverse, or null
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
    StabilizedBiconjugate bicgstab =
        new StabilizedBiconjugate(a, ridge, preconditioner, limits, b, scale);
    if (scale == 0) {
      limits.proceed(0, 0);
      return new Outcome(bicgstab.x, Status.CONVERGED, 0, 0);
    }
    if (Double.isNaN(scale)) {
      return Failed.nonFinite(a.domain());
    }
    Vectors.scale(BinaryKernel.DIV, scale, bicgstab.b);
    double norm = bicgstab.start(init);
    Status status = bicgstab.iterate(norm, limits.target(norm, scale));
    Vectors.scale(BinaryKernel.MUL, scale, bicgstab.x);
    return new Outcome(bicgstab.x, status, bicgstab.steps, bicgstab.residual * scale);
  }

  /** Sets the first iterate and residual; gives the norm of the right-hand side. */
  private double start(DenseTensor init) {
    double norm = Vectors.norm(b);
    if (init != null) {
      Vectors.copy(init, x);
      Vectors.scale(BinaryKernel.DIV, scale, x);
      refresh();
      if (residual < norm) {
        return norm;
      }
      Vectors.clear(x);
    }
    Vectors.copy(b, r);
    residual = norm;
    return norm;
  }

  private Status iterate(double start, double target) {
    Progress progress = new Progress(Vectors.size(x), limits.epsilon(), start);
    boolean exact = true;
    boolean restart = true;
    double alpha = 1;
    omega = 1;
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
      Observer.throwIfInterrupted("bicgstab", steps, residual * scale);
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
      if (exact && progress.stalled(steps, residual, progress.mapNorm() * Vectors.norm(x))) {
        return best(Status.STAGNATED);
      }
      if (steps >= limits.maxSteps()) {
        return ended(progress.futile(steps) ? Status.STAGNATED : Status.MAX_STEPS);
      }
      if (restart || isNothing(Vectors.dot(shadow, r), r)) {
        begin(progress);
      } else {
        turn(alpha / omega, progress);
        if (isNothing(Vectors.dot(shadow, v), v)) {
          begin(progress);
        }
      }
      double along = Vectors.dot(shadow, v);
      if (Double.isNaN(along)) {
        return ended(Status.NON_FINITE);
      }
      if (isNothing(along, v)) {
        return ended(Status.STAGNATED);
      }
      alpha = rho / along;
      Vectors.axpy(alpha, precondition(p), x);
      Vectors.axpy(-alpha, v, r);
      apply(r, t, progress);
      double length = Vectors.dot(t, t);
      omega = length == 0 ? 0 : Vectors.dot(t, r) / length;
      Vectors.axpy(omega, precondition(r), x);
      Vectors.axpy(-omega, t, r);
      steps++;
      // without a second half there is no direction to go on with
      restart = omega == 0;
      exact = steps % refreshEvery == 0 || restart;
      if (exact) {
        refresh();
      } else {
        residual = Vectors.norm(r);
      }
    }
  }

  /** Takes the residual as the first direction, and as what images are measured against. */
  private void begin(Progress progress) {
    Vectors.copy(r, shadow);
    Vectors.copy(r, p);
    rho = Vectors.dot(r, r);
    apply(p, v, progress);
  }

  /** Takes the next direction. */
  private void turn(double ratio, Progress progress) {
    double next = Vectors.dot(shadow, r);
    // p still has its component along the last v
    Vectors.axpy(-omega, v, p);
    Vectors.xpby(r, next / rho * ratio, p);
    rho = next;
    apply(p, v, progress);
  }

  /** Whether the inner product of a vector with the shadow is rounding. */
  private boolean isNothing(double product, DenseTensor of) {
    return Math.abs(product) <= limits.epsilon() * Vectors.norm(shadow) * Vectors.norm(of);
  }

  private DenseTensor precondition(DenseTensor y) {
    return preconditioner == null ? y : preconditioner.apply(y);
  }

  /** {@code image = (A + ridge I) M y}. */
  private void apply(DenseTensor y, DenseTensor image, Progress progress) {
    DenseTensor z = precondition(y);
    Vectors.copy(a.apply(z), image);
    if (ridge != 0) {
      Vectors.axpy(ridge, z, image);
    }
    if (steps % refreshEvery == 0) {
      progress.mapped(Vectors.norm(z), Vectors.norm(image));
    }
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

  /** {@code r = b - (A + ridge I) x}. */
  private void refresh() {
    Vectors.subtract(b, a.apply(x), r);
    if (ridge != 0) {
      Vectors.axpy(-ridge, x, r);
    }
    residual = Vectors.norm(r);
  }
}
