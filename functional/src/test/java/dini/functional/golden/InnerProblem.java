package dini.functional.golden;

import dini.core.Tensor;
import dini.functional.nn.ImplicitMetaGradientModule;
import java.util.function.BiFunction;

/** Golden problems as modules. */
final class InnerProblem {
  private InnerProblem() {}

  static <X, A> ImplicitMetaGradientModule<X, A> of(Problem<X, A> problem) {
    return problem.objective().isPresent()
        ? new Minimum<>(problem.objective().get())
        : new Zero<>(problem.stationary());
  }

  /** A module with an objective; Newton's method solves the condition that is derived from it. */
  private static final class Minimum<X, A> extends ImplicitMetaGradientModule<X, A> {
    private final BiFunction<X, A, Tensor> objective;

    Minimum(BiFunction<X, A, Tensor> objective) {
      this.objective = objective;
    }

    @Override
    protected Tensor objective(X params, A meta) {
      return objective.apply(params, meta);
    }

    @Override
    protected X solve(X init, A meta) {
      return Newton.solve(this::optimality, init, meta);
    }
  }

  /** A module with a condition. */
  private static final class Zero<X, A> extends ImplicitMetaGradientModule<X, A> {
    private final BiFunction<X, A, X> condition;

    Zero(BiFunction<X, A, X> condition) {
      this.condition = condition;
    }

    @Override
    protected X optimality(X params, A meta) {
      return condition.apply(params, meta);
    }

    @Override
    protected X solve(X init, A meta) {
      return Newton.solve(condition, init, meta);
    }
  }
}
