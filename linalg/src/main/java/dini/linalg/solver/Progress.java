package dini.linalg.solver;

/** Watches the true residual and tells when going on is of no use. */
final class Progress {
  /**
   * A residual that grew so much was not produced by a symmetric positive definite map: the error
   * falls in the norm of A, so the residual grows by the root of the condition number at most, and
   * one of 1e24 is beyond any precision.
   */
  private static final double DIVERGED = 1e12;

  /**
   * How far above the rounding error of one product a residual can settle. It only tells when to
   * give up sooner, never that a solve converged, so that a round number serves: a few products are
   * behind each residual, each with an error of a few roundings.
   */
  private static final double FLOOR = 16;

  /**
   * Steps without a gain after which a residual near the rounding error has settled; or a quarter
   * of all steps, since slow convergence stays slow there.
   */
  private static final int SETTLED = 20;

  private final int unknowns;
  private final double epsilon;
  private final int patience;
  private final double start;
  private double best;
  private int bestStep;
  private double mapNorm;

  Progress(int unknowns, double epsilon, double start) {
    this.unknowns = unknowns;
    this.epsilon = epsilon;
    this.patience = (int) Math.min(2L * unknowns + 50, Integer.MAX_VALUE);
    this.start = start;
    this.best = start;
  }

  /** Notes that a vector of one norm was mapped to one of another: the map's norm is no less. */
  void mapped(double norm, double imageNorm) {
    if (imageNorm > mapNorm * norm) {
      mapNorm = imageNorm / norm;
    }
  }

  /** The largest norm of the map that was seen. */
  double mapNorm() {
    return mapNorm;
  }

  /** Whether so many steps should have brought a gain, and none was checked. */
  boolean futile(int step) {
    return step >= 2L * unknowns && best >= start;
  }

  /**
   * Whether the true residual has stopped falling.
   *
   * @param magnitude the norm of the terms whose difference the residual is
   */
  boolean stalled(int step, double residual, double magnitude) {
    boolean rounding = residual <= FLOOR * epsilon * magnitude;
    if (residual < 0.9 * best) {
      best = residual;
      bestStep = step;
      return false;
    }
    int idle = step - bestStep;
    return idle > patience
        || rounding && idle >= Math.max(SETTLED, step / 4)
        || residual > DIVERGED * start;
  }
}
