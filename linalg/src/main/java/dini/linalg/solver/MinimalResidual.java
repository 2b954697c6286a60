package dini.linalg.solver;

import dini.core.Observer;
import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;
import dini.linalg.Status;
import java.util.Arrays;

/**
 * Restarted GMRES for {@code (A + ridge I) x = b}, preconditioned from the right. One use solves
 * one system; the vectors of a cycle are allocated as it first reaches them.
 */
final class MinimalResidual {
  private final Operator a;
  private final double ridge;
  private final Operator preconditioner;
  private final Limits limits;
  private final double scale;
  private final DenseTensor b;
  private final DenseTensor x;
  private final DenseTensor r;
  private final DenseTensor[] basis;

  /** Column j of the triangular matrix of the cycle, packed: element (i, j) at j (j + 1)/2 + i. */
  private final double[] triangle;

  private final double[] cosines;
  private final double[] sines;
  private final double[] right;
  private double residual;
  private int steps;

  private MinimalResidual(
      Operator a,
      double ridge,
      Operator preconditioner,
      Limits limits,
      int restart,
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
    int cycle = Math.max(1, Math.min(restart, Vectors.size(x)));
    this.basis = new DenseTensor[cycle + 1];
    this.triangle = new double[cycle * (cycle + 1) / 2];
    this.cosines = new double[cycle];
    this.sines = new double[cycle];
    this.right = new double[cycle + 1];
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
      int restart,
      double ridge,
      Operator preconditioner,
      DenseTensor init) {
    double scale = Vectors.magnitude(b);
    MinimalResidual gmres =
        new MinimalResidual(a, ridge, preconditioner, limits, restart, b, scale);
    if (scale == 0) {
      limits.proceed(0, 0);
      return new Outcome(gmres.x, Status.CONVERGED, 0, 0);
    }
    if (Double.isNaN(scale)) {
      return Failed.nonFinite(a.domain());
    }
    Vectors.scale(BinaryKernel.DIV, scale, gmres.b);
    double norm = gmres.start(init);
    Status status = gmres.iterate(norm, limits.target(norm, scale));
    Vectors.scale(BinaryKernel.MUL, scale, gmres.x);
    return new Outcome(gmres.x, status, gmres.steps, gmres.residual * scale);
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
    boolean proceed = limits.proceed(0, residual * scale);
    while (true) {
      if (residual <= target) {
        return Status.CONVERGED;
      }
      if (!Double.isFinite(residual)) {
        return Status.NON_FINITE;
      }
      if (!proceed) {
        return Status.STOPPED;
      }
      if (steps >= limits.maxSteps()) {
        return progress.futile(steps) ? Status.STAGNATED : Status.MAX_STEPS;
      }
      double before = residual;
      Cycle cycle = cycle(progress, target);
      if (cycle == Cycle.LOST) {
        return Status.NON_FINITE;
      }
      proceed = cycle != Cycle.STOPPED;
      double magnitude = progress.mapNorm() * Vectors.norm(x);
      boolean stalled = progress.stalled(steps, residual, magnitude);
      // where the space cannot grow, what is left is out of reach, or rounding
      boolean idle = residual >= before * (cycle == Cycle.BROKEN ? 0.5 : 1 - limits.epsilon());
      if (proceed && residual > target && (stalled || idle)) {
        return Status.STAGNATED;
      }
    }
  }

  /** How a cycle ended. */
  private enum Cycle {
    /** After its steps, or at the target, or at the limit of steps. */
    DONE,
    /** The space cannot grow: it has the solution, or the map is singular. */
    BROKEN,
    /** The observer stopped it. */
    STOPPED,
    /** NaN or infinity was met; the iterate is that before the cycle. */
    LOST
  }

  /** Steps until the end of a cycle, after which iterate and residual are up to date. */
  private Cycle cycle(Progress progress, double target) {
    vector(0);
    Vectors.copy(r, basis[0]);
    Vectors.scale(BinaryKernel.DIV, residual, basis[0]);
    right[0] = residual;
    for (int j = 0; ; j++) {
      Observer.throwIfInterrupted("gmres", steps, Math.abs(right[j]) * scale);
      double grown = expand(j, progress);
      if (!Double.isFinite(grown)) {
        return Cycle.LOST;
      }
      steps++;
      boolean broken = grown == 0;
      double estimate = Math.abs(right[j + 1]);
      boolean last = broken || j + 2 == basis.length || steps >= limits.maxSteps();
      if (last || estimate <= target) {
        update(j + 1);
        boolean proceed = limits.proceed(steps, residual * scale);
        return !proceed ? Cycle.STOPPED : broken ? Cycle.BROKEN : Cycle.DONE;
      }
      if (!limits.proceed(steps, estimate * scale)) {
        update(j + 1);
        return Cycle.STOPPED;
      }
    }
  }

  private DenseTensor vector(int j) {
    if (basis[j] == null) {
      basis[j] = Vectors.zeros(a.domain());
    }
    return basis[j];
  }

  /**
   * Adds the image of vector j to the basis; gives the length of what is new in it, 0 if that is
   * rounding.
   */
  private double expand(int j, Progress progress) {
    DenseTensor z = preconditioner == null ? basis[j] : preconditioner.apply(basis[j]);
    DenseTensor w = vector(j + 1);
    Vectors.copy(a.apply(z), w);
    if (ridge != 0) {
      Vectors.axpy(ridge, z, w);
    }
    double length = Vectors.norm(w);
    progress.mapped(Vectors.norm(z), length);
    int column = j * (j + 1) / 2;
    Arrays.fill(triangle, column, column + j + 1, 0);
    // twice, since once leaves the basis orthogonal only as far as the first pass cancelled
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i <= j; i++) {
        double along = Vectors.dot(basis[i], w);
        Vectors.axpy(-along, basis[i], w);
        triangle[column + i] += along;
      }
    }
    double grown = Vectors.norm(w);
    if (grown <= limits.epsilon() * length) {
      grown = 0;
    } else {
      Vectors.scale(BinaryKernel.DIV, grown, w);
    }
    rotate(j, column, grown);
    return grown;
  }

  /** Makes the column triangular by the rotations so far and a new one. */
  private void rotate(int j, int column, double below) {
    for (int i = 0; i < j; i++) {
      double upper = triangle[column + i];
      double lower = triangle[column + i + 1];
      triangle[column + i] = cosines[i] * upper + sines[i] * lower;
      triangle[column + i + 1] = cosines[i] * lower - sines[i] * upper;
    }
    double diagonal = triangle[column + j];
    double size = Math.max(Math.abs(diagonal), Math.abs(below));
    double length =
        size == 0 ? 0 : size * Math.sqrt(square(diagonal / size) + square(below / size));
    cosines[j] = length == 0 ? 1 : diagonal / length;
    sines[j] = length == 0 ? 0 : below / length;
    triangle[column + j] = length;
    right[j + 1] = -sines[j] * right[j];
    right[j] = cosines[j] * right[j];
  }

  private static double square(double x) {
    return x * x;
  }

  /** Moves the iterate to the least residual over the first vectors, and computes that residual. */
  private void update(int count) {
    double[] y = new double[count];
    double largest = 0;
    for (int j = 0; j < count; j++) {
      largest = Math.max(largest, Math.abs(triangle[j * (j + 1) / 2 + j]));
    }
    for (int i = count - 1; i >= 0; i--) {
      double rest = right[i];
      for (int j = i + 1; j < count; j++) {
        rest -= triangle[j * (j + 1) / 2 + i] * y[j];
      }
      double pivot = triangle[i * (i + 1) / 2 + i];
      // a direction that the map takes to nothing cannot help
      y[i] = Math.abs(pivot) <= limits.epsilon() * largest ? 0 : rest / pivot;
    }
    Vectors.clear(r);
    for (int i = 0; i < count; i++) {
      Vectors.axpy(y[i], basis[i], r);
    }
    Vectors.axpy(1, preconditioner == null ? r : preconditioner.apply(r), x);
    refresh();
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
