package dini.core.compile;

import dini.core.dense.DenseTensor;

/**
 * What one run of an executable reads and writes; used by one run at a time.
 *
 * @param values the tensor of every variable that has one now
 * @param scratch arrays that hold nothing from one step to the next
 */
record Frame(DenseTensor[] values, Object[] scratch) {

  Object data(int variable) {
    return values[variable].data();
  }
}
