package dini.functional;

import java.util.Locale;
import java.util.Objects;

/**
 * A derivative of a solution with a bound on its error. {@link Certificates} makes it; its text is
 * a small report.
 *
 * <pre>{@code
 * Certificate<Tensor> c = certify(stationary, w -> loss(w), w, lambda);
 * Tensor gradient = c.within(1e-6);   // throws if it is not known to be that accurate
 * }</pre>
 *
 * @param derivative the derivative
 * @param verdict whether there is a bound, and if not, why
 * @param parts what the bound consists of
 * @param norm {@code ||derivative||}, the Euclidean norm over all leaves, like all norms here
 * @param residual {@code ||F(x, θ)||}
 * @param distance a bound on the distance of x to the root; NaN if it was not found
 * @param nonlinearity the Newton-Kantorovich quantity h at x: how much {@code ∂₁F} changes on the
 *     way to the root, measured by its inverse, for the unknown for which that is most. Newton's
 *     method converges below 1/2, and a solution is accepted up to 0.4; NaN if it was not found
 * @param linearResidual the norm of the residual of the derivative's linear system: {@code ||∂₁l -
 *     (∂₁F)'v||} for a gradient, {@code ||∂₂F dθ + ∂₁F v||} for a tangent
 * @param condition an estimate of the condition number of {@code ∂₁F} in the 1-norm, from below and
 *     rarely by more than a factor of 3; infinite if it is singular
 * @param <D> the tree of the derivative
 */
public record Certificate<D>(
    D derivative,
    Verdict verdict,
    Parts parts,
    double norm,
    double residual,
    double distance,
    double nonlinearity,
    double linearResidual,
    double condition) {

  /**
   * The parts of a bound, each a bound itself.
   *
   * @param solution from the solution, which is not the root
   * @param linear from the derivative's linear system, which is not solved exactly
   * @param rounding from rounding in F, the loss and their derivatives
   * @param difference the distance between a derivative from elsewhere and the one that was
   *     computed here; see {@link Certificate#of}
   */
  public record Parts(double solution, double linear, double rounding, double difference) {
    static final Parts UNKNOWN =
        new Parts(
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY);

    /**
     * The sum.
     *
     * @return the bound on the error
     */
    public double total() {
      return solution + linear + rounding + difference;
    }
  }

  /** Checks that derivative, verdict and parts are present. */
  public Certificate {
    Objects.requireNonNull(derivative, "derivative");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(parts, "parts");
  }

  /**
   * A bound on {@code ||derivative - truth||}, infinite unless the derivative is certified.
   *
   * @return the bound
   */
  public double bound() {
    return parts.total();
  }

  /**
   * The bound divided by the norm of the derivative.
   *
   * @return the relative bound; 0 if bound and derivative are 0, infinite if only the derivative is
   */
  public double relativeBound() {
    return bound() == 0 ? 0 : bound() / norm;
  }

  /**
   * Whether there is a bound.
   *
   * @return true if the verdict is {@link Verdict#CERTIFIED}
   */
  public boolean certified() {
    return verdict == Verdict.CERTIFIED;
  }

  /**
   * The derivative, if its relative error is known to be small enough.
   *
   * @param relative the largest relative error that is wanted; where the derivative is zero but for
   *     rounding, no relative error is known, and {@link #within(double, double)} is of use
   * @return the derivative
   * @throws UncertifiedException if there is no bound, or it is larger
   */
  public D within(double relative) {
    return within(bound() <= relative * norm, Double.toString(relative));
  }

  /**
   * The derivative, if its relative or its absolute error is known to be small enough.
   *
   * @param relative the largest error that is wanted, in units of the norm of the derivative
   * @param absolute the error that does not matter, however small the derivative
   * @return the derivative
   * @throws UncertifiedException if there is no bound, or it is larger than both {@code relative
   *     norm} and {@code absolute}, or one of them is NaN
   */
  public D within(double relative, double absolute) {
    return within(
        bound() <= Math.max(relative * norm, absolute),
        relative + " of its norm or to " + absolute);
  }

  private D within(boolean isSmall, String wanted) {
    if (!(certified() && isSmall)) {
      throw new UncertifiedException(
          "within: the derivative is not known to be right to " + wanted + "\n" + this);
    }
    return derivative;
  }

  /**
   * The certificate of another value of the same derivative, from an unrolled solver for instance:
   * the bound grows by the distance between the two.
   *
   * @param other the other value, a tree like the derivative
   * @return its certificate
   */
  public Certificate<D> of(D other) {
    Coordinates<D> arrangement = Coordinates.of("of", derivative);
    double[] values = arrangement.read("the derivative", other);
    double difference = Vector.norm(Vector.minus(values, arrangement.vector()));
    Parts grown =
        certified()
            ? new Parts(parts.solution, parts.linear, parts.rounding, parts.difference + difference)
            : parts;
    return new Certificate<>(
        other,
        verdict,
        grown,
        Vector.norm(values),
        residual,
        distance,
        nonlinearity,
        linearResidual,
        condition);
  }

  /**
   * A report of four lines: the bound, or the reason why there is none; then for each source of
   * error its part of the bound and its cause, with {@code A = ∂₁F}.
   */
  @Override
  public String toString() {
    String title =
        certified()
            ? text("right to %.1e", bound())
                + (norm == 0 ? "" : text(", %.1e of its norm %.4g", relativeBound(), norm))
            : "no bound, " + verdict + "\n  " + verdict.advice();
    String elsewhere =
        certified() && parts.difference != 0
            ? "\n        from elsewhere    " + atMost(parts.difference).strip()
            : "";
    return "Certificate: "
        + title
        + "\n  error from the solution "
        + atMost(parts.solution)
        + text("||F|| = %.1e", residual)
        + (Double.isNaN(distance) ? "" : text(", ||x - x*|| <= %.1e", distance))
        + (Double.isNaN(nonlinearity) ? "" : text(", h = %.1e", nonlinearity))
        + "\n        from the solve    "
        + atMost(parts.linear)
        + text("||b - A v|| = %.1e", linearResidual)
        + "\n        from rounding     "
        + atMost(parts.rounding)
        + text("cond(A) = %.1e", condition)
        + elsewhere;
  }

  private String atMost(double part) {
    return certified() ? text("<= %.1e   ", part) : "unknown      ";
  }

  private static String text(String format, Object... numbers) {
    return String.format(Locale.ROOT, format, numbers);
  }
}
