package dini.functional;

import dini.linalg.Policy;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A look at a solution before it is differentiated, by a condition that knows more than its
 * residual.
 */
interface Inspection<X, A> {

  /** The inspection of a condition that has one. */
  @SuppressWarnings("unchecked") // a Kkt takes and gives X, which is the tree of its points
  static <X, A> Optional<Inspection<X, A>> of(BiFunction<X, A, X> stationary) {
    return stationary instanceof Kkt<?, ?> kkt
        ? Optional.of((Inspection<X, A>) kkt.inspection())
        : Optional.empty();
  }

  /** The condition in the form that is differentiated at a solution. */
  BiFunction<X, A, X> differentiated();

  /** Reports what makes the derivative at the solution wrong. */
  void inspect(X solution, A theta, Policy residual);

  /** This inspection with a policy of its own in place of the one for residuals. */
  default Inspection<X, A> withPolicy(Policy policy) {
    Inspection<X, A> inspection = this;
    return new Inspection<>() {
      @Override
      public BiFunction<X, A, X> differentiated() {
        return inspection.differentiated();
      }

      @Override
      public void inspect(X solution, A theta, Policy residual) {
        inspection.inspect(solution, theta, policy);
      }
    };
  }
}
