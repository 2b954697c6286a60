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
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A tree, which callers have, as leaves by name, which optimizers see.
 *
 * @param structure what held the leaves
 * @param leaves all of them by name, in the order of the structure
 */
record NamedLeaves(Structure structure, SequencedMap<String, Tensor> leaves) {

  static NamedLeaves of(Object tree) {
    return new NamedLeaves(Structure.flatten(tree).structure(), Trees.treeNamed(tree));
  }

  /** The leaves that are optimized: the floating ones, but no buffers. */
  SequencedMap<String, Tensor> optimized() {
    SequencedMap<String, Tensor> optimized = new LinkedHashMap<>();
    int leaf = 0;
    for (var named : leaves.entrySet()) {
      boolean isBuffer = structure.isWithin(leaf++, Buffer.class);
      if (!isBuffer && named.getValue().dtype().isFloating()) {
        optimized.put(named.getKey(), named.getValue());
      }
    }
    return optimized;
  }

  /** The tree with others for some of its leaves: safe if this is of an X. */
  @SuppressWarnings("unchecked")
  private <X> X with(SequencedMap<String, Tensor> others) {
    Tensor[] replaced = new Tensor[leaves.size()];
    int i = 0;
    for (var leaf : leaves.entrySet()) {
      replaced[i++] = others.getOrDefault(leaf.getKey(), leaf.getValue());
    }
    return (X) structure.unflatten(replaced);
  }

  static <X, S> Updates<X, S> update(Optimizer<S> optimizer, X gradients, S state, X params) {
    NamedLeaves at = of(Objects.requireNonNull(params, "update: params"));
    NamedLeaves slopes = of(Objects.requireNonNull(gradients, "update: gradients"));
    Objects.requireNonNull(state, "update: state");
    at.requireWithin("update", slopes);
    SequencedMap<String, Tensor> optimized = slopes.optimized();
    Updates<SequencedMap<String, Tensor>, S> step =
        checked(optimizer, optimized, state, at.optimized());
    SequencedMap<String, Tensor> updates = new LinkedHashMap<>(step.updates());
    slopes.leaves.forEach((name, g) -> updates.computeIfAbsent(name, n -> Tensors.zerosLike(g)));
    return new Updates<>(slopes.with(updates), step.state());
  }

  private static <S> Updates<SequencedMap<String, Tensor>, S> checked(
      Optimizer<S> optimizer,
      SequencedMap<String, Tensor> gradients,
      S state,
      SequencedMap<String, Tensor> params) {
    StateCheck<S> check = new StateCheck<>(optimizer, state, params);
    try {
      Updates<SequencedMap<String, Tensor>, S> step =
          optimizer.updateLeaves(gradients, state, params);
      requireUpdates(optimizer, gradients, step.updates());
      check.requireSameAfter(step.state());
      return step;
    } catch (RuntimeException failure) {
      throw check.blame(failure);
    }
  }

  private static void requireUpdates(
      Optimizer<?> optimizer,
      SequencedMap<String, Tensor> gradients,
      SequencedMap<String, Tensor> updates) {
    if (!updates.keySet().equals(gradients.keySet())) {
      throw new IllegalStateException(
          "update: "
              + optimizer
              + " gave updates of "
              + updates.keySet()
              + " for gradients of "
              + gradients.keySet());
    }
    updates.forEach((name, u) -> requireType("update of ", name, gradients.get(name), u));
  }

  static <X> X add(X params, X updates) {
    NamedLeaves at = of(params);
    NamedLeaves steps = of(updates);
    at.requireWithin("applyTo", steps);
    SequencedMap<String, Tensor> moved = new LinkedHashMap<>();
    steps.optimized().forEach((name, step) -> moved.put(name, at.leaves.get(name).add(step)));
    return at.with(moved);
  }

  /** Refuses a tree that is not like this in everything but missing parts of optionals. */
  private void requireWithin(String operation, NamedLeaves others) {
    structure.requireWithin(operation, others.structure);
    others.leaves.forEach((name, leaf) -> requireLeaf(operation, name, leaf));
  }

  /** Refuses a tree that is not of the structure and types of another. */
  static void requireLike(String operation, Object expected, Object other) {
    NamedLeaves like = of(expected);
    NamedLeaves given = of(other);
    like.structure.requireSame(operation, given.structure);
    given.leaves.forEach((name, leaf) -> like.requireLeaf(operation, name, leaf));
  }

  private void requireLeaf(String operation, String name, Tensor leaf) {
    requireType(operation + ": ", name, leaves.get(name), leaf);
  }

  private static void requireType(String where, String name, Tensor like, Tensor actual) {
    if (actual == null) {
      throw new NullPointerException(where + name + ": null");
    }
    TensorType expected = like.type();
    if (!expected.equals(actual.type())) {
      String message = where + name + ": expected " + expected + ", got " + actual.type();
      throw expected.dtype() == actual.dtype()
          ? new ShapeException(message)
          : new DTypeException(message);
    }
  }
}
