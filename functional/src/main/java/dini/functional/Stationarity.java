package dini.functional;

import dini.core.TreeException;
import dini.linalg.Policy;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A stationarity condition whose derivative is certified.
 *
 * @param operation who certifies, for messages
 * @param condition F in the form that is differentiated
 * @param inspection what else F knows of its solutions
 */
record Stationarity<X, A>(
    String operation, BiFunction<X, A, X> condition, Optional<Inspection<X, A>> inspection)
    implements BiFunction<X, A, X> {

  static <X, A> Stationarity<X, A> of(String operation, BiFunction<X, A, X> stationary) {
    Optional<Inspection<X, A>> inspection = Inspection.of(stationary);
    return new Stationarity<>(
        operation, inspection.map(Inspection::differentiated).orElse(stationary), inspection);
  }

  @Override
  public X apply(X x, A theta) {
    X residual = condition.apply(x, theta);
    if (residual == null) {
      throw new TreeException(operation + ": the stationarity condition returned null");
    }
    return residual;
  }

  /** Refuses a root that is no solution. */
  void inspect(X root, A theta) {
    inspection.ifPresent(look -> look.inspect(root, theta, Policy.THROW));
  }
}
