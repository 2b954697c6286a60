package dini.core.compile;

import dini.core.Shape;
import dini.core.dense.Broadcast;
import dini.core.dense.Storage;
import java.util.Arrays;

/**
 * The blocks of a variable that is repeated along some axes of a chain's shape, made in a scratch
 * array.
 */
final class Spread {
  private final int variable;
  private final int scratch;

  /** Extents and strides, the innermost last; neighbouring axes of one stride are merged. */
  private final int[] extents;

  private final int[] strides;

  Spread(int variable, int scratch, Shape shape, Shape whole) {
    this.variable = variable;
    this.scratch = scratch;
    int[] all = whole.toArray();
    int[] own = Broadcast.strides(shape, whole);
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

  /** Writes the elements {@code from .. from + n - 1} of the whole shape. */
  void fill(Frame frame, int from, int n) {
    Object source = frame.data(variable);
    Object target = frame.scratch()[scratch];
    int last = extents.length - 1;
    int done = 0;
    while (done < n) {
      int at = from + done;
      int inner = at % extents[last];
      int run = Math.min(extents[last] - inner, n - done);
      int offset = inner * strides[last];
      int rest = at / extents[last];
      for (int axis = last - 1; axis >= 0; axis--) {
        offset += rest % extents[axis] * strides[axis];
        rest /= extents[axis];
      }
      if (strides[last] == 0) {
        Storage.fill(source, offset, target, done, run);
      } else {
        System.arraycopy(source, offset, target, done, run);
      }
      done += run;
    }
  }
}
