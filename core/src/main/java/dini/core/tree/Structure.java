package dini.core.tree;

import dini.core.Tensor;
import dini.core.TreeException;
import java.util.Arrays;

/**
 * The shape of a tree without its tensors: which records, lists and maps hold the leaves, and all
 * static data. Immutable; equal when trees of both are interchangeable in every call, so that it
 * can be a key of a map.
 */
public sealed interface Structure permits Leaf, Fixed, Branch {

  /**
   * A tree taken apart.
   *
   * @param leaves the tensors in order; not copied, the holder may write to it
   * @param structure what held them
   */
  record Flat(Tensor[] leaves, Structure structure) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Flat that
          && structure.equals(that.structure)
          && Arrays.equals(leaves, that.leaves);
    }

    @Override
    public int hashCode() {
      return 31 * structure.hashCode() + Arrays.hashCode(leaves);
    }

    @Override
    public String toString() {
      return structure + " of " + Arrays.toString(leaves);
    }
  }

  /**
   * Takes a tree apart. The leaves of a record come in the order of its components, those of a map
   * in the order of its keys.
   *
   * @param tree a tensor, or records, lists, maps, optionals and arrays that hold trees and static
   *     data
   * @return its leaves and structure
   * @throws TreeException if it holds a value that is neither a tree nor static data, naming the
   *     path to it
   */
  static Flat flatten(Object tree) {
    if (tree instanceof Tensor tensor) {
      return new Flat(new Tensor[] {tensor}, Leaf.LEAF);
    }
    return Flattening.of(tree);
  }

  /**
   * The tree of this structure with other leaves.
   *
   * @param leaves as many tensors as this has leaves, none null
   * @return a tree of the classes that were taken apart
   * @throws TreeException if the number of leaves differs
   */
  Object unflatten(Tensor[] leaves);

  /**
   * The number of tensors in a tree of this structure.
   *
   * @return the number, 0 for static data
   */
  int leafCount();

  /**
   * Where a leaf stands, as a Java reader would write it: {@code params.layers[2].b}, {@code
   * params.map["a"]}.
   *
   * @param leaf the number of the leaf, from 0
   * @return the path, which begins with the name of the root's class
   */
  String path(int leaf);

  /**
   * Whether a leaf is part of a record of a class, at any depth.
   *
   * @param leaf the number of the leaf, from 0
   * @param record the class
   * @return whether a record of exactly that class holds it
   */
  boolean isWithin(int leaf, Class<? extends Record> record);

  /**
   * Refuses a tree that does not have this structure. Two classes of lists, or of maps, count as
   * one here, although the structures are not equal.
   *
   * @param operation the operation to name in the message
   * @param other the structure of the other tree
   * @throws TreeException if they differ, naming the first path at which they do
   */
  void requireSame(String operation, Structure other);

  /**
   * As {@link #requireSame}, but where this has an optional with a value the other's may be empty.
   *
   * @param operation the operation to name in the message
   * @param other the structure of a tree like this, of which parts may be missing
   * @throws TreeException if they differ in anything else, naming the first path at which they do
   */
  default void requireWithin(String operation, Structure other) {
    Difference.refuseUnlessWithin(operation, this, other);
  }
}
