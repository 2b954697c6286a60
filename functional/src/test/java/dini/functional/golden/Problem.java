package dini.functional.golden;

import com.google.gson.JsonElement;
import dini.core.Tensor;
import dini.core.Trees;
import dini.functional.Implicit;
import dini.functional.Root;
import dini.functional.Transforms;
import dini.linalg.LinearSolver;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A golden problem whose solution is differentiated.
 *
 * @param stationary what vanishes at the solution
 * @param objective what is minimized, where {@code stationary} is its gradient
 * @param outer the function of the solution
 * @param rate of the plain iteration {@code x - rate F(x)}, 0 where that may not converge
 * @param definite whether the Jacobian is symmetric and positive definite
 * @param unknowns reads the tree of unknowns
 * @param parameters reads the tree of parameters
 * @param <X> the tree of unknowns
 * @param <A> the tree of parameters
 */
record Problem<X, A>(
    BiFunction<X, A, X> stationary,
    Optional<BiFunction<X, A, Tensor>> objective,
    Function<X, Tensor> outer,
    double rate,
    boolean definite,
    Function<JsonElement, X> unknowns,
    Function<JsonElement, A> parameters) {

  static <X, A> Problem<X, A> argmin(
      BiFunction<X, A, Tensor> objective,
      Function<X, Tensor> outer,
      double rate,
      Function<JsonElement, X> unknowns,
      Function<JsonElement, A> parameters) {
    return new Problem<>(
        Transforms.grad(objective),
        Optional.of(objective),
        outer,
        rate,
        true,
        unknowns,
        parameters);
  }

  static <X, A> Problem<X, A> root(
      BiFunction<X, A, X> stationary,
      Function<X, Tensor> outer,
      double rate,
      Function<JsonElement, X> unknowns,
      Function<JsonElement, A> parameters) {
    return new Problem<>(stationary, Optional.empty(), outer, rate, false, unknowns, parameters);
  }

  /** The same without the promise that the Jacobian is definite: the solution may be a maximum. */
  Problem<X, A> indefinite() {
    return new Problem<>(stationary, objective, outer, rate, false, unknowns, parameters);
  }

  private Root<X, A> root(LinearSolver solver) {
    return objective
        .map(minimized -> Implicit.customArgmin(minimized, solver))
        .orElseGet(() -> Implicit.customRoot(stationary, solver));
  }

  /** Newton's method made differentiable. */
  BiFunction<X, A, X> newton(LinearSolver solver) {
    return root(solver).apply((init, theta) -> Newton.solve(stationary, init, theta));
  }

  /** The plain iteration and then Newton's method made differentiable. */
  BiFunction<X, A, X> descent(LinearSolver solver) {
    return root(solver)
        .apply((init, theta) -> Newton.descendAndSolve(stationary, init, theta, rate));
  }

  /** One step of the plain iteration as the fixed point's map. */
  BiFunction<X, A, X> plainFixedPoint(LinearSolver solver) {
    return Implicit.<X, A>customFixedPoint(
            (x, theta) -> Trees.treeAddScaled(x, -rate, stationary.apply(x, theta)), solver)
        .apply((init, theta) -> Newton.solve(stationary, init, theta));
  }

  /** One step of Newton's method as the fixed point's map: its derivative in x vanishes there. */
  BiFunction<X, A, X> newtonFixedPoint(LinearSolver solver) {
    return Implicit.<X, A>customFixedPoint((x, theta) -> Newton.step(stationary, x, theta), solver)
        .apply((init, theta) -> Newton.solve(stationary, init, theta));
  }
}
