package dini.functional.primitive;

import dini.core.Tensor;
import java.util.Arrays;

/** Reads an array of tensors group by group. */
final class Cursor {
  private final Tensor[] all;
  private int at;

  Cursor(Tensor[] all) {
    this.all = all;
  }

  /** The next some tensors. */
  Tensor[] take(int count) {
    at += count;
    return Arrays.copyOfRange(all, at - count, at);
  }

  /** The next tensors in the marked places, null in the others. */
  Tensor[] spread(boolean[] marks) {
    Tensor[] spread = new Tensor[marks.length];
    for (int i = 0; i < marks.length; i++) {
      if (marks[i]) {
        spread[i] = all[at++];
      }
    }
    return spread;
  }

  /** All that are left. */
  Tensor[] rest() {
    return take(all.length - at);
  }
}
