package dini.core.compile;

import dini.core.DType;
import dini.core.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which variables share an array: one takes over that of another that is needed no more.
 */
final class Storages {
  /** Arrays are exchanged only between tensors of one dtype and one size. */
  private record Kind(DType dtype, int size) {
    static Kind of(TensorType type) {
      return new Kind(type.dtype(), type.shape().size());
    }
  }

  private final TensorType[] types;
  private final int[] storage;
  private final List<Integer> examples = new ArrayList<>();
  private final Map<Kind, Deque<Integer>> free = new HashMap<>();

  Storages(TensorType[] types) {
    this.types = types;
    this.storage = new int[types.length];
    Arrays.fill(storage, -1);
  }

  /** Gives a variable an array. */
  void take(int variable) {
    Integer free =
        this.free.computeIfAbsent(Kind.of(types[variable]), _ -> new ArrayDeque<>()).poll();
    if (free == null) {
      free = examples.size();
      examples.add(variable);
    }
    storage[variable] = free;
  }

  /** Gives a variable the array of another, of which it is a view. */
  void share(int view, int variable) {
    storage[view] = storage[variable];
  }

  /** Whether a variable has an array. */
  boolean has(int variable) {
    return storage[variable] >= 0;
  }

  /** Lets others use the array of a variable that is needed no more. */
  void release(int variable) {
    free.get(Kind.of(types[variable])).push(storage[variable]);
  }

  int[] numbers() {
    return storage;
  }

  int[] examples() {
    return examples.stream().mapToInt(Integer::intValue).toArray();
  }
}
