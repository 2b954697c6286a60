package dini.linalg.solver;

import dini.core.Observer;
import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;
import dini.linalg.Status;

/**
 * Preconditioned conjugate gradients for {@code (A + ridge I) x = b}. One use solves one system;
 * its vectors are allocated at the start, so that a step allocates nothing but what the operator
 * gives.
 */
final class ConjugateGradient {
  private final Operator a;
  private final double ridge;
  private final Operator preconditioner;
  private final Limits limits;
  private final double scale;
  private final DenseTensor b;
  private final DenseTensor x;
  private final DenseTensor r;
  private final DenseTensor p;

  /** Storage for the images under the map. */
  private final DenseTensor q;

  private final DenseTensor best;
  private double bestResidual = Double.POSITIVE_INFINITY;
  private double residual;

  /** {@code dot(r, r)}: the square of the residual's norm, as long as it is in range. */
  private double square;

  private final int refreshEvery;
  private int steps;
  private boolean indefinite;

  /** Whether the residual of the last iterate is that of the recursion. */
  private boolean drifted;

  private ConjugateGradient(
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
    this.p = Vectors.zeros(a.domain());
    this.q = Vectors.zeros(a.domain());
    this.best = Vectors.zeros(a.domain());
    this.refreshEvery = refreshEvery(Vectors.size(x));
  }

  /**
   * The recursion drifts from the true residual, which is computed anew after so many steps, and
   * before a solution counts as one. Small systems are done after as many steps as they have
   * unknowns, unless they drift; in large ones, which take a few tens of steps, each time costs an
   * application of the map.
   */
  static int refreshEvery(int unknowns) {
    return Math.clamp(unknowns / 4, 10, 25);
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
    ConjugateGradient cg = new ConjugateGradient(a, ridge, preconditioner, limits, b, scale);
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
    DenseTensor solution = cg.best;
    Vectors.copy(cg.x, solution);
    Vectors.scale(BinaryKernel.MUL, scale, solution);
    return new Outcome(solution, status, cg.steps, cg::measured);
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
    measure();
    return norm;
  }

  private Status iterate(double start, double target) {
    Progress progress = new Progress(Vectors.size(x), limits.epsilon(), start);
    boolean exact = true;
    boolean restart = true;
    double rz = 0;
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
      Observer.throwIfInterrupted("cg", steps, residual * scale);
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
        return best(failure(Status.STAGNATED));
      }
      if (steps >= limits.maxSteps()) {
        return progress.futile(steps) ? ended(failure(Status.STAGNATED)) : cut();
      }
      DenseTensor z = preconditioner == null ? r : preconditioner.apply(r);
      double next = preconditioner == null ? square : Vectors.dot(r, z);
      if (!(next > 0)) {
        return ended(notPositive(next, preconditioner != null));
      }
      if (restart) {
        Vectors.copy(z, p);
      } else {
        Vectors.xpby(z, next / rz, p);
      }
      rz = next;
      restart = false;
      Operator.Image applied = a.image(p, q);
      DenseTensor image = applied.vector();
      double curvature = applied.form();
      if (ridge != 0) {
        curvature += ridge * Vectors.dot(p, p);
      }
      if (curvature == 0 || Double.isNaN(curvature)) {
        return ended(notPositive(curvature, true));
      }
      // a symmetric indefinite map may still be solved; if not, this is why
      indefinite |= curvature < 0;
      if (steps % refreshEvery == 0) {
        progress.mapped(Vectors.norm(p), Vectors.norm(image));
      }
      double alpha = rz / curvature;
      steps++;
      exact = steps % refreshEvery == 0;
      if (exact) {
        Vectors.axpy(alpha, p, x);
        refresh();
      } else {
        square = Vectors.descend(alpha, -alpha * ridge, p, image, x, r);
        residual = Vectors.norm(r, square);
      }
    }
  }

  /**
   * The verdict on a quadratic form that should be positive; {@code ||r||^2} can only underflow.
   */
  private static Status notPositive(double form, boolean ofMap) {
    return Double.isNaN(form)
        ? Status.NON_FINITE
        : ofMap ? Status.NOT_POSITIVE_DEFINITE : Status.STAGNATED;
  }

  /**
   * The last iterate: its error is the least so far in the norm of the map, even where the residual
   * has grown.
   */
  private Status cut() {
    drifted = true;
    return failure(Status.MAX_STEPS);
  }

  /** The norm of the true residual, computed when someone asks. */
  private double measured() {
    if (drifted) {
      refresh();
      drifted = false;
    }
    return residual * scale;
  }

  private Status failure(Status status) {
    return indefinite ? Status.NOT_POSITIVE_DEFINITE : status;
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
    Vectors.subtract(b, a.image(x, q).vector(), r);
    if (ridge != 0) {
      Vectors.axpy(-ridge, x, r);
    }
    measure();
  }

  private void measure() {
    square = Vectors.dot(r, r);
    residual = Vectors.norm(r, square);
  }
}
