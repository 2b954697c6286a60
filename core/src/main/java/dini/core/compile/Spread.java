package dini.core.compile;

import dini.core.Shape;
import dini.core.compile.Chain.Place;
import dini.core.dense.Broadcast;
import dini.core.dense.Storage;
import dini.core.primitive.Slice;
import java.util.Arrays;

/**
 * The blocks of what is read from a variable in another order: repeated along some axes of a
 * chain's shape, or a part of it.
 */
final class Spread {
  private final int variable;
  private final Place out;
  private final int start;

  /** Extents and strides, the innermost last; neighbouring axes of one stride are merged. */
  private final int[] extents;

  private final int[] strides;

  private Spread(int variable, Place out, int start, Shape whole, int[] own) {
    this.variable = variable;
    this.out = out;
    this.start = start;
    int[] all = whole.toArray();
    int rank = 0;
    for (int axis = 0; axis < all.length; axis++) {
      if (all[axis] == 1) {
        continue;
      }
      if (rank > 0 && own[rank - 1] == own[axis] * all[axis]) {
        all[rank - 1] *= all[axis];
        own[rank - 1] = own[axis];
      } else {
        all[rank] = all[axis];
        own[rank] = own[axis];
        rank++;
      }
    }
    this.extents = Arrays.copyOf(all, rank);
    this.strides = Arrays.copyOf(own, rank);
  }

  /** A variable of some shape, repeated to fill a larger one. */
  static Spread repeated(int variable, Shape shape, Shape whole, Place out) {
    return new Spread(variable, out, 0, whole, Broadcast.strides(shape, whole));
  }

  /** A part of a variable of some shape. */
  static Spread part(int variable, Shape shape, Slice slice, Place out) {
    return new Spread(variable, out, slice.offset(shape), slice.shape(), slice.strides(shape));
  }

  /** Writes the elements {@code from .. from + n - 1} of the whole. */
  void fill(Frame frame, int from, int n) {
    Object source = frame.data(variable);
    Object target = out.data(frame);
    int to = out.offset(from);
    int last = extents.length - 1;
    int done = 0;
    while (done < n) {
      int at = from + done;
      int inner = at % extents[last];
      int run = Math.min(extents[last] - inner, n - done);
      int offset = start + inner * strides[last];
      int rest = at / extents[last];
      for (int axis = last - 1; axis >= 0; axis--) {
        offset += rest % extents[axis] * strides[axis];
        rest /= extents[axis];
      }
      if (strides[last] == 0) {
        Storage.fill(source, offset, target, to + done, run);
      } else {
        Storage.copy(source, offset, strides[last], target, to + done, 1, run);
      }
      done += run;
    }
  }
}
