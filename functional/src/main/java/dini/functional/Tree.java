package dini.functional;

import dini.core.DTypeException;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TreeException;
import dini.core.tree.Structure;
import java.util.Arrays;

/** A tree taken apart, and the checks that transformations make of it. */
record Tree<X>(Tensor[] leaves, Structure structure) {

  static <X> Tree<X> of(X tree) {
    Structure.Flat flat = Structure.flatten(tree);
    return new Tree<>(flat.leaves(), flat.structure());
  }

  /** The tree of this structure with other leaves. */
  @SuppressWarnings("unchecked")
  X with(Tensor[] others) {
    return (X) structure.unflatten(others);
  }

  /** The tree of this structure with other leaves, where null stands for zeros of a leaf's type. */
  X withZeros(Tensor[] others) {
    Tensor[] filled = others.clone();
    for (int i = 0; i < filled.length; i++) {
      if (filled[i] == null) {
        filled[i] = Tensors.zerosLike(leaves[i]);
      }
    }
    return with(filled);
  }

  /** This tree, if a derivative with respect to it makes sense. */
  Tree<X> differentiable(String operation) {
    for (Tensor leaf : leaves) {
      if (leaf.dtype().isFloating()) {
        return this;
      }
    }
    if (leaves.length == 0) {
      throw new TreeException(operation + ": the argument has no tensors");
    }
    throw new DTypeException(
        operation
            + ": derivatives are with respect to floating tensors, got "
            + leaves[0].type()
            + (leaves.length > 1 ? " and others without derivative" : "")
            + "; convert it with astype, or capture it instead of passing it");
  }

  /**
   * The leaves of a tangent or cotangent of this tree; those of leaves without derivative are null.
   */
  Tensor[] directions(String operation, X direction) {
    Structure.Flat flat = Structure.flatten(direction);
    structure.requireSame(operation, flat.structure());
    Tensor[] directions = flat.leaves().clone();
    for (int i = 0; i < directions.length; i++) {
      if (!leaves[i].dtype().isFloating()) {
        directions[i] = null;
      } else if (!directions[i].type().equals(leaves[i].type())) {
        throw new ShapeException(
            operation
                + ": expected a direction of type "
                + leaves[i].type()
                + (leaves.length > 1 ? " at " + structure.path(i) : "")
                + ", got "
                + directions[i].type());
      }
    }
    return directions;
  }

  /** As {@link #directions}, with zeros where a leaf has no derivative. */
  Tensor[] directionsOrZeros(X direction) {
    Tensor[] directions = directions("jvp", direction);
    for (int i = 0; i < directions.length; i++) {
      if (directions[i] == null) {
        directions[i] = Tensors.zerosLike(leaves[i]);
      }
    }
    return directions;
  }

  /** Sizes of the leaves added up. */
  int size() {
    return Arrays.stream(leaves).mapToInt(Tensor::size).sum();
  }

  /** Whether the tree is a tensor and nothing else. */
  boolean isTensor() {
    return leaves.length == 1 && structure.equals(Structure.flatten(leaves[0]).structure());
  }
}
