package dini.core.tree;

import dini.core.Tensor;

/**
 * Static data, which pass through every transformation.
 *
 * @param value the data, compared by {@code equals}
 */
record Fixed(Object value) implements Structure {

  @Override
  public Object unflatten(Tensor[] leaves) {
    if (leaves.length != 0) {
      throw Difference.count(this, leaves);
    }
    return value;
  }

  @Override
  public int leafCount() {
    return 0;
  }

  @Override
  public String path(int leaf) {
    throw new IndexOutOfBoundsException(leaf);
  }

  @Override
  public boolean isWithin(int leaf, Class<? extends Record> record) {
    throw new IndexOutOfBoundsException(leaf);
  }

  @Override
  public void requireSame(String operation, Structure other) {
    Difference.refuse(operation, this, other);
  }

  @Override
  public String toString() {
    return Names.literal(value);
  }
}
