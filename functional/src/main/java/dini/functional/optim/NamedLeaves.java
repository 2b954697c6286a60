package dini.functional.optim;

import dini.core.DTypeException;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Trees;
import dini.core.tree.Structure;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Between trees, which callers have, and leaves by name, which optimizers see. */
final class NamedLeaves {
  private NamedLeaves() {}

  /** The floating leaves of a tree. */
  static SequencedMap<String, Tensor> floating(Object tree) {
    return floating(Trees.treeNamed(tree));
  }

  private static SequencedMap<String, Tensor> floating(SequencedMap<String, Tensor> leaves) {
    if (leaves.values().stream().allMatch(leaf -> leaf.dtype().isFloating())) {
      return leaves;
    }
    SequencedMap<String, Tensor> floating = new LinkedHashMap<>(leaves);
    floating.values().removeIf(leaf -> !leaf.dtype().isFloating());
    return floating;
  }

  static <X, S> Updates<X, S> update(Optimizer<S> optimizer, X gradients, S state, X params) {
    SequencedMap<String, Tensor> all = matching("update", params, gradients);
    SequencedMap<String, Tensor> floating = floating(all);
    Updates<SequencedMap<String, Tensor>, S> step =
        optimizer.updateLeaves(floating, state, floating(params));
    if (!step.updates().keySet().equals(floating.keySet())) {
      throw new IllegalStateException(
          "update: "
              + optimizer
              + " gave updates of "
              + step.updates().keySet()
              + " for gradients of "
              + floating.keySet());
    }
    step.updates().forEach((name, u) -> requireType("update of " + name, floating.get(name), u));
    SequencedMap<String, Tensor> updates = new LinkedHashMap<>(all);
    updates.putAll(step.updates());
    return new Updates<>(Trees.treeFromNamed(gradients, updates), step.state());
  }

  static <X> X add(X params, X updates) {
    SequencedMap<String, Tensor> moved = new LinkedHashMap<>(Trees.treeNamed(params));
    floating(matching("applyTo", params, updates))
        .forEach((name, u) -> moved.merge(name, u, Tensor::add));
    return Trees.treeFromNamed(params, moved);
  }

  /** The leaves of a tree like another, of which optional ones may be missing. */
  private static <X> SequencedMap<String, Tensor> matching(String operation, X params, X others) {
    structure(params).requireWithin(operation, structure(others));
    SequencedMap<String, Tensor> expected = Trees.treeNamed(params);
    SequencedMap<String, Tensor> leaves = Trees.treeNamed(others);
    leaves.forEach((name, leaf) -> requireType(operation + ": " + name, expected.get(name), leaf));
    return leaves;
  }

  private static Structure structure(Object tree) {
    return Structure.flatten(tree).structure();
  }

  private static void requireType(String what, Tensor like, Tensor actual) {
    TensorType expected = like.type();
    if (!expected.equals(actual.type())) {
      String message = what + ": expected " + expected + ", got " + actual.type();
      throw expected.dtype() == actual.dtype()
          ? new ShapeException(message)
          : new DTypeException(message);
    }
  }

  /** Refuses a tree that is not of the structure and types of another. */
  static void requireLike(String operation, Object expected, Object other) {
    structure(expected).requireSame(operation, structure(other));
    SequencedMap<String, Tensor> others = Trees.treeNamed(other);
    Trees.treeNamed(expected)
        .forEach((name, leaf) -> requireType(operation + ": " + name, leaf, others.get(name)));
  }
}
