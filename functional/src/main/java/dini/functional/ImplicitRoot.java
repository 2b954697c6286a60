package dini.functional;

import dini.core.LinearMap.Tag;
import dini.linalg.LinearSolver;
import dini.linalg.Policy;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** A stationarity condition with the choices of how to differentiate at its roots. */
record ImplicitRoot<X, A>(
    BiFunction<X, A, X> stationary,
    LinearSolver solver,
    Set<Tag> tags,
    Optional<Inspection<X, A>> inspection,
    boolean isBatched,
    Policy unsolved,
    Policy residual)
    implements Root<X, A> {

  /** The other outputs of a solver that has none: static data, which any trace passes through. */
  private static final String NONE = "";

  @Override
  public BiFunction<X, A, X> apply(BiFunction<X, A, X> solve) {
    return new Solver<>(this, solve);
  }

  /** A solver that can be differentiated. */
  private record Solver<X, A>(ImplicitRoot<X, A> root, BiFunction<X, A, X> solve)
      implements BiFunction<X, A, X> {
    @Override
    public X apply(X init, A theta) {
      BiFunction<X, A, WithAux<X, String>> plain =
          root.withAux((x, a) -> new WithAux<>(solve.apply(x, a), NONE), NONE);
      return plain.apply(init, theta).value();
    }

    @Override
    public String toString() {
      return root + ".apply(solver)";
    }
  }

  @Override
  public <U> BiFunction<X, A, WithAux<X, U>> withAux(BiFunction<X, A, WithAux<X, U>> solve) {
    return (init, theta) ->
        new RootApplication<>(this, solve, Optional.<U>empty()).apply(init, theta);
  }

  @Override
  public <U> BiFunction<X, A, WithAux<X, U>> withAux(
      BiFunction<X, A, WithAux<X, U>> solve, U example) {
    return (init, theta) ->
        new RootApplication<>(this, solve, Optional.of(example)).apply(init, theta);
  }

  @Override
  public Root<X, A> batched() {
    return new ImplicitRoot<>(stationary, solver, tags, inspection, true, unsolved, residual);
  }

  @Override
  public Root<X, A> onUnsolved(Policy policy) {
    return new ImplicitRoot<>(stationary, solver, tags, inspection, isBatched, policy, residual);
  }

  @Override
  public Root<X, A> onResidual(Policy policy) {
    return new ImplicitRoot<>(stationary, solver, tags, inspection, isBatched, unsolved, policy);
  }

  @Override
  public String toString() {
    return "Root(" + solver + (tags.isEmpty() ? "" : ", " + tags) + ")";
  }
}
