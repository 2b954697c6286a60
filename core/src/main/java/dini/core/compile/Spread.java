package dini.core.compile;

import dini.core.Shape;
import dini.core.compile.Chain.Place;
import dini.core.dense.Broadcast;
import dini.core.dense.Storage;
import dini.core.dense.Strided;
import dini.core.primitive.Shift;
import dini.core.primitive.Slice;
import java.util.Arrays;

/**
 * The blocks of what is read from a variable in another order: repeated along some axes of a
 * chain's shape, a part of it, or moved with zeros around. A block whose elements stand together in
 * the variable may be read there.
 */
final class Spread {
  private final int variable;

  /** Where the element of index 0 on all axes stands, or would stand, in the variable. */
  private final int start;

  /** Extents and strides, the innermost last; neighbouring axes of one stride are merged. */
  private final int[] extents;

  private final int[] strides;

  /** Of every axis, the first index at which the variable has an element, and the end of them. */
  private final int[] low;

  private final int[] high;

  private Spread(int variable, int start, int[] extents, int[] strides, int[] low, int[] high) {
    int rank = 0;
    for (int axis = 0; axis < extents.length; axis++) {
      if (extents[axis] == 1 && high[axis] - low[axis] == 1) {
        continue;
      }
      boolean whole = low[axis] == 0 && high[axis] == extents[axis];
      if (rank > 0 && whole && strides[rank - 1] == strides[axis] * extents[axis]) {
        extents[rank - 1] *= extents[axis];
        low[rank - 1] *= extents[axis];
        high[rank - 1] *= extents[axis];
        strides[rank - 1] = strides[axis];
      } else {
        extents[rank] = extents[axis];
        low[rank] = low[axis];
        high[rank] = high[axis];
        strides[rank] = strides[axis];
        rank++;
      }
    }
    this.variable = variable;
    this.start = start;
    this.extents = Arrays.copyOf(extents, rank);
    this.strides = Arrays.copyOf(strides, rank);
    this.low = Arrays.copyOf(low, rank);
    this.high = Arrays.copyOf(high, rank);
  }

  /** A variable of some shape, repeated to fill a larger one. */
  static Spread repeated(int variable, Shape shape, Shape whole) {
    int[] extents = whole.toArray();
    int[] strides = Broadcast.strides(shape, whole);
    return new Spread(variable, 0, extents, strides, new int[extents.length], extents.clone());
  }

  /** A part of a variable of some shape. */
  static Spread part(int variable, Shape shape, Slice slice) {
    int[] extents = slice.shape().toArray();
    int[] low = new int[extents.length];
    return new Spread(
        variable, slice.offset(shape), extents, slice.strides(shape), low, extents.clone());
  }

  /** A variable of some shape, moved. */
  static Spread moved(int variable, Shape shape, Shift shift) {
    int[] extents = shift.shape().toArray();
    int[] strides = Strided.strides(shape);
    int start = 0;
    int[] low = new int[extents.length];
    int[] high = new int[extents.length];
    for (int axis = 0; axis < extents.length; axis++) {
      start += shift.start().get(axis) * strides[axis];
      low[axis] = shift.low(axis);
      high[axis] = shift.high(axis, shape);
    }
    return new Spread(variable, start, extents, strides, low, high);
  }

  int variable() {
    return variable;
  }

  /** How many neighbours stand together in the variable at most: where blocks divide this, all. */
  int together() {
    return extents.length > 0 && strides[extents.length - 1] == 1 ? extents[extents.length - 1] : 1;
  }

  /** Whether the elements {@code from .. from + n - 1} stand together in the variable. */
  boolean isTogether(int from, int n) {
    int last = extents.length - 1;
    int inner = from % extents[last];
    return strides[last] == 1
        && inner >= low[last]
        && inner + n <= high[last]
        && isInside(from / extents[last]);
  }

  /** Where the element at {@code from} stands in the variable. */
  int offset(int from) {
    int offset = start;
    int rest = from;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      offset += rest % extents[axis] * strides[axis];
      rest /= extents[axis];
    }
    return offset;
  }

  /** Whether the variable has elements of a row, counted over all axes but the last. */
  private boolean isInside(int row) {
    int rest = row;
    for (int axis = extents.length - 2; axis >= 0; axis--) {
      int index = rest % extents[axis];
      if (index < low[axis] || index >= high[axis]) {
        return false;
      }
      rest /= extents[axis];
    }
    return true;
  }

  /** Writes the elements {@code from .. from + n - 1} to a place. */
  void fill(Frame frame, Place out, int from, int n) {
    Object source = frame.data(variable);
    Object target = out.scratch() ? frame.scratch()[out.index()] : frame.data(out.index());
    int to = out.scratch() ? 0 : from;
    int last = extents.length - 1;
    int done = 0;
    while (done < n) {
      int at = from + done;
      int inner = at % extents[last];
      int run = Math.min(extents[last] - inner, n - done);
      if (isInside(at / extents[last])) {
        int first = Math.clamp(low[last], inner, inner + run);
        int end = Math.clamp(high[last], first, inner + run);
        Storage.clear(target, to + done, first - inner);
        copy(
            source,
            offset(at) + (first - inner) * strides[last],
            target,
            to + done + first - inner,
            end - first);
        Storage.clear(target, to + done + end - inner, inner + run - end);
      } else {
        Storage.clear(target, to + done, run);
      }
      done += run;
    }
  }

  private void copy(Object source, int from, Object target, int to, int n) {
    int stride = strides[extents.length - 1];
    if (n > 0 && stride == 0) {
      Storage.fill(source, from, target, to, n);
    } else if (n > 0) {
      Storage.copy(source, from, stride, target, to, 1, n);
    }
  }
}
