package dini.core.tree;

import dini.core.Tensor;
import java.util.Objects;

/** The place of a tensor. */
enum Leaf implements Structure {
  LEAF;

  @Override
  public Object unflatten(Tensor[] leaves) {
    if (leaves.length != 1) {
      throw Difference.count(this, leaves);
    }
    return leaves[0];
  }

  @Override
  public int leafCount() {
    return 1;
  }

  @Override
  public String path(int leaf) {
    Objects.checkIndex(leaf, 1);
    return Names.root(this);
  }

  @Override
  public boolean isWithin(int leaf, Class<? extends Record> record) {
    Objects.checkIndex(leaf, 1);
    return false;
  }

  @Override
  public void requireSame(String operation, Structure other) {
    Difference.refuse(operation, this, other);
  }

  @Override
  public String toString() {
    return "*";
  }
}
