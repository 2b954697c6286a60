package dini.core.tree;

import dini.core.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * A record, list, map, optional, array or registered object with the structures of its parts. Not a
 * record, so that the count of leaves and the hash are kept.
 */
final class Branch implements Structure {
  final BranchKind kind;
  final Keys keys;
  final Structure[] children;
  private final int leafCount;

  /** Computed on demand; a race only computes it twice. */
  private int hash;

  Branch(BranchKind kind, Keys keys, Structure[] children) {
    this.kind = kind;
    this.keys = keys;
    this.children = children;
    int count = 0;
    for (Structure child : children) {
      count += child.leafCount();
    }
    this.leafCount = count;
  }

  @Override
  public Object unflatten(Tensor[] leaves) {
    if (leaves.length != leafCount) {
      throw Difference.count(this, leaves);
    }
    return rebuild(leaves, 0);
  }

  private Object rebuild(Tensor[] leaves, int from) {
    Object[] parts = new Object[children.length];
    int next = from;
    for (int i = 0; i < parts.length; i++) {
      Structure child = children[i];
      if (child == Leaf.LEAF) {
        parts[i] = leaves[next++];
      } else if (child instanceof Branch branch) {
        parts[i] = branch.rebuild(leaves, next);
        next += branch.leafCount;
      } else {
        parts[i] = ((Fixed) child).value();
      }
    }
    return kind.rebuild(parts, keys);
  }

  @Override
  public int leafCount() {
    return leafCount;
  }

  @Override
  public String path(int leaf) {
    StringBuilder path = new StringBuilder(Names.root(this));
    descend(leaf, (branch, child) -> path.append(branch.label(child)));
    return path.toString();
  }

  @Override
  public boolean isWithin(int leaf, Class<? extends Record> record) {
    boolean[] found = {false};
    descend(leaf, (branch, child) -> found[0] |= branch.kind.isRecord(record));
    return found[0];
  }

  /** A branch on the way to a leaf, and which of its children is next. */
  private interface Step {
    void at(Branch branch, int child);
  }

  private void descend(int leaf, Step step) {
    int left = Objects.checkIndex(leaf, leafCount);
    Structure at = this;
    while (at instanceof Branch branch) {
      int child = 0;
      while (left >= branch.children[child].leafCount()) {
        left -= branch.children[child++].leafCount();
      }
      step.at(branch, child);
      at = branch.children[child];
    }
  }

  String label(int child) {
    return kind.label(child, keys);
  }

  @Override
  public void requireSame(String operation, Structure other) {
    Difference.refuse(operation, this, other);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Branch that
            && kind == that.kind
            && hashCode() == that.hashCode()
            && keys.equals(that.keys)
            && Arrays.equals(children, that.children);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = 31 * (31 * kind.hashCode() + keys.hashCode()) + Arrays.hashCode(children);
    }
    return hash;
  }

  @Override
  public String toString() {
    return kind.text(this);
  }
}
