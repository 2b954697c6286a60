package dini.core.compile;

import dini.core.DType;
import dini.core.dense.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arrays that hold nothing from one step to the next: numbered, shared by all chains. */
final class Scratch {
  /** An array by its type and least length. */
  private record Array(DType dtype, int length) {}

  private final List<Array> arrays = new ArrayList<>();
  private boolean[] taken = new boolean[0];

  /** Forgets who has which, for the next chain. */
  void release() {
    taken = new boolean[arrays.size()];
  }

  void release(int number) {
    taken[number] = false;
  }

  /** The number of a free array of at least some length. */
  int take(DType dtype, int length) {
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i] && arrays.get(i).dtype == dtype && arrays.get(i).length >= length) {
        taken[i] = true;
        return i;
      }
    }
    arrays.add(new Array(dtype, length));
    taken = Arrays.copyOf(taken, arrays.size());
    taken[arrays.size() - 1] = true;
    return arrays.size() - 1;
  }

  Object[] allocate() {
    Object[] allocated = new Object[arrays.size()];
    for (int i = 0; i < allocated.length; i++) {
      allocated[i] = Storage.allocate(arrays.get(i).dtype, arrays.get(i).length);
    }
    return allocated;
  }
}
