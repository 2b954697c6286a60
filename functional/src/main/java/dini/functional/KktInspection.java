package dini.functional;

import dini.core.Tensor;
import dini.core.trace.Advice;
import dini.core.trace.Bind;
import dini.linalg.Policy;
import java.util.function.BiFunction;

/**
 * Reports inequalities that are weakly active, violated, or have a negative multiplier: none of
 * these shows in the residual of the conditions.
 */
record KktInspection<X, A>(Kkt<X, A> kkt) implements Inspection<KktPoint<X>, A> {

  @Override
  public BiFunction<KktPoint<X>, A, KktPoint<X>> differentiated() {
    return kkt::atSolution;
  }

  @Override
  public void inspect(KktPoint<X> solution, A theta, Policy residual) {
    if (kkt.inequality().isEmpty() || solution.inequalityDual().size() == 0) {
      return;
    }
    Tensor rows = Complementarity.of(kkt, solution, theta).rows();
    if (!Bind.isKnown(rows)) {
      return;
    }
    Table table = new Table(Bind.peek(rows).toArray(), solution.inequalityDual().size());
    for (int lane = 0; lane < table.lanes(); lane++) {
      for (int i = 0; i < table.size(); i++) {
        inspect(table, lane, i, residual);
      }
    }
  }

  /** The rows of {@link Complementarity#rows} of each lane. */
  private record Table(double[] numbers, int size) {
    private static final int ROWS = 5;

    int lanes() {
      return numbers.length / (ROWS * size);
    }

    double at(int lane, int row, int i) {
      return numbers[(ROWS * lane + row) * size + i];
    }

    String place(int lane, int i) {
      return "inequality " + i + " of " + size + (lanes() == 1 ? "" : " in lane " + lane);
    }
  }

  private void inspect(Table table, int lane, int i, Policy residual) {
    double lambda = table.at(lane, 0, i);
    double g = table.at(lane, 1, i);
    double zeroLambda = table.at(lane, 2, i);
    double zeroG = table.at(lane, 3, i);
    String place = table.place(lane, i);
    if (lambda < -zeroLambda || g > zeroG) {
      noSolution(place, lambda, g, residual);
    } else if (table.at(lane, 4, i) != 0) {
      weaklyActive(place, lambda, g, zeroLambda, zeroG);
    }
  }

  private static void noSolution(String place, double lambda, double g, Policy policy) {
    String message =
        "kkt: the point is no solution: "
            + place
            + " has value "
            + g
            + " and multiplier "
            + lambda
            + ", expected a value <= 0 and a multiplier >= 0; check the solver, and the signs: an"
            + " inequality is g(x) <= 0, and the Lagrangian f + lambda g";
    switch (policy) {
      case THROW -> throw new NotARootException(message);
      case WARN -> Advice.warn("kkt", message);
      case IGNORE -> {}
    }
  }

  private void weaklyActive(
      String place, double lambda, double g, double zeroLambda, double zeroG) {
    String message =
        "kkt: "
            + place
            + " is weakly active: its multiplier "
            + lambda
            + " and its value "
            + g
            + (Math.abs(lambda) <= zeroLambda && Math.abs(g) <= zeroG
                ? " are both zero"
                : " vanish together as those of an interior point do")
            + " (zero is within "
            + zeroLambda
            + " and "
            + zeroG
            + "), so that the solution has a derivative for each side and no other. Move the"
            + " parameters, solve more accurately, change withTolerance, or take the inactive side"
            + " with onWeaklyActive(WARN)";
    switch (kkt.weaklyActive()) {
      case THROW -> throw new WeaklyActiveException(message);
      case WARN -> Advice.warn("weakly active", message);
      case IGNORE -> {}
    }
  }
}
