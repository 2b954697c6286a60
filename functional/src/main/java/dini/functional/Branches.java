package dini.functional;

import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.trace.Captures;
import dini.core.trace.Closed;
import dini.core.trace.DerivativeTrace;
import dini.core.trace.Staging;
import dini.core.trace.TraceStack;
import dini.core.tree.Structure;
import dini.functional.primitive.Choice;
import dini.functional.primitive.KnownBranch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Functions of one argument, one of which is chosen when the choice is known.
 *
 * @param operation the operation, for messages
 * @param functions the functions, with results of one structure and the same types
 */
record Branches<X, Y>(
    String operation, List<? extends Function<? super X, ? extends Y>> functions) {

  /** The result of the one that an index says, which is in range. */
  Y chosen(Tensor index, X x) {
    Tree<X> argument = Tree.of(x);
    List<Closed> closed = new ArrayList<>();
    Tree<Y> first = null;
    for (Function<? super X, ? extends Y> branch : functions) {
      Result<X, Y> result =
          new Result<>(z -> ControlFlow.required(operation, (Y) branch.apply(z)), argument);
      Closed own = Staging.stageAll(result, ControlFlow.types(argument.leaves()));
      Tree<Y> tree = result.tree(new Tensor[0]);
      if (first == null) {
        first = tree;
      }
      String problem =
          operation
              + ": the results of two branches differ, of "
              + (operation.equals("cond") ? "ifFalse and ifTrue" : "0 and " + closed.size());
      first.structure().requireSame(problem, tree.structure());
      requireSameTypes(problem, first.structure(), closed.isEmpty() ? own : closed.getFirst(), own);
      closed.add(own);
    }
    return first.with(Choice.of(index, closed, argument.leaves()));
  }

  /** The result of the one that is known to be chosen. */
  static <X, Y> Y known(String operation, Function<? super X, ? extends Y> branch, X x) {
    if (!isDifferentiating()) {
      return ControlFlow.required(operation, branch.apply(x));
    }
    Tree<X> argument = Tree.of(x);
    Result<X, Y> result =
        new Result<>(z -> ControlFlow.required(operation, (Y) branch.apply(z)), argument);
    Captures captures = Captures.of(result, argument.leaves());
    Structure structure = result.structure();
    Tensor[] leaves = KnownBranch.of(captures, argument.leaves());
    return new Tree<Y>(leaves, structure).with(leaves);
  }

  private static boolean isDifferentiating() {
    return TraceStack.current().active().stream().anyMatch(t -> t instanceof DerivativeTrace);
  }

  private static void requireSameTypes(
      String problem, Structure structure, Closed expected, Closed own) {
    Carry.requireTypes(
        problem,
        structure,
        expected.program().outputTypes(),
        own.program().outputTypes().stream().map(Tensors::zeros).toArray(Tensor[]::new));
  }
}
