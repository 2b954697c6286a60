package dini.core.primitive;

import dini.core.Shape;
import dini.core.dense.Strided;

/** Where the elements of a slice lie in the storage of the tensor that it is taken from. */
record Grid(int offset, int[] strides) {
  static Grid of(Shape whole, Ints start, Ints step) {
    int[] strides = Strided.strides(whole);
    int offset = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      offset += start.get(axis) * strides[axis];
      strides[axis] *= step.get(axis);
    }
    return new Grid(offset, strides);
  }

  /** The list with one more value in front: that of a batch axis. */
  static Ints lead(Ints values, int first) {
    int[] longer = new int[values.size() + 1];
    longer[0] = first;
    for (int i = 0; i < values.size(); i++) {
      longer[i + 1] = values.get(i);
    }
    return Ints.of(longer);
  }
}
