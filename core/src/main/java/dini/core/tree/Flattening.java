package dini.core.tree;

import dini.core.Tensor;
import java.util.Arrays;

/** One walk over a tree that gathers its leaves. */
final class Flattening {
  private static final Tensor[] NONE = {};

  private Tensor[] leaves = NONE;
  private int count;

  private Flattening() {}

  static Structure.Flat of(Object tree) {
    Flattening walk = new Flattening();
    try {
      Structure structure = walk.take(tree);
      Tensor[] leaves = walk.leaves;
      return new Structure.Flat(
          leaves.length == walk.count ? leaves : Arrays.copyOf(leaves, walk.count), structure);
    } catch (Refusal refusal) {
      throw refusal.under(tree == null ? Object.class : tree.getClass());
    }
  }

  private Structure take(Object value) {
    if (value instanceof Tensor tensor) {
      if (count == leaves.length) {
        leaves = Arrays.copyOf(leaves, 2 * count + 1);
      }
      leaves[count++] = tensor;
      return Leaf.LEAF;
    }
    if (value == null) {
      throw new Refusal("null; use Optional");
    }
    // measured on a record of four tensors: 65 ns so, 105 ns with a switch over patterns
    return Kind.of(value.getClass()) instanceof BranchKind kind
        ? take(value, kind)
        : new Fixed(value);
  }

  private Structure take(Object value, BranchKind kind) {
    Keys keys = kind.keys(value);
    Object[] parts = kind.parts(value, keys);
    if (count == 0 && leaves.length < parts.length) {
      leaves = new Tensor[parts.length]; // the common flat tree then needs no second array
    }
    Structure[] children = new Structure[parts.length];
    boolean onlyLeaves = true;
    for (int i = 0; i < parts.length; i++) {
      try {
        children[i] = take(parts[i]);
      } catch (Refusal refusal) {
        throw refusal.under(kind.label(i, keys));
      }
      onlyLeaves &= children[i] == Leaf.LEAF;
    }
    return onlyLeaves && kind instanceof RecordKind record
        ? record.onlyLeaves
        : new Branch(kind, keys, children);
  }
}
