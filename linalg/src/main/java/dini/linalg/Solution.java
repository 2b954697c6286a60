package dini.linalg;

import java.util.Objects;

/**
 * The result of a linear solve with its account.
 *
 * @param value the solution, or the last iterate if the status is not {@link Status#CONVERGED}
 * @param status how the solve ended; {@link Status#advice} says what to try next
 * @param steps the iterations done, or the terms of a series; 0 for a direct solve
 * @param residual the norm of the true residual at the value: {@code ||b - Ax||}, with the ridge in
 *     A; for normal CG {@code ||A'b - (A'A + ridge I)x||}
 * @param <X> the tree of the unknown
 */
public record Solution<X>(X value, Status status, int steps, double residual) {
  /** Checks that value and status are present. */
  public Solution {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(status, "status");
  }

  /**
   * Whether the solve converged.
   *
   * @return true if the status is {@link Status#CONVERGED}
   */
  public boolean converged() {
    return status == Status.CONVERGED;
  }

  /** Status, steps and residual, then what to try next if it failed, then the value. */
  @Override
  public String toString() {
    return "Solution("
        + status
        + ", steps="
        + steps
        + ", residual="
        + residual
        + (converged() ? "" : ": " + status.advice())
        + ", value="
        + value
        + ")";
  }
}
