package dini.functional;

import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TreeException;
import dini.core.tree.Structure;
import java.util.Arrays;
import java.util.List;

/**
 * What a loop takes from step to step: a tree whose structure, shapes and dtypes do not change.
 *
 * @param operation the loop, for messages
 * @param init the first one
 */
record Carry<C>(String operation, Tree<C> init) {

  static <C> Carry<C> of(String operation, C init) {
    return new Carry<>(operation, Tree.of(init));
  }

  int count() {
    return init.leaves().length;
  }

  List<TensorType> types() {
    return Arrays.stream(init.leaves()).map(Tensor::type).toList();
  }

  C with(Tensor[] leaves) {
    return init.with(leaves);
  }

  /** The leaves of what a step returned, if it may be carried on. */
  Tensor[] next(Object returned) {
    return leaves(returned, "the body returned null", "the body changed the carry");
  }

  /** The leaves of a tree that must be like the first one. */
  Tensor[] returned(String what, Object tree) {
    return leaves(tree, what + " is null", what + " is not like the first tree");
  }

  private Tensor[] leaves(Object tree, String missing, String changed) {
    if (tree == null) {
      throw new TreeException(operation + ": " + missing);
    }
    Structure.Flat flat = Structure.flatten(tree);
    init.structure().requireSame(operation + ": " + changed, flat.structure());
    requireTypes(operation + ": " + changed, init.structure(), types(), flat.leaves());
    return flat.leaves();
  }

  /** Refuses leaves of other types than expected, naming each. */
  static void requireTypes(
      String problem, Structure structure, List<TensorType> expected, Tensor[] leaves) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < leaves.length; i++) {
      if (!leaves[i].type().equals(expected.get(i))) {
        text.append(text.isEmpty() ? ": " : "; ")
            .append(structure.path(i))
            .append(" was ")
            .append(expected.get(i))
            .append(" and became ")
            .append(leaves[i].type());
      }
    }
    if (!text.isEmpty()) {
      throw new ShapeException(problem + text);
    }
  }
}
