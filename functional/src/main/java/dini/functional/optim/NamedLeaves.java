package dini.functional.optim;

import dini.core.DTypeException;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.Trees;
import dini.core.tree.Structure;
import dini.functional.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Between trees, which callers have, and leaves by name, which optimizers see. */
final class NamedLeaves {
  private NamedLeaves() {}

  /** The leaves of a tree that optimizers move: the floating ones, but no buffers. */
  static SequencedMap<String, Tensor> moving(Object tree) {
    Structure structure = structure(tree);
    SequencedMap<String, Tensor> moving = new LinkedHashMap<>();
    int leaf = 0;
    for (Map.Entry<String, Tensor> entry : Trees.treeNamed(tree).entrySet()) {
      boolean isBuffer = structure.isWithin(leaf++, Buffer.class);
      if (entry.getValue().dtype().isFloating() && !isBuffer) {
        moving.put(entry.getKey(), entry.getValue());
      }
    }
    return moving;
  }

  static <X, S> Updates<X, S> update(Optimizer<S> optimizer, X gradients, S state, X params) {
    SequencedMap<String, Tensor> all = matching("update", params, gradients);
    SequencedMap<String, Tensor> moving = moving(params);
    SequencedMap<String, Tensor> moved = new LinkedHashMap<>(all);
    moved.keySet().retainAll(moving.keySet());
    Updates<SequencedMap<String, Tensor>, S> step = optimizer.updateLeaves(moved, state, moving);
    if (!step.updates().keySet().equals(moved.keySet())) {
      throw new IllegalStateException(
          "update: "
              + optimizer
              + " gave updates of "
              + step.updates().keySet()
              + " for gradients of "
              + moved.keySet());
    }
    step.updates().forEach((name, u) -> requireType("update of " + name, moved.get(name), u));
    SequencedMap<String, Tensor> updates = new LinkedHashMap<>(step.updates());
    all.forEach((name, leaf) -> updates.computeIfAbsent(name, n -> Tensors.zerosLike(leaf)));
    return new Updates<>(Trees.treeFromNamed(gradients, updates), step.state());
  }

  static <X> X add(X params, X updates) {
    SequencedMap<String, Tensor> steps = matching("applyTo", params, updates);
    steps.keySet().retainAll(moving(params).keySet());
    SequencedMap<String, Tensor> moved = new LinkedHashMap<>(Trees.treeNamed(params));
    steps.forEach((name, u) -> moved.merge(name, u, Tensor::add));
    return Trees.treeFromNamed(params, moved);
  }

  /** The leaves of a tree like another, of which optional ones may be missing. */
  private static <X> SequencedMap<String, Tensor> matching(String operation, X params, X others) {
    structure(params).requireWithin(operation, structure(others));
    SequencedMap<String, Tensor> expected = Trees.treeNamed(params);
    SequencedMap<String, Tensor> leaves = new LinkedHashMap<>(Trees.treeNamed(others));
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
