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
    if (returned == null) {
      throw new TreeException(operation + ": the body returned null");
    }
    Structure.Flat flat = Structure.flatten(returned);
    init.structure().requireSame(operation + ": the body changed the carry", flat.structure());
    requireTypes(
        operation + ": the body changed the carry", init.structure(), types(), flat.leaves());
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
