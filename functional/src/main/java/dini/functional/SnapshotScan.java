package dini.functional;

import dini.core.Observer;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.trace.Checkpointing;
import java.util.Arrays;

/**
 * A scan whose reverse mode keeps a number of carries. Some steps are split into a first part,
 * which is run again from its first carry when the derivative is asked for, and a second part,
 * which is gone through before that with one snapshot less: the recursion whose splits are those of
 * revolve.
 */
final class SnapshotScan<C, X, Y> {
  private final ScanStep<C, X, Y> step;
  private final int length;
  private final boolean reverse;

  SnapshotScan(ScanStep<C, X, Y> step, int length, boolean reverse) {
    this.step = step;
    this.length = length;
    this.reverse = reverse;
  }

  Scan<C, Y> run(int snapshots) {
    Tensor[] results = steps(0, length, snapshots, step.carry().init().leaves());
    int count = step.carry().count();
    int kept = (results.length - count) / length;
    Tensor[] leaves = Arrays.copyOf(results, count + kept);
    for (int i = 0; i < kept; i++) {
      Tensor[] each = new Tensor[length];
      for (int at = 0; at < length; at++) {
        int slice = reverse ? length - 1 - at : at;
        each[slice] = results[count + at * kept + i];
      }
      leaves[count + i] = Shapes.stack(0, each);
    }
    return step.result(leaves);
  }

  /** The carry after some steps, then what each of them gave. */
  private Tensor[] steps(int from, int to, int snapshots, Tensor[] carry) {
    if (to - from == 1) {
      Observer.throwIfInterrupted("scan", from);
      return one(from, carry);
    }
    int middle = from + Revolve.split(to - from, snapshots);
    Tensor[] first = Checkpointing.apply(() -> steps(from, middle, snapshots, carry));
    int count = carry.length;
    Tensor[] second = steps(middle, to, Math.max(1, snapshots - 1), Arrays.copyOf(first, count));
    Tensor[] joined = Arrays.copyOf(second, first.length + second.length - count);
    System.arraycopy(first, count, joined, count, first.length - count);
    System.arraycopy(second, count, joined, first.length, second.length - count);
    return joined;
  }

  private Tensor[] one(int at, Tensor[] carry) {
    int slice = reverse ? length - 1 - at : at;
    Tensor[] slices = step.slices().leaves();
    Tensor[] leaves = Arrays.copyOf(carry, carry.length + slices.length);
    for (int i = 0; i < slices.length; i++) {
      leaves[carry.length + i] = Shapes.index(slices[i], 0, slice);
    }
    return step.apply(leaves);
  }
}
