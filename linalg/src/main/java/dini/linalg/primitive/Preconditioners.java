package dini.linalg.primitive;

import dini.core.Elementwise;
import dini.core.LinearMap;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Runner;
import dini.core.trace.Staging;
import dini.core.trace.TraceStack;
import dini.core.tree.Structure;
import dini.linalg.Auto;
import dini.linalg.Cg;
import dini.linalg.Inv;
import dini.linalg.LinearSolver;
import dini.linalg.Neumann;
import dini.linalg.NormalCg;
import java.util.function.Function;

/**
 * Preconditioners as constants: they steer how a solution is found and cannot change it, so they
 * need no derivative.
 */
public final class Preconditioners {
  private Preconditioners() {}

  /**
   * The solver with the values that its preconditioner has now, which transformations do not watch:
   * it may serve later, when they have ended.
   *
   * @throws TracerException if the values are not known
   */
  public static LinearSolver constant(LinearSolver solver) {
    if (TraceStack.current().isEmpty()) {
      return solver;
    }
    return switch (solver) {
      case Cg cg ->
          cg.preconditioner().isEmpty()
              ? cg
              : cg.withPreconditioner(constant(cg.preconditioner().get(), true));
      case NormalCg cg ->
          cg.preconditioner().isEmpty()
              ? cg
              : cg.withPreconditioner(constant(cg.preconditioner().get(), false));
      case Inv _, Neumann _, Auto _ -> solver;
    };
  }

  private static <X, Y> LinearMap<X, Y> constant(LinearMap<X, Y> map, boolean symmetric) {
    X argument = map.zeroArgument();
    LinearMap<Y, X> transposed = map.transpose();
    Y result = transposed.zeroArgument();
    Closed forward;
    Closed backward;
    try {
      forward = stage(map, argument);
      backward = symmetric ? null : stage(transposed, result);
    } catch (TracerException reads) {
      // a function that reads its argument cannot be recorded; it works on values as it is
      return map;
    }
    Function<X, Y> apply = function(forward, result);
    @SuppressWarnings("unchecked") // a symmetric map takes X to X
    Function<Y, X> back =
        symmetric ? (Function<Y, X>) (Function<?, ?>) apply : function(backward, argument);
    return LinearMap.of(apply, back, argument, result, map.tags().toArray(LinearMap.Tag[]::new));
  }

  @SuppressWarnings("unchecked")
  private static <X, Y> Closed stage(LinearMap<X, Y> map, X argument) {
    Structure structure = Structure.flatten(argument).structure();
    return Staging.stage(
        leaves -> Structure.flatten(map.apply((X) structure.unflatten(leaves))).leaves(),
        map.domainTypes());
  }

  @SuppressWarnings("unchecked")
  private static <X, Y> Function<X, Y> function(Closed closed, Y result) {
    Structure structure = Structure.flatten(result).structure();
    Tensor[] constants = closed.constants();
    for (int i = 0; i < constants.length; i++) {
      constants[i] = Bind.resolve(Elementwise.stopGradient(constants[i]));
      if (!(constants[i] instanceof DenseTensor)) {
        throw new TracerException(
            "linearSolve: a preconditioner that depends on what vmap maps over or on what is"
                + " staged: its values are not known here; make it from other values, or map with a"
                + " plain loop");
      }
    }
    Runner runner = new Runner(closed.program());
    return x -> (Y) structure.unflatten(runner.apply(constants, Structure.flatten(x).leaves()));
  }
}
