package dini.core.compile;

import dini.core.dense.DenseTensor;
import dini.core.kernel.Threads;

/**
 * What one run of an executable reads and writes; used by one run at a time.
 *
 * @param values the tensor of every variable that has one now
 * @param scratch arrays that hold nothing from one step to the next
 * @param layout what makes such arrays
 * @param others the same values with scratch arrays of their own, for other threads of this run
 */
record Frame(DenseTensor[] values, Object[] scratch, Scratch layout, Frame[] others) {

  Frame(DenseTensor[] values, Scratch layout) {
    this(values, layout.allocate(), layout, new Frame[Threads.most()]);
  }

  /** For a worker of this run; that of number 0 is the thread that runs it. */
  Frame of(int worker) {
    if (worker == 0) {
      return this;
    }
    if (others[worker] == null) {
      others[worker] = new Frame(values, layout.allocate(), layout, new Frame[0]);
    }
    return others[worker];
  }

  Object data(int variable) {
    return values[variable].data();
  }
}
